"""Accepting the terms of use: what was accepted, and when, is kept (COM-10)."""

from models.identity.accounts.facts import record_of
from models.identity.accounts.queries import has_accepted
from models.identity.accounts.tables import TermsAcceptance
from models.identity.accounts.terms import in_force
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession, write


async def accept(viewer: Viewer, number: str) -> bool:
    """The viewer accepts that version; False when it is not the one in force: what was read is not what holds."""
    if number != in_force().number:
        return False

    def verb(db: DbSession) -> bool:
        add_acceptance(db, viewer.account_id)
        return True

    return await write(verb)


def add_acceptance(db: DbSession, account_id: int) -> None:
    """Keep that an account accepts the version in force, and when, in the caller's transaction; once."""
    number = in_force().number
    if not has_accepted(db, account_id, number):
        db.add(TermsAcceptance(account_id=account_id, version=number, accepted_at=clock.now()))
        record_of(db, "terms.accepted", account_id, version=number)
