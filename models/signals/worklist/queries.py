"""The officers' list: what waits for them at their posts, in order (SES-05, SES-20)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from models.border.consignments.policy import visible
from models.border.consignments.subject import CONSIGNMENT
from models.border.consignments.tables import Consignment
from models.identity.access.subjects import Columns
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company
from models.identity.habilitations.tables import Posting
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.subject import Subject, in_subjects
from models.posts.tables import Post
from models.signals.alerts.queries.alerts import alerted
from models.signals.alerts.queries.waits import OFFICERS, STILL_OPEN, Waiting, who_waits
from models.signals.alerts.words import short
from models.signals.worklist.policy import may_work
from models.signals.worklist.rules import Place, Work, place
from models.signals.worklist.tables import WorkClaim

_CLAIMED = Columns(col(WorkClaim.subject_kind), col(WorkClaim.subject_id))
PER_PAGE = 20
"""All of them show at once on a desktop."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to; empty means everything."""

    whose: str = ""
    """`mine` or `free`."""
    ched_type: str = ""
    step: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A consignment of the list."""

    id: int
    reference: str
    title: str
    ched_type: str
    step: str
    actor: str
    state: str
    action: str
    post_code: str
    post_name: str
    company: str
    expected_at: datetime | None
    changed_at: datetime
    since: datetime
    alert: str
    appointment_at: datetime | None
    place: Place
    held_by: int | None
    """The account of who took it in hand; None while it is free."""
    holder: str
    """The name, for those who serve at that post alone."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page of the list, and what the whole of it holds."""

    lines: Sequence[Line] = ()
    page: int = 1
    pages: int = 1
    total: int = 0
    late: int = 0
    """Beyond their expected end."""
    median_wait: int | None = None
    """Minutes; None when nothing waits."""
    posts: Sequence[tuple[str, str]] = ()
    others: Sequence[Line] = ()
    """Those that were asked for by number, still wait, and stand on another page."""


Appointments = Mapping[int, datetime]
"""When the appointment of the day of each consignment begins."""


