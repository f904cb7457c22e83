"""Reading alerts and thresholds, always as somebody sees them (SES-05, SES-20)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, func, select

from models.border.consignments.subject import CONSIGNMENT
from models.border.consignments.tables import Consignment
from models.border.passage.rules import Action
from models.identity.access.subjects import titles_of
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.tables import Posting
from models.kernel import clock
from models.kernel.database import DbSession
from models.posts.tables import Post
from models.signals.alerts.policy import may_watch, visible_alerts
from models.signals.alerts.queries.waits import OFFICERS, STILL_OPEN
from models.signals.alerts.rules import Key, Open, Quantity, Threshold
from models.signals.alerts.tables import Alert, AlertThreshold

MOST = 50
"""Alerts shown at once, the newest first; the rest is counted."""
RECENT = 10
NAMED = 6
"""Consignments named for what concerns a whole post."""


@dataclass(frozen=True, slots=True)
class Named:
    """A consignment that an alert is about."""

    reference: str
    title: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert with what a list says of it."""

    alert: Alert
    post_name: str
    consignments: tuple[Named, ...]
    holder: str
    """Who takes care of it; empty while nobody does, and for who does not serve at that post."""


def thresholds(db: DbSession) -> list[Threshold]:
    """Every threshold, active or not."""
    rows = db.exec(select(AlertThreshold).order_by(col(AlertThreshold.id))).all()
    return [threshold_of(row) for row in rows]


def threshold_row(db: DbSession, threshold: Threshold) -> AlertThreshold | None:
    """The stored threshold of the same quantity, post, goods and step."""
    same = select(AlertThreshold).where(
        AlertThreshold.quantity == threshold.quantity,
        AlertThreshold.post_code == threshold.post_code,
        AlertThreshold.ched_type == threshold.ched_type,
        AlertThreshold.step == threshold.step,
    )
    return db.exec(same).first()


def thresholds_everywhere(db: DbSession) -> set[tuple[str, str, str]]:
    """Quantity, goods and step of the thresholds that hold at every post."""
    rows = db.exec(
        select(AlertThreshold.quantity, AlertThreshold.ched_type, AlertThreshold.step).where(
            AlertThreshold.post_code == ""
        )
    )
    return set(rows.all())


def seen_alert(db: DbSession, viewer: Viewer, alert_id: int) -> Alert | None:
    """The alert of that number; None when there is none that this person may see."""
    return db.exec(select(Alert).where(visible_alerts(viewer), Alert.id == alert_id)).first()


def threshold_of(row: AlertThreshold) -> Threshold:
    """The rule that a stored threshold says."""
    return Threshold(
        row.id or 0,
        Quantity(row.quantity),
        row.post_code,
        row.ched_type,
        row.step,
        row.opens_at,
        row.closes_at,
        row.active,
    )


def open_alerts(db: DbSession) -> dict[Key, Open]:
    """The alerts that are open, whoever they concern: for the watch, never for people."""
    rows = db.exec(select(Alert).where(col(Alert.closed_at).is_(None)))
    return {key_of(row): Open(row.key, row.threshold_id, row.value, row.opens_at) for row in rows}


def key_of(alert: Alert) -> Key:
    """What the alert is about."""
    return Key(alert.quantity, alert.post_code, alert.ched_type, alert.step, alert.subject)


def open_for(db: DbSession, viewer: Viewer, most: int = MOST) -> list[Shown]:
    """The open alerts that the viewer sees: not acknowledged first, then the newest (SES-20)."""
    waits = col(Alert.acknowledged_at).is_not(None)
    order = (waits, col(Alert.opened_at).desc(), col(Alert.id).desc())
    query = select(Alert).where(visible_alerts(viewer), col(Alert.closed_at).is_(None)).order_by(*order)
    return _shown(db, viewer, db.exec(query.limit(most)).all())


def closed_for(db: DbSession, viewer: Viewer) -> list[Shown]:
    """The alerts that closed last, of those that the viewer sees."""
    query = select(Alert).where(visible_alerts(viewer), col(Alert.closed_at).is_not(None))
    query = query.order_by(col(Alert.closed_at).desc(), col(Alert.id).desc()).limit(RECENT)
    return _shown(db, viewer, db.exec(query).all())


