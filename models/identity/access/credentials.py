"""Passwords and addresses, by a link or from the profile: what proves the holder (COM-01, COM-03, COM-05).

Passwords are hashed before the transaction: it takes 0.3 s, and there is one writer at a time.
"""

from models.identity.access.registration import NOT_AN_ADDRESS, too_weak
from models.identity.accounts import passwords
from models.identity.accounts.endings import end_pending
from models.identity.accounts.facts import record_of
from models.identity.accounts.links import SETS_PASSWORD, Purpose, make_link, opened
from models.identity.accounts.pending import CredentialEvent
from models.identity.accounts.queries import at_address
from models.identity.accounts.reauthentication import judge_within, prove
from models.identity.accounts.rules import RefusalKind, Refused, is_address, same_address
from models.identity.accounts.tables import Account, EmailLink
from models.identity.accounts.viewer import Viewer
from models.identity.letters.actions import post_letter
from models.identity.people.actions import welcome
from models.kernel import clock
from models.kernel.database import DbSession, read, write

DEAD_LINK = Refused(
    RefusalKind.LINK,
    "Ce lien ne sert plus",
    "Il a expiré, a déjà servi, ou un autre l’a remplacé. Demandez-en un nouveau.",
)
_SAME_ADDRESS = Refused(
    RefusalKind.EMAIL, "C’est déjà votre adresse", "Votre compte porte déjà cette adresse électronique."
)


async def ask_password_link(email: str) -> None:
    """Send a link to choose a password (COM-05). Without an account, the address is told so, and nobody else."""
    address = same_address(email)
    if not is_address(address):
        return

    def verb(db: DbSession) -> None:
        account = at_address(db, address)
        if account is None:
            post_letter(db, "no_account", to=address)
            return
        link = make_link(db, Purpose.PASSWORD, account.key, address)
        post_letter(db, "set_password", to=address, account_id=account.key, link=link)

    await write(verb)


async def set_password(token: str, password: str, *, disowned: bool = False) -> str | Refused:
    """Use a link to set a password (COM-05); the address of the account, now proven (COM-03).

    Every session and every other link ends, and failures are forgotten; what was given away ends too when the holder
    says that somebody else knew the password (`disowned`). A password that is too weak leaves the link good.
    """
    refused = too_weak(password)
    if refused is not None:
        return refused
    if await read(opened, token, SETS_PASSWORD) is None:
        return DEAD_LINK
    hashed = await passwords.make_hash(password)

    def verb(db: DbSession) -> str | Refused:
        link = opened(db, token, SETS_PASSWORD)
        if link is None:
            return DEAD_LINK
        _, account = link
        first = account.email_verified_at is None
        if account.email_verified_at is None:
            account.email_verified_at = clock.now()
            welcome(db, account)
            record_of(db, "account.email_verified", account.key)
        account.failed_attempts, account.locked_until = 0, None
        event = CredentialEvent.DISOWNED if disowned else CredentialEvent.PASSWORD_RESET
        _change(db, account, hashed, event, told=not first)
        return account.email

    return await write(verb)


async def change_password(
    viewer: Viewer, current: str, password: str, *, disowned: bool = False
) -> Refused | None:
    """Set another password, the present one being given (COM-01, COM-02).

    Every other session and every link ends; what was given away ends too when the holder says that somebody else
    knew the former one (`disowned`).
    """
    refused = too_weak(password)
    if refused is not None:
        return refused
    proven = await prove(viewer, current)
    hashed = await passwords.make_hash(password)

    def verb(db: DbSession) -> Refused | None:
        judged = judge_within(db, viewer, proven)
        if isinstance(judged, Refused):
            return judged
        event = CredentialEvent.DISOWNED if disowned else CredentialEvent.PASSWORD_CHANGED
        _change(db, judged, hashed, event, by=viewer)
        return None

    return await write(verb)


async def ask_new_address(viewer: Viewer, current: str, email: str) -> Refused | None:
    """Send a link to the new address of the account, and word of it to the present one (COM-03).

    The answer does not tell whether another account has that address: its holder is told.
    """
    wanted = same_address(email)
    if not is_address(wanted):
        return NOT_AN_ADDRESS
    proven = await prove(viewer, current)

    def verb(db: DbSession) -> Refused | None:
        judged = judge_within(db, viewer, proven)
        if isinstance(judged, Refused):
            return judged
        if wanted == judged.email:
            return _SAME_ADDRESS
        _send_confirmation(db, viewer, judged, wanted)
        return None

    return await write(verb)


async def confirm_address(token: str) -> str | Refused:
    """Use a link to give the account its new address; that address (COM-03, PPR-01)."""

    def verb(db: DbSession) -> str | Refused:
        link_opened = opened(db, token, frozenset({Purpose.ADDRESS}))
        if link_opened is None or at_address(db, link_opened[0].email) is not None:
            return DEAD_LINK
        link, account = link_opened
        former, account.email = account.email, link.email
        end_pending(db, CredentialEvent.ADDRESS_CHANGED, account.key)
        back = make_link(db, Purpose.RESTORE, account.key, former)
        post_letter(db, "address_changed", to=former, account_id=account.key, link=back)
        record_of(db, "account.email_changed", account.key)
        return account.email

    return await write(verb)


def _change(
    db: DbSession,
    account: Account,
    way: str,
    event: CredentialEvent,
    *,
    by: Viewer | None = None,
    told: bool = True,
) -> None:
    account.password_hash, account.password_changed_at = way, clock.now()
    end_pending(db, event, account.key, keep=by.session_id if by else "")
    record_of(db, "account.password_changed", account.key)
    if told:
        kind = "password_changed" if by else "password_reset"
        post_letter(db, kind, to=account.email, account_id=account.key, by=by)


def _send_confirmation(db: DbSession, viewer: Viewer, account: Account, wanted: str) -> None:
    end_pending(db, CredentialEvent.ADDRESS_ASKED, account.key)
    cancel = make_link(db, Purpose.CANCEL, account.key, account.email)
    post_letter(db, "address_asked", to=account.email, account_id=account.key, by=viewer, link=cancel)
    other = at_address(db, wanted)
    if other is not None:
        post_letter(db, "address_taken", to=wanted, account_id=other.key, by=viewer)
        return
    link = make_link(db, Purpose.ADDRESS, account.key, wanted)
    post_letter(db, "confirm_address", to=wanted, account_id=account.key, by=viewer, link=link)


async def link_of(token: str, purposes: frozenset[Purpose]) -> tuple[EmailLink, Account] | None:
    """What the page of a link shows before its form is sent; reading changes nothing."""

    def query(db: DbSession) -> tuple[EmailLink, Account] | None:
        return opened(db, token, purposes)

    return await read(query)