def work_list(
    db: DbSession,
    viewer: Viewer,
    narrowed: Narrowed,
    page: int = 1,
    appointments: Appointments | None = None,
    also: Collection[int] = (),
) -> WorkPage:
    """A page of what waits for the viewer's service at its posts, the most pressing first.

    `also`: consignments to tell of even when they stand on another page. A fixed number of queries, on open consignments alone. A page beyond the last is the last.
    """
    if may_work(viewer) is not None:
        return WorkPage()
    now = clock.now()
    claims = _claims(db, viewer)
    waits = [
        waiting
        for waiting in who_waits(db, *_conditions(viewer, narrowed))
        if _wanted(narrowed.whose, claims.get(waiting.id), viewer)
    ]
    alerts = alerted(db, viewer)
    due = appointments or {}
    placed = {
        waiting.id: place(_work(waiting, alerts.get(waiting.id, ""), due.get(waiting.id), now), now)
        for waiting in waits
    }
    ordered = sorted(waits, key=lambda wait: placed[wait.id].rank)
    pages = max(1, -(-len(ordered) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * PER_PAGE : page * PER_PAGE]
    elsewhere = {waiting.id for waiting in ordered if waiting.id in also} - {entry.id for entry in shown}
    waitings = [*shown, *(waiting for waiting in ordered if waiting.id in elsewhere)]
    lines = _lines(db, viewer, waitings, placed, alerts, due, claims, now)
    return WorkPage(
        [line for line in lines if line.id not in elsewhere],
        page,
        pages,
        len(ordered),
        sum(waiting.expected_at is not None and waiting.expected_at < now for waiting in ordered),
        _median([int((now - waiting.since(now)).total_seconds() // 60) for waiting in ordered]),
        _posts(db, viewer),
        [line for line in lines if line.id in elsewhere],
    )


def _conditions(viewer: Viewer, narrowed: Narrowed) -> list[ColumnElement[bool]]:
    """What waits for the viewer's own service; for whom has none, for any service of the posts."""
    actors = [viewer.authority] if viewer.authority in OFFICERS else list(OFFICERS)
    conditions = [visible(viewer), col(Consignment.actor).in_(actors)]
    if narrowed.ched_type:
        conditions.append(col(Consignment.ched_type) == narrowed.ched_type)
    if narrowed.step:
        conditions.append(col(Consignment.step) == narrowed.step)
    if narrowed.post:
        conditions.append(col(Consignment.post_code) == narrowed.post)
    return conditions


def _wanted(whose: str, held_by: int | None, viewer: Viewer) -> bool:
    if whose == "mine":
        return held_by == viewer.account_id
    return held_by is None if whose == "free" else True


def _work(waiting: Waiting, quantity: str, appointment: datetime | None, now: datetime) -> Work:
    words = short(quantity) if quantity else ""
    return Work(waiting.id, waiting.ched_type, waiting.since(now), waiting.arrived_at, words, appointment)


def _claims(db: DbSession, viewer: Viewer) -> dict[int, int]:
    """Who holds what is open; a claim of the other service holds nothing back."""
    query = (
        select(Consignment.id, WorkClaim.account_id)
        .join(WorkClaim, col(Consignment.id) == _CLAIMED.number(CONSIGNMENT))
        .where(*STILL_OPEN, visible(viewer))
    )
    if viewer.authority in OFFICERS:
        query = query.where(WorkClaim.service == viewer.role)
    return {key: account_id for key, account_id in db.exec(query) if key is not None}


def claim_of(db: DbSession, subject: Subject) -> WorkClaim | None:
    """Who has that in hand, whichever their service."""
    held = select(WorkClaim).where(in_subjects(_CLAIMED.kind, _CLAIMED.id, [subject]))
    return db.exec(held).first()


def _lines(
    db: DbSession,
    viewer: Viewer,
    shown: Sequence[Waiting],
    placed: Mapping[int, Place],
    alerts: Mapping[int, str],
    due: Appointments,
    claims: Mapping[int, int],
    now: datetime,
) -> list[Line]:
    if not shown:
        return []
    query = (
        select(Consignment, Post.name, Company.name)
        .join(Post, col(Post.code) == col(Consignment.post_code))
        .join(Company, col(Company.siren) == col(Consignment.siren), isouter=True)
        .where(visible(viewer), col(Consignment.id).in_([waiting.id for waiting in shown]))
    )
    by_consignment = {
        consignment.id: (consignment, post, company) for consignment, post, company in db.exec(query)
    }
    names = _names(db, viewer, [claims[waiting.id] for waiting in shown if waiting.id in claims])
    lines = []
    for waiting in shown:
        if waiting.id not in by_consignment:
            continue  # it left between two queries
        consignment, post, company = by_consignment[waiting.id]
        lines.append(
            Line(
                waiting.id, consignment.reference, consignment.title, consignment.ched_type, consignment.step, consignment.actor, consignment.state, consignment.action,
                consignment.post_code, post, company or "", consignment.expected_at, consignment.changed_at, waiting.since(now),
                short(alerts[waiting.id]) if waiting.id in alerts else "", due.get(waiting.id), placed[waiting.id],
                claims.get(waiting.id), names.get(claims.get(waiting.id) or 0, ""),
            )
        )  # fmt: skip
    return lines


def _names(db: DbSession, viewer: Viewer, held_by: Sequence[int]) -> dict[int | None, str]:
    """Officers are named to those who serve at their posts, and to nobody else."""
    if not held_by or not viewer.posts:
        return {}
    return dict(db.exec(select(Account.id, Account.name).where(col(Account.id).in_(held_by))).all())


def _posts(db: DbSession, viewer: Viewer) -> list[tuple[str, str]]:
    query = select(Post.code, Post.name).where(col(Post.connected)).order_by(Post.name)
    if viewer.posts:
        query = query.where(col(Post.code).in_(viewer.posts))
    return list(db.exec(query).all())


def colleagues_of(db: DbSession, viewer: Viewer, post: str) -> list[tuple[int, str]]:
    """Who serves at that post now in the viewer's service, the viewer included, by name."""
    if may_work(viewer) is not None or post not in viewer.posts:
        return []
    now = clock.now()
    query = (
        select(Account.id, Account.name)
        .join(Posting, col(Posting.account_id) == col(Account.id))
        .where(
            Account.role == viewer.role,
            Posting.post_code == post,
            col(Posting.starts_at) <= now,
            or_(col(Posting.ends_at).is_(None), col(Posting.ends_at) > now),
        )
        .order_by(Account.name, col(Account.id))
        .distinct()
    )
    return [(key, name) for key, name in db.exec(query) if key is not None]


def _median(values: Sequence[int]) -> int | None:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else None
