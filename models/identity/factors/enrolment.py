"""Second factors added and removed from one's own account, the password being asked each time."""

from dataclasses import dataclass

from sqlmodel import col, delete

from models.identity.accounts.endings import end_pending
from models.identity.accounts.facts import record_of
from models.identity.accounts.pending import CredentialEvent
from models.identity.accounts.reauthentication import judge_within, prove
from models.identity.accounts.rules import RefusalKind, Refused
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.factors import passkeys
from models.identity.factors.ceremonies import STALE, answered, begin, missed, opened
from models.identity.factors.codes import address_of, digest_of, new_codes, new_secret, step_of
from models.identity.factors.queries import factors_of, is_passkey_known
from models.identity.factors.rules import ADDING_LIFE, KINDS, LONGEST_LABEL, MOST, Kind, Purpose
from models.identity.factors.secrets_at_rest import decrypted, encrypted
from models.identity.factors.tables import Ceremony, RecoveryCode, SecondFactor
from models.identity.letters.actions import post_letter
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.legible import legible
from models.kernel.settings.portal import settings

PURPOSES = {Kind.PASSKEY: Purpose.ADD_PASSKEY, Kind.TOTP: Purpose.ADD_TOTP}
_TOO_MANY = Refused(
    RefusalKind.FACTOR,
    "Trop de seconds facteurs",
    f"Un compte en a {MOST} au plus. Retirez-en un d’abord.",
)
_NOT_PROVEN = Refused(
    RefusalKind.FACTOR,
    "Second facteur non ajouté",
    "La réponse n’a pas été reconnue. Réessayez\u00a0; un code change toutes les 30\u00a0secondes.",
)
_TWICE = Refused(
    RefusalKind.FACTOR, "Second facteur non ajouté", "Cette clé d’accès sert déjà. Choisissez-en une autre."
)
_GONE = Refused(RefusalKind.FACTOR, "Rien n’a changé", "Ce second facteur n’existe plus.")
_NEEDED = Refused(
    RefusalKind.FACTOR,
    "Rien n’a changé",
    "Votre compte doit garder un second facteur. Ajoutez-en un autre avant de retirer celui-ci.",
)


@dataclass(frozen=True, slots=True, repr=False)
class Adding:
    """A factor that is being added, for the page that asks for its first proof."""

    ceremony_id: str
    kind: Kind
    options: str = ""
    """Of a passkey: for the browser, as JSON."""
    secret: str = ""
    """Of an application, to be typed; `address` holds it too, for a QR code."""
    address: str = ""


async def start(viewer: Viewer, kind: Kind, current: str, label: str) -> Adding | Refused:
    """Begin to add a factor, the password being given."""
    proven = await prove(viewer, current)

    def verb(db: DbSession) -> Adding | Refused:
        account = judge_within(db, viewer, proven)
        if isinstance(account, Refused):
            return account
        if len(factors_of(db, account.key)) >= MOST:
            return _TOO_MANY
        row = begin(db, PURPOSES[kind], account.key, ADDING_LIFE, viewer.session_id)
        row.label = " ".join(legible(label).split())[:LONGEST_LABEL] or KINDS[kind]
        if kind is Kind.TOTP:
            row.secret = encrypted(account.key, new_secret())
        return _adding(db, row, account)

    return await write(verb)


async def resume(viewer: Viewer, ceremony_id: str) -> Adding | Refused:
    """What is being added in this session, to be shown again after a wrong answer."""

    def query(db: DbSession) -> Adding | Refused:
        row = opened(db, ceremony_id, *PURPOSES.values())
        if row is None or row.session_id != viewer.session_id:
            return STALE
        return _adding(db, row, db.get_one(Account, row.account_id))

    return await read(query)


