"""The posts that messages name and nobody knows, and what officers said of them (SES-05)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, false, func
from sqlmodel import col, select

from models.border.consignments.tables import Consignment
from models.border.matching.policy import may_match
from models.border.matching.queries.companies import count_unmatched
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.posts.tables import Post, PostAlias

MOST = 50
"""Posts shown at once; the rest is counted."""
SHOWN = 5
"""Consignments named for each; the rest is counted."""
RECENT = 10


@dataclass(slots=True)
class UnknownPost:
    """A post that waits for an officer to say which one it is."""

    post: Post
    count: int = 0
    consignments: list[Consignment] = field(default_factory=list)
    """Those that have waited longest."""


@dataclass(frozen=True, slots=True)
class ConfirmedPost:
    """What an officer said: messages that name `alias` mean `post`, which was new if it bears that name itself."""

    alias: PostAlias
    post: str


def waiting(viewer: Viewer) -> ColumnElement[bool]:
    """The posts without confirmation, as this person may see them.

    They are nobody's: whoever may tie consignments sees them all, with the reference and goods of what waits
    (docs/decisions/0010).
    """
    return false() if may_match(viewer) is not None else col(Post.unknown_since).is_not(None)


def unknown_posts(db: DbSession, viewer: Viewer) -> list[UnknownPost]:
    """The posts that consignments wait for, the first named first; MOST at most."""
    rows = (
        select(Post, func.count(col(Consignment.id)))
        .join(Consignment, col(Consignment.post_code) == col(Post.code))
        .where(waiting(viewer))
        .group_by(col(Post.code))
        .order_by(func.min(col(Post.unknown_since)), col(Post.code))
        .limit(MOST)
    )
    unknown = {post.code: UnknownPost(post, count) for post, count in db.exec(rows).all()}
    for consignment in _first(db, list(unknown)):
        unknown[consignment.post_code].consignments.append(consignment)
    return list(unknown.values())


def _first(db: DbSession, codes: Sequence[str]) -> Sequence[Consignment]:
    """The consignments of these posts that have waited longest, SHOWN of each."""
    if not codes:
        return []
    turn = func.row_number().over(partition_by=col(Consignment.post_code), order_by=col(Consignment.id))
    ranked = (
        select(Consignment.id, turn.label("turn")).where(col(Consignment.post_code).in_(codes)).subquery()
    )
    shown = select(ranked.c.id).where(ranked.c.turn <= SHOWN)
    return _in_order(db, col(Consignment.id).in_(shown))


def count_unknown(db: DbSession, viewer: Viewer) -> int:
    """How many posts wait for an officer's word."""
    if may_match(viewer) is not None:
        return 0
    counted = (
        select(func.count(func.distinct(col(Post.code))))
        .join(Consignment, col(Consignment.post_code) == col(Post.code))
        .where(waiting(viewer))
    )
    return db.exec(counted).one()


def confirmed_posts(db: DbSession, viewer: Viewer) -> list[ConfirmedPost]:
    """What officers said last; RECENT at most."""
    if may_match(viewer) is not None:
        return []
    rows = (
        select(PostAlias, Post.name)
        .join(Post, col(Post.code) == col(PostAlias.post_code))
        .order_by(col(PostAlias.confirmed_at).desc(), col(PostAlias.name))
        .limit(RECENT)
    )
    return [ConfirmedPost(*row) for row in db.exec(rows).all()]


def consignments_at(db: DbSession, code: str) -> Sequence[Consignment]:
    """The consignments of the post `code`, whoever they belong to, the first notified first."""
    return _in_order(db, col(Consignment.post_code) == code)


def open_naming(db: DbSession, alias: str) -> Sequence[Consignment]:
    """The open consignments whose messages name their post `alias`, the first notified first."""
    return _in_order(db, col(Consignment.post_named) == alias, col(Consignment.closed_at).is_(None))


def _in_order(db: DbSession, *conditions: ColumnElement[bool]) -> Sequence[Consignment]:
    return db.exec(select(Consignment).where(*conditions).order_by(col(Consignment.id))).all()


def count_waiting(db: DbSession, viewer: Viewer) -> int:
    """How many consignments wait for their company, and posts for their name: the badge of the navigation."""
    return count_unmatched(db, viewer) + count_unknown(db, viewer)
