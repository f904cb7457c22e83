"""Reading what users ask and think of the service, for those who run it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from models.identity.accounts.policy import may_assist
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession
from models.signals.assistance.rules import HelpForm
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


def prefilled(db: DbSession, viewer: Viewer | None) -> HelpForm:
    """The form with what is known of the person already (COM-14)."""
    if viewer is None:
        return HelpForm()
    account = db.get_one(Account, viewer.account_id)
    return HelpForm(viewer.name, account.email, viewer.siren or "", viewer.company_name)
