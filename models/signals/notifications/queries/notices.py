"""What a person's bell and list of notices show: only what they may still see, whichever company they work for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from models.identity.access.subjects import Columns, Person, Title, seen_by, sees, titles_of
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.identity.letters.tables import Email
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.signals.notifications.facts import excerpt, subject_of
from models.signals.notifications.kinds import Channel, NoticeKind
from models.signals.notifications.policy import may_supervise
from models.signals.notifications.queries.devices import devices_of
from models.signals.notifications.queries.people import people
from models.signals.notifications.tables import Notice, NoticeEntry, PushMessage, PushSubscription
from models.signals.notifications.words import Words, words

MOST_UNREAD = 99
"""A bell counts no further: `99+`."""
PAGE = 30
_MOST_SET_ASIDE = 200


@dataclass(frozen=True, slots=True)
class NoticeFilters:
    """What a list is narrowed to."""

    kinds: tuple[str, ...] = ()
    """Of models.signals.notifications.kinds.NoticeKind; none: all."""
    unread: bool = False


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice, as it is shown."""

    id: int
    kind: str
    title: str
    """`Action requise`"""
    about: str
    """`Avocats du Pérou`; empty when it is about no consignment."""
    reference: str
    """The CHED's; empty likewise."""
    sentence: str
    href: str
    """models.signals.notifications.queries.destination() judges it again on arrival."""
    siren: str | None
    company: str
    """The name of the company concerned, for those who work for several; else empty."""
    count: int
    """How many facts it tells."""
    at: datetime
    read: bool
    before: int
    """To ask for the page that follows this row."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a notice leads, once it was judged again."""

    href: str
    siren: str | None
    """The company to work for there, if it is not the one that the viewer works for."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that could not be delivered, for those who run the service: whom it was for stays unsaid."""

    id: str
    channel: str
    """email or push."""
    kind: str
    attempts: int
    problem: str
    """What the server said."""
    given_up_at: datetime


def unread_count(db: DbSession, viewer: Viewer) -> int:
    """How many notices the viewer did not read, up to MOST_UNREAD + 1; two companies' are counted together."""
    unread = (
        sql_select(col(Notice.id))
        .where(_own(db, viewer), col(Notice.read_at).is_(None))
        .limit(MOST_UNREAD + 1)
    )
    number = db.execute(sql_select(func.count()).select_from(unread.subquery()))
    return int(number.scalar_one())


def page(
    db: DbSession, viewer: Viewer, filters: NoticeFilters | None = None, before: int | None = None
) -> list[NoticeRow]:
    """PAGE notices, newest first; `before` is the last row's, to go on."""
    asked = filters or NoticeFilters()
    query = select(Notice).where(_own(db, viewer))
    if asked.kinds:
        query = query.where(col(Notice.kind).in_(asked.kinds))
    if asked.unread:
        query = query.where(col(Notice.read_at).is_(None))
    if before is not None:
        query = query.where(col(Notice.last_seq) < before)
    return _rows(db, viewer, db.exec(query.order_by(col(Notice.last_seq).desc()).limit(PAGE)).all())


def some(db: DbSession, viewer: Viewer, ids: Collection[int]) -> list[NoticeRow]:
    """These of the viewer's notices, as they are now, newest first; those that may be seen no more are left out."""
    query = select(Notice).where(_own(db, viewer), col(Notice.id).in_(ids))
    return _rows(db, viewer, db.exec(query.order_by(col(Notice.last_seq).desc())).all())


def kinds_present(db: DbSession, viewer: Viewer) -> list[NoticeKind]:
    """The kinds of the viewer's notices, for the filter, in order."""
    kinds_found = db.exec(select(Notice.kind).where(Notice.account_id == viewer.account_id).distinct())
    present = set(kinds_found.all())
    return [kind for kind in NoticeKind if kind in present]


