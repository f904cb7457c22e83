"""Accepting the terms of use: what was accepted, and when, is kept (COM-10)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity.accounts.actors import actor_of
from models.identity.accounts.tables import TermsAcceptance
from models.identity.accounts.terms import in_force
from models.identity.accounts.viewer import Viewer
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import transaction


async def accept(viewer: Viewer, number: str) -> bool:
    """The viewer accepts that version; False when it is not the one in force: what was read is not what holds."""
    if number != in_force().number:
        return False
    async with transaction() as db:
        await add_acceptance(db, viewer.account_id)
    return True


async def add_acceptance(db: AsyncSession, account_id: int) -> None:
    """Keep that an account accepts the version in force, and when, in the caller's transaction; once."""
    number = in_force().number
    kept = select(TermsAcceptance).where(
        TermsAcceptance.account_id == account_id, TermsAcceptance.version == number
    )
    if (await db.exec(kept)).first() is None:
        db.add(TermsAcceptance(account_id=account_id, version=number, accepted_at=clock.now()))
        record(db, "terms.accepted", actor=actor_of(account_id), account_id=account_id, version=number)


async def accepted_by(viewer: Viewer, db: AsyncSession) -> list[TermsAcceptance]:
    """What the viewer accepted, newest first."""
    mine = select(TermsAcceptance).where(TermsAcceptance.account_id == viewer.account_id)
    return list((await db.exec(mine.order_by(col(TermsAcceptance.accepted_at).desc()))).all())