async def add(viewer: Viewer, ceremony_id: str, answer: passkeys.Answer) -> list[str] | Refused:
    """Add the factor whose first proof the answer is; every other session ends.

    Returns:
        Recovery codes, to be shown this once, when it is the first factor; else none.
    """

    def verb(db: DbSession) -> list[str] | Refused:
        row = opened(db, ceremony_id, *PURPOSES.values())
        if row is None or row.session_id != viewer.session_id:
            return STALE
        factor = _made(row, answer)
        if factor is None:
            return STALE if missed(row) else _NOT_PROVEN
        if _is_known(db, factor):
            return _TWICE
        answered(row)
        first = not factors_of(db, viewer.account_id)
        db.add(factor)
        account = db.get_one(Account, viewer.account_id)
        _changed(db, viewer, account, "factor.added", CredentialEvent.FACTOR_ADDED, factor.kind)
        return _codes(db, account.key) if first else []

    return await write(verb)


async def remove(viewer: Viewer, factor_id: int, current: str) -> Refused | None:
    """Remove a factor, the password being given; the last one takes the recovery codes with it."""
    proven = await prove(viewer, current)

    def verb(db: DbSession) -> Refused | None:
        account = judge_within(db, viewer, proven)
        if isinstance(account, Refused):
            return account
        left = factors_of(db, account.key)
        row = next((factor for factor in left if factor.id == factor_id), None)
        if row is None:
            return _GONE
        if len(left) == 1 and viewer.is_officer and settings().officers_second_factor:
            return _NEEDED
        db.delete(row)
        if len(left) == 1:
            db.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account.key))
        _changed(db, viewer, account, "factor.removed", CredentialEvent.FACTOR_REMOVED, row.kind)
        return None

    return await write(verb)


async def renew_codes(viewer: Viewer, current: str) -> list[str] | Refused:
    """Other recovery codes, to be shown this once, the password being given; the former ones are worth nothing."""
    proven = await prove(viewer, current)

    def verb(db: DbSession) -> list[str] | Refused:
        account = judge_within(db, viewer, proven)
        if isinstance(account, Refused):
            return account
        if not factors_of(db, account.key):
            return _GONE
        record_of(db, "factor.codes_renewed", account.key)
        return _codes(db, account.key)

    return await write(verb)


def _adding(db: DbSession, row: Ceremony, account: Account) -> Adding:
    if row.purpose == Purpose.ADD_TOTP:
        secret = decrypted(account.key, row.secret) or ""
        return Adding(row.id, Kind.TOTP, secret=secret, address=address_of(secret, account.email))
    known = [factor.credential_id for factor in factors_of(db, account.key) if factor.credential_id]
    options = passkeys.to_create(account.key, account.email, account.name, row.challenge, known)
    return Adding(row.id, Kind.PASSKEY, options)


def _made(row: Ceremony, answer: passkeys.Answer) -> SecondFactor | None:
    now = clock.now()
    factor = SecondFactor(account_id=row.account_id, kind=Kind.PASSKEY, label=row.label, created_at=now)
    if row.purpose == Purpose.ADD_PASSKEY:
        key = passkeys.created(answer, row.challenge)
        if key is None:
            return None
        factor.credential_id, factor.public_key, factor.sign_count = (
            key.credential_id,
            key.public_key,
            key.sign_count,
        )
        return factor
    secret = decrypted(row.account_id, row.secret)
    step = step_of(secret, answer.get("code", ""), now) if secret else None
    if step is None:
        return None
    factor.kind, factor.secret, factor.last_step = Kind.TOTP, row.secret, step
    return factor


def _is_known(db: DbSession, factor: SecondFactor) -> bool:
    return factor.credential_id is not None and is_passkey_known(db, factor.credential_id)


def _changed(
    db: DbSession, viewer: Viewer, account: Account, kind: str, event: CredentialEvent, factor: str
) -> None:
    end_pending(db, event, account.key, keep=viewer.session_id)
    record_of(db, kind, account.key, factor=factor)
    letter = event.value
    post_letter(db, letter, to=account.email, account_id=account.key, by=viewer, factor=factor)


def _codes(db: DbSession, account_id: int) -> list[str]:
    db.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    codes, now = new_codes(), clock.now()
    db.add_all(
        RecoveryCode(account_id=account_id, digest=digest_of(account_id, code), made_at=now) for code in codes
    )
    return codes
