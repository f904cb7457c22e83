"""What of second factors ends with a credential event."""

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity.accounts.ending import Happened, ends
from models.identity.accounts.links import Purpose, end_links
from models.identity.accounts.pending import Pending
from models.identity.accounts.tables import Account
from models.identity.factors.tables import Ceremony, FactorRecovery, RecoveryCode, SecondFactor
from models.journal.record import record
from models.kernel import clock


@ends(Pending.CEREMONY)
async def _ceremonies(db: AsyncSession, happened: Happened) -> None:
    mine = col(Ceremony.account_id) == happened.account_id, col(Ceremony.ended_at).is_(None)
    await db.exec(update(Ceremony).where(*mine).values(ended_at=clock.now()))


@ends(Pending.RECOVERY)
async def _recovery(db: AsyncSession, happened: Happened) -> None:
    await end_links(db, happened.account_id, Purpose.OBJECT)
    await _end_recoveries(db, col(FactorRecovery.account_id) == happened.account_id, happened)


@ends(Pending.VOUCHED)
async def _vouched(db: AsyncSession, happened: Happened) -> None:
    await _end_recoveries(db, col(FactorRecovery.certified_by) == happened.account_id, happened)


async def _end_recoveries(db: AsyncSession, which: ColumnElement[bool], happened: Happened) -> None:
    rows = (await db.exec(select(FactorRecovery).where(which, col(FactorRecovery.ended_at).is_(None)))).all()
    for row in rows:
        row.ended_at, row.outcome = clock.now(), happened.event
        holder = await db.get_one(Account, row.account_id)
        record(
            db,
            "factor.recovery_ended",
            actor=happened.actor,
            siren=holder.siren,
            account_id=holder.key,
            reason=happened.event,
        )


@ends(Pending.NEW_FACTOR)
async def _new_factors(db: AsyncSession, happened: Happened) -> None:
    since = happened.since or clock.now()
    factors = col(SecondFactor.account_id) == happened.account_id, col(SecondFactor.created_at) >= since
    for row in (await db.exec(select(SecondFactor).where(*factors))).all():
        await db.delete(row)
        record(db, "factor.removed", actor=happened.actor, account_id=row.account_id, reason=happened.event)
    codes = col(RecoveryCode.account_id) == happened.account_id, col(RecoveryCode.made_at) >= since
    await db.exec(delete(RecoveryCode).where(*codes))
