"""Reading consignments, for their verbs: by a key of theirs, and what is written of one.

Of a person's, `visible(viewer)` is the start; a message knows no viewer: what it names is found whoever it belongs to.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import col, or_, select

from models.border.consignments.policy import visible
from models.border.consignments.tables import Consignment, ConsignmentKey, StepFact
from models.border.passage.keys import KeyKind, canonical, normalise
from models.border.passage.vocabulary import StepStatus
from models.identity.accounts.viewer import Viewer
from models.kernel.authorities import Authority
from models.kernel.database import DbSession
from models.kernel.rows import find_rows
from models.kernel.statements.among import Among
from models.kernel.statements.compiled import Question
from models.posts.tables import Post, PostAlias

_OF_REFERENCE = Question(select(Consignment.id).where(col(Consignment.reference) == bindparam("reference")))
_POSTS = Question(
    select(Post.code, Post.locode, Post.unknown_since).where(
        or_(Among(col(Post.code), "codes"), Among(col(Post.locode), "places"))
    )
)
_ALIASES = Question(select(PostAlias.name, PostAlias.post_code).where(Among(col(PostAlias.name), "names")))


def of_reference(db: DbSession, reference: str) -> Consignment | None:
    """The consignment of that CHED; None before it was notified."""
    known = find_rows(db, _OF_REFERENCE, reference=reference)
    return db.get_one(Consignment, known[0].id) if known else None


def these(db: DbSession, keys: Collection[int]) -> Sequence[Consignment]:
    """The consignments of these keys, whoever they belong to."""
    return db.exec(select(Consignment).where(col(Consignment.id).in_(keys))).all()


def seen(db: DbSession, viewer: Viewer, reference: str) -> Consignment | None:
    """The consignment of that reference, if it exists for this person."""
    query = select(Consignment).where(visible(viewer), Consignment.reference == canonical(reference))
    return db.exec(query).first()


def find(db: DbSession, kind: KeyKind, reference: str) -> list[Consignment]:
    """The consignments known under `reference`, whoever they belong to: for messages, never for people."""
    if not normalise(reference):
        return []
    named = (
        select(Consignment)
        .join(ConsignmentKey, col(ConsignmentKey.consignment_id) == col(Consignment.id))
        .where(ConsignmentKey.kind == kind, ConsignmentKey.value == normalise(reference))
    )
    return list(db.exec(named.order_by(col(Consignment.id))).all())


def holders(db: DbSession, containers: Collection[str]) -> defaultdict[str, list[Consignment]]:
    """The consignments of each of these containers: one query for a whole vessel."""
    named = (
        select(ConsignmentKey.value, Consignment)
        .join(Consignment, col(ConsignmentKey.consignment_id) == col(Consignment.id))
        .where(ConsignmentKey.kind == KeyKind.CONTAINER, col(ConsignmentKey.value).in_(containers))
        .order_by(col(Consignment.id))
    )
    by_container: defaultdict[str, list[Consignment]] = defaultdict(list)
    for container, consignment in db.exec(named):
        by_container[container].append(consignment)
    return by_container


def keys_written(db: DbSession, consignment_id: int) -> Sequence[tuple[str, str]]:
    """The references by which a consignment is found: their kinds and values."""
    keys = select(ConsignmentKey.kind, ConsignmentKey.value)
    return db.exec(keys.where(ConsignmentKey.consignment_id == consignment_id)).all()


def facts_of(db: DbSession, consignment_id: int | None) -> Sequence[StepFact]:
    """All that was said of a consignment, what was taken back included."""
    return db.exec(select(StepFact).where(StepFact.consignment_id == consignment_id)).all()


def last_fact(db: DbSession, consignment_id: int) -> int:
    """The number of the last fact about a consignment; 0 before any."""
    last = select(func.max(StepFact.id)).where(StepFact.consignment_id == consignment_id)
    return db.exec(last).one() or 0


def said_by_customs(
    db: DbSession, consignment_id: int | None, since: datetime | None = None, until: datetime | None = None
) -> bool:
    """Whether customs answered about a consignment, by a message that was not cancelled: after `since`, by `until`."""
    span = [] if since is None else [col(StepFact.at) > since]
    span += [] if until is None else [col(StepFact.at) <= until]
    answers = select(StepFact.id).where(
        StepFact.consignment_id == consignment_id,
        StepFact.authority == Authority.CUSTOMS,
        col(StepFact.message_id).is_not(None),
        StepFact.status != StepStatus.CANCELLED,
        *span,
    )
    return db.exec(answers.limit(1)).first() is not None


def posts_named(db: DbSession, codes: Sequence[str], places: Sequence[str]) -> Sequence[Any]:
    """The posts of these codes, or at these places: code, locode, unknown_since."""
    return find_rows(db, _POSTS, codes=codes, places=places)


def aliases(db: DbSession, names: Sequence[str]) -> dict[str, str]:
    """Which post officers said that these names mean."""
    return dict(map(tuple, find_rows(db, _ALIASES, names=names)))
