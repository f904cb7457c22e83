"""What of second factors ends with a credential event."""

from collections.abc import Iterable

from sqlmodel import col, delete, update

from models.identity.accounts.endings import Happened, ends
from models.identity.accounts.facts import record_of
from models.identity.accounts.links import Purpose, end_links
from models.identity.accounts.pending import Pending
from models.identity.accounts.tables import Account
from models.identity.factors.queries import factors_since, unended_recoveries
from models.identity.factors.tables import Ceremony, FactorRecovery, RecoveryCode
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
    _end_recoveries(db, unended_recoveries(db, account_id=happened.account_id), happened)


@ends(Pending.VOUCHED)
def _vouched(db: DbSession, happened: Happened) -> None:
    _end_recoveries(db, unended_recoveries(db, certified_by=happened.account_id), happened)


def _end_recoveries(db: DbSession, rows: Iterable[FactorRecovery], happened: Happened) -> None:
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
    for row in factors_since(db, happened.account_id, since):
        db.delete(row)
        record_of(db, "factor.removed", row.account_id, actor=happened.actor, reason=happened.event)
    codes = col(RecoveryCode.account_id) == happened.account_id, col(RecoveryCode.made_at) >= since
    db.exec(delete(RecoveryCode).where(*codes))
