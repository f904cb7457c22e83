"""What of second factors ends with a credential event."""

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select, update

from models.identity.accounts.endings import Happened, ends
from models.identity.accounts.links import Purpose, end_links
from models.identity.accounts.pending import Pending
from models.identity.accounts.subject import account_subject
from models.identity.accounts.tables import Account
from models.identity.factors.tables import Ceremony, FactorRecovery, RecoveryCode, SecondFactor
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession


@ends(Pending.CEREMONY)
def _ceremonies(db: DbSession, happened: Happened) -> None:
    conditions = col(Ceremony.account_id) == happened.account_id, col(Ceremony.ended_at).is_(None)
    db.exec(update(Ceremony).where(*conditions).values(ended_at=clock.now()))


@ends(Pending.RECOVERY)
def _recovery(db: DbSession, happened: Happened) -> None:
    end_links(db, happened.account_id, Purpose.OBJECT)
    _end_recoveries(db, col(FactorRecovery.account_id) == happened.account_id, happened)


@ends(Pending.VOUCHED)
def _vouched(db: DbSession, happened: Happened) -> None:
    _end_recoveries(db, col(FactorRecovery.certified_by) == happened.account_id, happened)


def _end_recoveries(db: DbSession, which: ColumnElement[bool], happened: Happened) -> None:
    rows = db.exec(select(FactorRecovery).where(which, col(FactorRecovery.ended_at).is_(None))).all()
    for row in rows:
        row.ended_at, row.outcome = clock.now(), happened.event
        holder = db.get_one(Account, row.account_id)
        record(
            db,
            "factor.recovery_ended",
            actor=happened.actor,
            siren=holder.siren,
            account_id=holder.key,
            reason=happened.event,
        )


@ends(Pending.NEW_FACTOR)
def _new_factors(db: DbSession, happened: Happened) -> None:
    since = happened.since or clock.now()
    factors = col(SecondFactor.account_id) == happened.account_id, col(SecondFactor.created_at) >= since
    for row in db.exec(select(SecondFactor).where(*factors)).all():
        db.delete(row)
        record(
            db,
            "factor.removed",
            actor=happened.actor,
            subject=account_subject(row.account_id),
            account_id=row.account_id,
            reason=happened.event,
        )
    codes = col(RecoveryCode.account_id) == happened.account_id, col(RecoveryCode.made_at) >= since
    db.exec(delete(RecoveryCode).where(*codes))
