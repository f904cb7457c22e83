"""The second half of a sign-in: a passkey, the code of an application, or a recovery code, once and soon."""

from collections.abc import Callable
from dataclasses import dataclass

from models.identity.access.outcomes import Halfway, SignedIn
from models.identity.access.sessions import open_session
from models.identity.accounts.endings import end_pending
from models.identity.accounts.facts import record_of
from models.identity.accounts.pending import CredentialEvent
from models.identity.accounts.rules import RefusalKind, Refused
from models.identity.accounts.tables import Account
from models.identity.factors.ceremonies import SPENT, STALE, answered, begin, is_spent, missed, opened
from models.identity.factors.codes import digest_of, step_of
from models.identity.factors.passkeys import Answer, signed
from models.identity.factors.queries import Ways, factors_of, passkey_of, unused_code, ways_of
from models.identity.factors.rules import CEREMONY_LIFE, Kind, Purpose
from models.identity.factors.secrets_at_rest import decrypted
from models.identity.factors.tables import Ceremony
from models.identity.letters.actions import post_if_room
from models.kernel import clock
from models.kernel.database import DbSession, read, write

PASSKEY, CODE, RECOVERY_CODE = "passkey", "code", "recovery"
_WRONG = Refused(
    RefusalKind.FACTOR,
    "Second facteur non reconnu",
    "Réessayez. Un code d’application change toutes les 30\u00a0secondes, et ne sert qu’une fois.",
)
_LAST_TRIES = Refused(
    RefusalKind.STALE,
    "Second facteur non reconnu",
    "Cinq réponses erronées\u00a0: recommencez avec votre mot de passe.",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sign-in that waits for its second factor, for its page."""

    challenge: str
    ways: Ways


def ask(db: DbSession, account: Account, failures: int, device: str) -> Halfway | Refused:
    """Ask for the second factor, the password being right, in the caller's transaction."""
    if is_spent(db, account.key):
        return SPENT
    row = begin(db, Purpose.SIGN_IN, account.key, CEREMONY_LIFE)
    row.device, row.former_failures = device, failures
    return Halfway(row.id)


async def waiting(ceremony_id: str | None) -> Waiting | None:
    """What the page of a sign-in half-way shows; reading changes nothing."""

    def query(db: DbSession) -> Waiting | None:
        row = opened(db, ceremony_id, Purpose.SIGN_IN)
        return Waiting(row.challenge, ways_of(db, row.account_id)) if row else None

    return await read(query)


async def finish(ceremony_id: str | None, way: str, answer: Answer) -> SignedIn | Refused:
    """Open the session that the password asked for, if the answer proves a second factor of the account."""

    def verb(db: DbSession) -> SignedIn | Refused:
        row = opened(db, ceremony_id, Purpose.SIGN_IN)
        if row is None or is_spent(db, row.account_id):
            return STALE if row is None else SPENT
        account = db.get_one(Account, row.account_id)
        if way not in _WAYS or not _WAYS[way](db, row, answer):
            return _refuse(db, row, account)
        answered(row)
        end_pending(db, CredentialEvent.FACTOR_PROVEN, account.key)
        record_of(db, "factor.proven", account.key, way=way)
        return enter(db, account, row.former_failures, row.device)

    return await write(verb)


def enter(db: DbSession, account: Account, failures: int, device: str) -> SignedIn:
    """Open the session, all that was asked being proven, in the caller's transaction."""
    account.last_sign_in_at = clock.now()
    return SignedIn(open_session(db, account.key, failures, device), account.key, account.role)


def _refuse(db: DbSession, row: Ceremony, account: Account) -> Refused:
    last = missed(row)
    record_of(db, "factor.refused", account.key)
    if last:
        post_if_room(db, "factor_refused", to=account.email, account_id=account.key)
    return _LAST_TRIES if last else _WRONG


def _passkey(db: DbSession, row: Ceremony, answer: Answer) -> bool:
    factor = passkey_of(db, row.account_id, answer.get("id", ""))
    if factor is None:
        return False
    count = signed(answer, row.challenge, factor.public_key, factor.sign_count)
    if count is None:
        return False
    factor.sign_count, factor.used_at = count, clock.now()
    return True


def _code(db: DbSession, row: Ceremony, answer: Answer) -> bool:
    for factor in factors_of(db, row.account_id, Kind.TOTP):
        secret = decrypted(row.account_id, factor.secret)
        step = step_of(secret, answer.get("code", ""), clock.now(), factor.last_step) if secret else None
        if step is not None:
            factor.last_step, factor.used_at = step, clock.now()
            return True
    return False


def _recovery_code(db: DbSession, row: Ceremony, answer: Answer) -> bool:
    code = unused_code(db, row.account_id, digest_of(row.account_id, answer.get("code", "")))
    if code is None:
        return False
    code.used_at = clock.now()
    return True


_WAYS: dict[str, Callable[[DbSession, Ceremony, Answer], bool]] = {
    PASSKEY: _passkey,
    CODE: _code,
    RECOVERY_CODE: _recovery_code,
}