def destination(db: DbSession, viewer: Viewer, seq: int) -> Destination | None:
    """Where the notice of that journal entry leads; None when the viewer was not told, or may see it no more."""
    query = (
        select(NoticeEntry, JournalEntry)
        .join(JournalEntry, col(JournalEntry.seq) == col(NoticeEntry.seq))
        .where(NoticeEntry.account_id == viewer.account_id, NoticeEntry.seq == seq)
        .limit(1)
    )
    row = db.exec(query).first()
    if row is None:
        return None
    entry, fact = row
    subject = subject_of(fact)
    if not sees(db, _person(db, viewer), subject):
        return None
    title = titles_of(db, [subject]).get(subject)
    siren = title.siren if title and viewer.role == Role.OPERATOR else None
    href = words(entry.kind, entry.side, excerpt(fact), subject, title).href
    return Destination(href, siren if siren != viewer.siren else None)


def carrier_of(db: DbSession, viewer: Viewer, seq: int) -> str | None:
    """The number of the viewer's notice that tells that journal entry in the portal."""
    carriers = select(NoticeEntry.carrier).where(
        NoticeEntry.seq == seq,
        NoticeEntry.account_id == viewer.account_id,
        NoticeEntry.channel == Channel.PORTAL,
    )
    return db.exec(carriers).first()


def subscriptions(db: DbSession, viewer: Viewer) -> list[PushSubscription]:
    """The viewer's own browsers that receive notifications, newest first."""
    return devices_of(db, viewer.account_id)[::-1]


def set_aside(db: DbSession, viewer: Viewer | None) -> list[SetAside] | Refusal:
    """What was given up, newest first: for those who run the service to see, and to replay."""
    refusal = may_supervise(viewer)
    if refusal is not None:
        return refusal
    letters: list[SetAside] = []
    for table, channel in ((Email, "email"), (PushMessage, "push")):
        given_up = select(table).where(col(table.given_up_at).is_not(None))
        for row in db.exec(given_up.order_by(col(table.given_up_at).desc()).limit(_MOST_SET_ASIDE)):
            kind = row.kind if isinstance(row, Email) else "push"
            at = row.given_up_at or row.created_at
            letters.append(SetAside(row.id, channel, kind, row.attempts, row.problem, at))
    return sorted(letters, key=lambda letter: letter.given_up_at, reverse=True)[:_MOST_SET_ASIDE]


def _names(viewer: Viewer) -> dict[str, str]:
    """The companies by SIREN, for those who work for several."""
    return {choice.siren: choice.name for choice in viewer.choices} if len(viewer.choices) > 1 else {}


def _person(db: DbSession, viewer: Viewer) -> Person:
    person = people(db, [viewer.account_id]).get(viewer.account_id)
    return person or Person(viewer.account_id, "", [viewer])


def _own(db: DbSession, viewer: Viewer) -> ColumnElement[bool]:
    """The viewer's notices that they may still see: the policies of the screens to which they lead."""
    subject = Columns(col(Notice.subject_kind), col(Notice.subject_id))
    return and_(col(Notice.account_id) == viewer.account_id, seen_by(_person(db, viewer), subject))


def _rows(db: DbSession, viewer: Viewer, notices: Sequence[Notice]) -> list[NoticeRow]:
    titles = titles_of(db, (notice.subject for notice in notices))
    names = _names(viewer)
    return [_row(notice, titles.get(notice.subject), names) for notice in notices]


def _row(notice: Notice, title: Title | None, names: dict[str, str]) -> NoticeRow:
    side = notice.details.get("side", "")
    phrase: Words = words(notice.kind, side, notice.details, notice.subject, title)
    siren = title.siren if title else notice.siren
    return NoticeRow(
        id=notice.id or 0,
        kind=notice.kind,
        title=phrase.title,
        about=title.title if title else "",
        reference=title.reference if title else "",
        sentence=phrase.sentence,
        href=phrase.href,
        siren=siren,
        company=names.get(siren or "", ""),
        count=notice.count,
        at=notice.last_at,
        read=notice.read_at is not None,
        before=notice.last_seq,
    )