def count_open(db: DbSession, viewer: Viewer) -> tuple[int, int]:
    """How many alerts are open for the viewer, and how many of them nobody acknowledged."""
    waiting = func.count().filter(col(Alert.acknowledged_at).is_(None))
    query = select(func.count(), waiting).select_from(Alert)
    row = db.exec(query.where(visible_alerts(viewer), col(Alert.closed_at).is_(None))).one()
    return row[0], row[1]


def alerted(db: DbSession, viewer: Viewer) -> dict[int, str]:
    """The consignments that the viewer's open alerts are about, each with what is measured of it."""
    query = select(Alert.subject_id, Alert.quantity).where(
        visible_alerts(viewer), col(Alert.closed_at).is_(None), Alert.subject_kind == CONSIGNMENT
    )
    return {int(key): quantity for key, quantity in db.exec(query)}


def colleagues(db: DbSession, viewer: Viewer) -> dict[str, list[tuple[int, str]]]:
    """By post of the viewer: who serves there now, the viewer included, by name. Nothing for a supervisor."""
    if may_watch(viewer) is not None or viewer.role == Role.SUPERVISOR:
        return {}
    now = clock.now()
    query = (
        select(Posting.post_code, Account.id, Account.name)
        .join(Account, col(Account.id) == col(Posting.account_id))
        .where(
            col(Posting.post_code).in_(viewer.posts),
            col(Posting.starts_at) <= now,
            or_(col(Posting.ends_at).is_(None), col(Posting.ends_at) > now),
        )
        .order_by(Account.name, col(Account.id))
        .distinct()
    )
    serving: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for post, key, name in db.exec(query):
        serving[post].append((key or 0, name))
    return dict(serving)


def _shown(db: DbSession, viewer: Viewer, alerts: Collection[Alert]) -> list[Shown]:
    if not alerts:
        return []
    posts = dict(db.exec(select(Post.code, Post.name)).all())
    about = _consignments(db, alerts)
    names = _names(db, viewer, alerts)
    return [
        Shown(
            alert,
            posts.get(alert.post_code, alert.post_code),
            about.get(alert.key, ()),
            names.get(alert.assigned_to or 0, ""),
        )
        for alert in alerts
    ]


def _names(db: DbSession, viewer: Viewer, alerts: Iterable[Alert]) -> Mapping[int | None, str]:
    """Officers are named to those who serve with them, and to nobody else."""
    held = {alert.assigned_to for alert in alerts if alert.assigned_to and alert.post_code in viewer.posts}
    if not held:
        return {}
    return dict(db.exec(select(Account.id, Account.name).where(col(Account.id).in_(held))).all())


def _consignments(db: DbSession, alerts: Collection[Alert]) -> dict[int, tuple[Named, ...]]:
    """On which consignments each alert bears: its own, or the first ones of the queue (SES-21)."""
    titles = titles_of(db, (alert.subject for alert in alerts))
    own = {
        alert.key: (Named(titles[alert.subject].reference, titles[alert.subject].title),)
        for alert in alerts
        if alert.subject in titles
    }
    groups = [alert for alert in alerts if alert.quantity in _GROUPS and alert.closed_at is None]
    return own | {alert.key: _of_group(db, alert) for alert in groups}


_GROUPS = {
    Quantity.QUEUE_LENGTH: col(Consignment.actor).in_(OFFICERS),
    Quantity.REFUSALS: col(Consignment.action) == Action.CARRY_OUT_MEASURE,
}


def _of_group(db: DbSession, alert: Alert) -> tuple[Named, ...]:
    query = select(Consignment.reference, Consignment.title).where(
        *STILL_OPEN,
        Consignment.post_code == alert.post_code,
        _GROUPS[Quantity(alert.quantity)],
    )
    if alert.ched_type:
        query = query.where(Consignment.ched_type == alert.ched_type)
    if alert.step:
        query = query.where(Consignment.step == alert.step)
    rows = db.exec(query.order_by(col(Consignment.opened_at)).limit(NAMED)).all()
    return tuple(Named(reference, title) for reference, title in rows)
