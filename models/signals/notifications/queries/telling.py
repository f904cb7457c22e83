"""Reading what was begun for people and may still be added to, and where what is told of stood before."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from models.border.messages.tables import Message
from models.identity.letters.tables import Email
from models.journal.queries import about
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.subject import Subject, in_subjects
from models.signals.notifications.facts import STANDING, Standing
from models.signals.notifications.letters import NOTICES
from models.signals.notifications.tables import Notice, NoticeEntry, PushMessage, PushSubscription


def is_newer(db: DbSession, seq: int) -> bool:
    """Whether the journal has an entry after that one: one look at a key."""
    return db.exec(select(JournalEntry.seq).where(col(JournalEntry.seq) > seq).limit(1)).first() is not None


def standing_before(db: DbSession, entries: Sequence[JournalEntry]) -> dict[Subject | None, Standing]:
    """Where each consignment of these entries stood before the first of them."""
    if not entries:
        return {}
    newest = (
        select(func.max(JournalEntry.seq))
        .where(
            about([entry.subject for entry in entries if entry.subject]),
            col(JournalEntry.seq) < entries[0].seq,
            col(JournalEntry.kind).in_(STANDING),
        )
        .group_by(col(JournalEntry.subject_kind), col(JournalEntry.subject_id))
    )
    latest = select(JournalEntry).where(col(JournalEntry.seq).in_(newest))
    return {entry.subject: entry.payload for entry in db.exec(latest)}


def posts_named(db: DbSession, messages: Collection[str]) -> dict[str, frozenset[str]]:
    """The posts that each of these messages names."""
    if not messages:
        return {}
    rows = db.exec(select(Message.id, Message.named_posts).where(col(Message.id).in_(messages)))
    return {name: frozenset(posts.split()) for name, posts in rows.all()}


def unread_about(
    db: DbSession, account_ids: Collection[int], subjects: Collection[Subject], since: datetime
) -> Sequence[Notice]:
    """Notices of these people about these subjects that were begun after `since` and not read, the oldest first."""
    unread = select(Notice).where(
        col(Notice.account_id).in_(account_ids),
        col(Notice.read_at).is_(None),
        col(Notice.created_at) > since,
        in_subjects(col(Notice.subject_kind), col(Notice.subject_id), subjects),
    )
    return db.exec(unread.order_by(col(Notice.id))).all()


def letters_held(db: DbSession, account_ids: Collection[int]) -> list[Email]:
    """The letters of notices to these people that wait, held until the commit.

    A relay that takes letters passes them by, or took them before we look.
    """
    waiting = select(Email).where(
        col(Email.account_id).in_(account_ids), col(Email.due_at).is_not(None), Email.attempts == 0
    )
    return [letter for letter in db.exec(waiting.with_for_update()).all() if letter.kind == NOTICES]


def letters_since(
    db: DbSession, account_ids: Collection[int], since: datetime
) -> Sequence[tuple[int | None, datetime]]:
    """To whom of these people letters of notices were written after `since`, and when."""
    lately = select(Email.account_id, Email.created_at).where(
        col(Email.account_id).in_(account_ids), Email.kind == NOTICES, col(Email.created_at) > since
    )
    return db.exec(lately).all()


def devices_among(db: DbSession, account_ids: Collection[int]) -> Sequence[PushSubscription]:
    """The browsers of these people."""
    return db.exec(select(PushSubscription).where(col(PushSubscription.account_id).in_(account_ids))).all()


def pushes_held(db: DbSession, devices: Collection[int]) -> Sequence[PushMessage]:
    """The pushes to these browsers that wait, held until the commit."""
    if not devices:
        return ()
    waiting = select(PushMessage).where(
        col(PushMessage.subscription_id).in_(devices),
        col(PushMessage.due_at).is_not(None),
        PushMessage.attempts == 0,
    )
    return db.exec(waiting.with_for_update()).all()


def count_carried(db: DbSession, carrier: str) -> int:
    """How many facts that letter or push tells."""
    return db.exec(select(func.count()).select_from(NoticeEntry).where(NoticeEntry.carrier == carrier)).one()


def carried_by(
    db: DbSession, channel: str, carrier: str, most: int
) -> Sequence[tuple[NoticeEntry, JournalEntry]]:
    """The facts that a letter or push tells, in their order, at most so many."""
    query = (
        select(NoticeEntry, JournalEntry)
        .join(JournalEntry, col(JournalEntry.seq) == col(NoticeEntry.seq))
        .where(NoticeEntry.carrier == carrier, NoticeEntry.channel == channel)
        .order_by(col(NoticeEntry.seq))
        .limit(most)
    )
    return db.exec(query).all()
