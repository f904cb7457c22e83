"""Proving the password again within a session, for what changes the account (COM-01, COM-02).

A lock does not matter here: anybody can put one, and it stops the sign-in alone. A stolen session gets five tries of
its own, and ends with the fifth.
"""

import hmac

from models.identity.accounts import passwords
from models.identity.accounts.actors import actor_of
from models.identity.accounts.rules import LOCKED_AT, WARNED_AT, RefusalKind, Refused
from models.identity.accounts.tables import Account, Session
from models.identity.accounts.viewer import Viewer
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession, read

_WRONG = Refused(
    RefusalKind.WRONG, "Mot de passe actuel erroné", "Vérifiez-le, puis réessayez. Rien n’a changé."
)
_WARNED = Refused(
    RefusalKind.WARNED,
    "Encore un essai avant la fermeture",
    "Quatre mots de passe erronés. Au cinquième, cette session se ferme. Rien n’a changé.",
)
_CLOSED = Refused(
    RefusalKind.CLOSED,
    "Session fermée",
    "Après cinq mots de passe erronés, cette session est fermée. Reconnectez-vous pour continuer.",
)


async def prove(viewer: Viewer, password: str) -> str | None:
    """The hash that the password matched, before the transaction; None when it is wrong."""
    account = await read(lambda db: db.get_one(Account, viewer.account_id))
    return account.password_hash if await passwords.verify(password, account.password_hash) else None


def judge_within(db: DbSession, viewer: Viewer, proven: str | None) -> Account | Refused:
    """Decide on one proof, and count it on the session; the account when it is right."""
    session = db.get_one(Session, viewer.session_id)
    account = db.get_one(Account, viewer.account_id)
    if session.ended_at is not None:
        return _CLOSED
    # A password changed while its old hash was being checked proves nothing any more.
    if proven is not None and hmac.compare_digest(proven, account.password_hash):
        session.failed_proofs = 0
        return account
    session.failed_proofs += 1
    account.last_failed_at = clock.now()
    if session.failed_proofs < LOCKED_AT:
        return _WARNED if session.failed_proofs == WARNED_AT else _WRONG
    session.ended_at = clock.now()
    record(
        db,
        "session.ended",
        actor=actor_of(account.key),
        account_id=account.key,
        reason="wrong_passwords",
    )
    return _CLOSED
