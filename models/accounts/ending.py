"""Ending what is pending on an account when something happens to it, as models/accounts/pending.py says."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, true
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.accounts.actors import actor_of
from models.accounts.links import Purpose, end_links
from models.accounts.pending import ENDS, CredentialEvent, Pending
from models.accounts.sessions import end_sessions
from models.accounts.tables import Account, Session
from models.appointments.feeds import renew_all
from models.companies.tables import Invitation
from models.factors.tables import Ceremony, FactorRecovery, RecoveryCode, SecondFactor
from models.habilitations.tables import LinkAttempt
from models.journal.actions import record
from models.notifications.subscribing import forget_devices


@dataclass(frozen=True, slots=True)
class _Happened:
    """What happened, to whose account."""

    event: CredentialEvent
    account_id: int
    keep: str
    """The session in which it happened, which goes on."""
    since: datetime | None
    """When the link that was used was made: of those that lead back, only newer ones end."""
    siren: str
    """The company for which it happened; empty: whichever."""

    @property
    def actor(self) -> str:
        return actor_of(self.account_id)


async def end_pending(
    db: AsyncSession,
    event: CredentialEvent,
    account_id: int,
    *,
    keep: str = "",
    since: datetime | None = None,
    siren: str = "",
) -> None:
    """End what that event ends of what is pending on the account, in the caller's transaction.

    `keep` names the session in which it happens, `since` says when the link that was used was made, and `siren` for
    which company alone it happens.
    """
    happened = _Happened(event, account_id, keep, since, siren)
    for pending in sorted(ENDS[event]):
        await _ENDERS[pending](db, happened)


def _link(purpose: Purpose) -> Callable[[AsyncSession, _Happened], Awaitable[None]]:
    async def end(db: AsyncSession, happened: _Happened) -> None:
        await end_links(db, happened.account_id, purpose)

    return end


async def _links_back(db: AsyncSession, happened: _Happened) -> None:
    await end_links(db, happened.account_id, Purpose.RESTORE, since=happened.since)


async def _sessions(db: AsyncSession, happened: _Happened) -> None:
    await end_sessions(
        db, happened.account_id, but=happened.keep, actor=happened.actor, reason=happened.event
    )


async def _ceremonies(db: AsyncSession, happened: _Happened) -> None:
    mine = col(Ceremony.account_id) == happened.account_id, col(Ceremony.ended_at).is_(None)
    await db.exec(update(Ceremony).where(*mine).values(ended_at=clock.now()))


async def _recovery(db: AsyncSession, happened: _Happened) -> None:
    await end_links(db, happened.account_id, Purpose.OBJECT)
    await _end_recoveries(db, col(FactorRecovery.account_id) == happened.account_id, happened)


async def _vouched(db: AsyncSession, happened: _Happened) -> None:
    await _end_recoveries(db, col(FactorRecovery.certified_by) == happened.account_id, happened)


async def _end_recoveries(db: AsyncSession, which: ColumnElement[bool], happened: _Happened) -> None:
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


async def _new_factors(db: AsyncSession, happened: _Happened) -> None:
    since = happened.since or clock.now()
    factors = col(SecondFactor.account_id) == happened.account_id, col(SecondFactor.created_at) >= since
    for row in (await db.exec(select(SecondFactor).where(*factors))).all():
        await db.delete(row)
        record(db, "factor.removed", actor=happened.actor, account_id=row.account_id, reason=happened.event)
    codes = col(RecoveryCode.account_id) == happened.account_id, col(RecoveryCode.made_at) >= since
    await db.exec(delete(RecoveryCode).where(*codes))


async def _attempts(db: AsyncSession, happened: _Happened) -> None:
    sessions = select(Session.id).where(Session.account_id == happened.account_id)
    await db.exec(delete(LinkAttempt).where(col(LinkAttempt.session_id).in_(sessions)))


async def _calendars(db: AsyncSession, happened: _Happened) -> None:
    await renew_all(db, happened.account_id)


async def _devices(db: AsyncSession, happened: _Happened) -> None:
    await forget_devices(db, happened.account_id, happened.event)


async def _invitations(db: AsyncSession, happened: _Happened) -> None:
    of_company = Invitation.siren == happened.siren if happened.siren else true()
    waiting = select(Invitation).where(
        of_company,
        Invitation.invited_by == happened.account_id,
        col(Invitation.answered_at).is_(None),
        col(Invitation.cancelled_at).is_(None),
        col(Invitation.expires_at) > clock.now(),
    )
    for row in (await db.exec(waiting)).all():
        row.cancelled_at = clock.now()
        record(db, "company.invitation_cancelled", actor=happened.actor, siren=row.siren)


_ENDERS: Mapping[Pending, Callable[[AsyncSession, _Happened], Awaitable[None]]] = {
    Pending.VERIFY_LINK: _link(Purpose.VERIFY),
    Pending.PASSWORD_LINK: _link(Purpose.PASSWORD),
    Pending.ADDRESS_LINK: _link(Purpose.ADDRESS),
    Pending.CANCEL_LINK: _link(Purpose.CANCEL),
    Pending.RESTORE_LINK: _links_back,
    Pending.OTHER_SESSION: _sessions,
    Pending.CEREMONY: _ceremonies,
    Pending.RECOVERY: _recovery,
    Pending.VOUCHED: _vouched,
    Pending.NEW_FACTOR: _new_factors,
    Pending.CO_OWNER_ATTEMPT: _attempts,
    Pending.CALENDAR: _calendars,
    Pending.PUSH: _devices,
    Pending.INVITATION: _invitations,
}
