"""Reading what users ask and think of the service, for those who run it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select

from models.identity.accounts.policy import may_assist
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession
from models.signals.assistance.forms import Known
from models.signals.assistance.tables import HelpRequest, Opinion

SHOWN = 50
_QUARTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Judged:
    """What users thought of the service over 90 days."""

    number: int = 0
    average: float = 0.0


def requests(db: DbSession, viewer: Viewer) -> Sequence[HelpRequest]:
    """The requests, those that wait first, the oldest first; then the newest answered ones; 50 at most."""
    if may_assist(viewer) is not None:
        return []
    waiting = select(HelpRequest).where(col(HelpRequest.answered_at).is_(None)).order_by(col(HelpRequest.id))
    query = select(HelpRequest).where(col(HelpRequest.answered_at).is_not(None))
    help_requests = list(db.exec(waiting.limit(SHOWN)).all())
    rest = SHOWN - len(help_requests)
    return help_requests + list(
        db.exec(query.order_by(col(HelpRequest.answered_at).desc()).limit(rest)).all()
    )


def opinions(db: DbSession, viewer: Viewer) -> Sequence[Opinion]:
    """The last opinions, the newest first; 50 at most."""
    if may_assist(viewer) is not None:
        return []
    return db.exec(select(Opinion).order_by(col(Opinion.id).desc()).limit(SHOWN)).all()


def judged(db: DbSession, viewer: Viewer) -> Judged:
    """How many opinions were given over 90 days, and their mean of 1 to 5."""
    if may_assist(viewer) is not None:
        return Judged()
    recent = col(Opinion.given_at) > clock.now() - _QUARTER
    number, mean = (
        db.exec(select(func.count(), func.avg(Opinion.rating)).select_from(Opinion).where(recent))
    ).one()
    return Judged(number, float(mean or 0))


def prefilled(db: DbSession, viewer: Viewer | None) -> Known:
    """The form with what is known of the person already (COM-14)."""
    if viewer is None:
        return {}
    account = db.get_one(Account, viewer.account_id)
    return {
        "name": viewer.name,
        "email": account.email,
        "siren": viewer.siren or "",
        "company": viewer.company_name,
    }


def requests_since(db: DbSession, since: datetime) -> int:
    """How many requests came after that moment, from all."""
    recent = select(func.count()).select_from(HelpRequest).where(col(HelpRequest.asked_at) > since)
    return db.exec(recent).one()


def last_request(db: DbSession) -> int:
    """The number of the newest request; 0 before the first."""
    return db.exec(select(func.max(HelpRequest.id))).one() or 0


def request_of(db: DbSession, reference: str) -> HelpRequest | None:
    """The request of that reference, such as `AIDE-2026-000001`."""
    return db.exec(select(HelpRequest).where(HelpRequest.reference == reference)).first()


def opinions_since(db: DbSession, since: datetime) -> int:
    """How many opinions were given after that moment."""
    recent = select(func.count()).select_from(Opinion).where(col(Opinion.given_at) > since)
    return db.exec(recent).one()


def unread_opinions(db: DbSession) -> Sequence[Opinion]:
    """The opinions that nobody said to have read."""
    return db.exec(select(Opinion).where(col(Opinion.read_at).is_(None))).all()
