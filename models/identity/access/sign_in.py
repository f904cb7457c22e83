"""Signing in (COM-02), the same for an address that has an account and for one that has none.

The password is checked before the transaction, since it takes 0.3 s and there is one writer at a time; what
it is worth is decided inside, where attempts come one after the other. Ten at once still get five tries.
"""

import hashlib
import hmac
from dataclasses import dataclass

from models.identity.access.outcomes import Halfway, SignedIn
from models.identity.access.second_step import ask, enter
from models.identity.accounts import passwords
from models.identity.accounts.actors import actor_of
from models.identity.accounts.endings import end_pending
from models.identity.accounts.pending import CredentialEvent
from models.identity.accounts.queries import at_address, password_hash_at
from models.identity.accounts.rules import Attempts, RefusalKind, Refused, refusal_after, same_address
from models.identity.accounts.tables import Account, SignInAttempts
from models.identity.factors.queries import has_factor
from models.identity.factors.recovery import recovered
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.settings.portal import settings

_UNVERIFIED = Refused(
    RefusalKind.UNVERIFIED,
    "Adresse électronique à confirmer",
    "Ouvrez le lien reçu par courriel pour confirmer votre adresse, puis connectez-vous.",
)


async def sign_in(email: str, password: str, device: str = "") -> SignedIn | Halfway | Refused:
    """Open a session on that device, ask for the second factor first, or say why not (COM-02, COM-03)."""
    address = same_address(email)
    known = await read(password_hash_at, address)
    right = await passwords.verify(password, known)

    def verb(session: DbSession) -> SignedIn | Halfway | Refused:
        return _settle(session, address, known if right else None, device)

    return await write(verb)


def _settle(
    session: DbSession, address: str, proven: str | None, device: str
) -> SignedIn | Halfway | Refused:
    judged = judge(session, address, proven)
    if isinstance(judged, Refused):
        return judged
    if judged.account.email_verified_at is None:
        return _UNVERIFIED
    account = judged.account
    if has_factor(session, account.key) and not recovered(session, account):
        return ask(session, account, judged.failures, device)
    return enter(session, account, judged.failures, device)


@dataclass(frozen=True, slots=True)
class Proven:
    """The password was the account's; so many attempts in a row had failed before."""

    account: Account
    failures: int


def judge(session: DbSession, address: str, proven: str | None) -> Proven | Refused:
    """Decide on one attempt, and count it (COM-02); `proven` is the hash that the password matched, if any."""
    account = at_address(session, address)
    # Looked up even when the account exists, so that both take the same path and the same time.
    stranger = session.get(SignInAttempts, _key(address)) or SignInAttempts(key=_key(address))
    holder = account or stranger
    now = clock.now()
    before = Attempts(holder.failed_attempts, holder.locked_until)
    if before.time_left(now) is not None:
        return refusal_after(before, now)
    # A password changed while its old hash was being checked proves nothing any more.
    right = account is not None and proven is not None and hmac.compare_digest(proven, account.password_hash)
    after = before.after_success() if right else before.after_failure(now)
    holder.failed_attempts, holder.locked_until = after.failures, after.locked_until
    session.add(holder)
    if account is not None and right:
        return Proven(account, before.failures)
    holder.last_failed_at = now
    if account is not None and after.time_left(now) is not None:
        record(session, "account.locked", actor=actor_of(account.id))
        end_pending(session, CredentialEvent.LOCKED, account.key)
    return refusal_after(after, now)


def _key(address: str) -> str:
    secret = settings().signing_key().encode()
    return hmac.new(secret, f"sign-in attempts\n{address}".encode(), hashlib.sha256).hexdigest()
