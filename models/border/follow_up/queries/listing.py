"""Reading consignments: every query starts from what the viewer may see (SES-04, SES-05)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, case
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from models.border.consignments.policy import sight, visible
from models.border.consignments.summary import COLUMNS, Summary, summary_of
from models.border.consignments.tables import (
    CitedDocument,
    Consignment,
    ConsignmentParty,
    Container,
    GoodsLine,
    StepFact,
    TransportMeans,
)
from models.border.expectations.rules import Expectation
from models.border.follow_up import filters as narrowed
from models.border.follow_up.filters import KEPT, PAGE_SIZE, Filters, Sort
from models.border.follow_up.queries.beside import beside
from models.border.follow_up.queries.counts import tally
from models.border.follow_up.queries.strands import heads
from models.border.passage.fold import StepNow
from models.border.passage.keys import canonical
from models.border.passage.vocabulary import ConsignmentState
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company
from models.kernel import keyset
from models.kernel.database import DbSession
from models.kernel.rows import find_rows
from models.posts.queries import connected_posts, posts_among
from models.posts.tables import Post, PostTerms

_Named = tuple[Summary, str | None, str | None]
"""A consignment, the name of its post and that of its company."""


_POST_NAME = case(
    (col(Post.unknown_since).is_not(None), col(Post.name) + " (poste à confirmer)"), else_=col(Post.name)
)


def _named(*columns: Any) -> Select[Any]:
    return (
        sql_select(*columns, _POST_NAME, col(Company.name))
        .select_from(Consignment)
        .join(Post, col(Post.code) == col(Consignment.post_code), isouter=True)
        .join(Company, col(Company.siren) == col(Consignment.siren), isouter=True)
    )


_NAMED = _named(*COLUMNS)
_NAMED_WHOLE = _named(Consignment)


@dataclass(frozen=True, slots=True)
class Listed:
    """A consignment with what a list shows of it."""

    consignment: Summary
    steps: Mapping[str, StepNow]
    keys: Sequence[tuple[str, str]]
    post_name: str
    company: str = ""
    expected: Expectation | None = None
    """How much longer its current step should take, as of when it was read; None when nothing tells (SES-03)."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. The cursors lead to the neighbouring pages; empty where there is none."""

    items: list[Listed]
    next: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Counters:
    """How many consignments stand in each state, and how many wait for the viewer."""

    states: Mapping[str, int] = field(default_factory=dict)
    mine: int = 0

    @property
    def total(self) -> int:
        """All states together."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Detail:
    """One consignment, whole."""

    consignment: Consignment
    listed: Listed
    facts: list[StepFact]
    goods: list[GoodsLine]
    containers: list[Container]
    transports: list[TransportMeans]
    parties: list[ConsignmentParty]
    papers: list[CitedDocument]
    phone: str = ""
    """Of its post, where the post gave it; as its address."""
    address: str = ""

    @property
    def version(self) -> int:
        """What tells this state of its facts from the next (settling.version_of)."""
        return max((fact.id or 0 for fact in self.facts), default=0)


def page(db: DbSession, viewer: Viewer, filters: Filters, *, after: str = "", before: str = "") -> Listing:
    """A page of the consignments that the viewer may see, in the order asked for.

    `after` and `before` are cursors of another page of the same order; one that makes no sense is ignored.
    """
    backwards = bool(before) and not after
    start = narrowed.decode_cursor(before if backwards else after, filters.sort) or []
    urgency = start[0] if start and filters.sort is Sort.URGENT else None
    query = _page(
        sight(viewer), narrowed.shape(filters), backwards=backwards, starts=bool(start), urgency=urgency
    )
    values = narrowed.values(filters, narrowed.order(filters.sort), start)
    rows = find_rows(db, query, **values)
    more, shown = len(rows) > PAGE_SIZE, _summaries(rows[:PAGE_SIZE])
    if backwards and start:
        shown.reverse()
        return Listing(
            _listed(db, viewer, shown),
            _cursor(shown[-1:], filters),
            _cursor(shown[:1] if more else [], filters),
        )
    return Listing(
        _listed(db, viewer, shown),
        _cursor(shown[-1:] if more else [], filters),
        _cursor(shown[:1] if start else [], filters),
    )


@lru_cache(KEPT)
def _page(
    viewer: Viewer, filters: Filters, *, backwards: bool, starts: bool, urgency: int | None
) -> Select[Any]:
    columns = narrowed.order(filters.sort)
    if backwards and starts:
        columns = [(column, not descends) for column, descends in columns]
    query = _NAMED.where(heads(viewer, filters, columns, starts=starts, urgency=urgency))
    return query.order_by(*keyset.ordering(columns)).limit(PAGE_SIZE + 1)


def _cursor(ends: Sequence[_Named], filters: Filters) -> str:
    if not ends:
        return ""
    names = [column.key for column, _ in narrowed.order(filters.sort)]
    return narrowed.encode_cursor([getattr(ends[0][0], name) for name in names])


def counters(db: DbSession, viewer: Viewer, filters: Filters) -> Counters:
    """How many consignments of the list stand in each state, whatever state is chosen."""
    states: defaultdict[str, int] = defaultdict(int)
    own_count = 0
    for state, actor, count in tally(db, viewer, filters):
        states[state] += count
        own_count += count if viewer.authority and actor == viewer.authority else 0
    return Counters({state: states[state] for state in ConsignmentState}, own_count)


def screen(
    db: DbSession, viewer: Viewer, filters: Filters, *, after: str = "", before: str = ""
) -> tuple[Listing, Counters, list[Post]]:
    """All that the list shows: a page, the counters, the posts to choose from."""
    listing = page(db, viewer, filters, after=after, before=before)
    return listing, counters(db, viewer, filters), posts_seen(db, viewer)


def news(
    db: DbSession, viewer: Viewer, filters: Filters, ids: Collection[int]
) -> tuple[list[Listed], Counters]:
    """What changed for a list when the consignments `ids` did: some(), and the counters."""
    return some(db, viewer, ids), counters(db, viewer, filters)


def some(db: DbSession, viewer: Viewer, ids: Collection[int]) -> list[Listed]:
    """Of the consignments `ids`, those that the viewer may see."""
    wanted = _NAMED.where(visible(viewer), col(Consignment.id).in_(ids))
    return _listed(db, viewer, _summaries(find_rows(db, wanted)))


def matching(db: DbSession, viewer: Viewer, filters: Filters, ids: Collection[int]) -> set[int | None]:
    """Of the consignments `ids`, those that the narrowed list shows, on whatever page."""
    wanted = select(Consignment.id).where(visible(viewer), col(Consignment.id).in_(ids))
    wanted = wanted.where(*narrowed.narrowing(filters, viewer), *narrowed.choosing(filters, viewer))
    return set(db.exec(wanted).all())


def one(db: DbSession, viewer: Viewer, reference: str) -> Detail | None:
    """A consignment, whole; None when there is none of that reference for this viewer."""
    wanted = _NAMED_WHOLE.where(visible(viewer), col(Consignment.reference) == canonical(reference))
    row = db.execute(wanted).first()
    if row is None:
        return None
    whole, post, company = row
    listed = _listed(db, viewer, [(summary_of(whole), post, company)])[0]
    number = whole.id
    facts = select(StepFact).where(StepFact.consignment_id == number)
    goods = select(GoodsLine).where(GoodsLine.consignment_id == number)
    boxes = select(Container).where(Container.consignment_id == number)
    means = select(TransportMeans).where(TransportMeans.consignment_id == number)
    parties = select(ConsignmentParty).where(ConsignmentParty.consignment_id == number)
    papers = select(CitedDocument).where(CitedDocument.consignment_id == number)
    terms = db.get(PostTerms, whole.post_code)
    return Detail(
        whole,
        listed,
        list(db.exec(facts.order_by(col(StepFact.at), col(StepFact.id))).all()),
        list(db.exec(goods.order_by(col(GoodsLine.sequence))).all()),
        list(db.exec(boxes.order_by(col(Container.id))).all()),
        list(db.exec(means.order_by(col(TransportMeans.id))).all()),
        list(db.exec(parties.order_by(col(ConsignmentParty.id))).all()),
        list(db.exec(papers.order_by(col(CitedDocument.id))).all()),
        terms.phone if terms else "",
        terms.address if terms else "",
    )


def posts_seen(db: DbSession, viewer: Viewer) -> list[Post]:
    """The posts that the viewer can narrow the list to: an officer's own, else the connected ones."""
    return list(posts_among(db, viewer.posts) if viewer.posts else connected_posts(db))


def _summaries(rows: Iterable[Any]) -> list[_Named]:
    return [(Summary(*columns), post, company) for *columns, post, company in rows]


def _listed(db: DbSession, viewer: Viewer, named: Sequence[_Named]) -> list[Listed]:
    if not named:
        return []
    here = beside(db, [row for row, _, _ in named])
    return [
        Listed(
            row,
            here.steps[row.id],
            here.keys[row.id],
            post or row.post_code,
            (company or "") if viewer.is_officer else "",
            here.expected.get(row.id),
        )
        for row, post, company in named
    ]


def id_of(db: DbSession, viewer: Viewer, reference: str) -> int | None:
    """The key of the consignment `reference`; None when there is none for this viewer."""
    wanted = select(Consignment.id).where(visible(viewer), Consignment.reference == canonical(reference))
    return db.exec(wanted).first()
