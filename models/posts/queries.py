"""The posts: which there are, which take appointments, which nobody knows."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from models.kernel.database import DbSession
from models.posts.tables import Post, PostTerms

_BY_NAME = col(Post.name), col(Post.code)


def post_of(db: DbSession, code: str) -> Post | None:
    """The post of that code."""
    return db.exec(select(Post).where(Post.code == code)).first()


def the_post(db: DbSession, code: str) -> Post:
    """The post of that code, which there must be.

    Raises:
        NoResultFound: when there is none.
    """
    return db.exec(select(Post).where(Post.code == code)).one()


def every_post(db: DbSession) -> Sequence[Post]:
    """All posts, those that nobody knows included, by name."""
    return db.exec(select(Post).order_by(*_BY_NAME)).all()


def posts_among(db: DbSession, codes: Collection[str]) -> Sequence[Post]:
    """Those of these codes that there are, by name."""
    return db.exec(select(Post).where(col(Post.code).in_(codes)).order_by(*_BY_NAME)).all()


def connected_posts(db: DbSession) -> Sequence[Post]:
    """The posts connected to the portal, by name."""
    return db.exec(select(Post).where(col(Post.connected)).order_by(*_BY_NAME)).all()


def known_posts(db: DbSession) -> Sequence[Post]:
    """The posts of which it is known what they are, by name (SES-05)."""
    return db.exec(select(Post).where(col(Post.unknown_since).is_(None)).order_by(*_BY_NAME)).all()


def bookable_posts(db: DbSession) -> Sequence[Post]:
    """The posts that take appointments, by name (SES-12)."""
    with_terms = select(Post).join(PostTerms, col(PostTerms.post_code) == col(Post.code))
    return db.exec(with_terms.order_by(*_BY_NAME)).all()


def post_codes(db: DbSession) -> list[str]:
    """The codes of all posts, in their order."""
    return list(db.exec(select(Post.code).order_by(col(Post.code))).all())
