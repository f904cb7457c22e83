"""Reading consignments: every query starts from what the viewer may see (SES-04, SES-05)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.accounts.viewer import Viewer
from models.companies.queries import names_of
from models.consignments import filters as narrowed
from models.consignments.filters import PAGE_SIZE, Filters
from models.consignments.folding import StepNow
from models.consignments.keys import KeyKind
from models.consignments.policy import visible
from models.consignments.tables import (
    CitedDocument,
    Consignment,
    ConsignmentKey,
    ConsignmentParty,
    Container,
    GoodsLine,
    Step,
    StepFact,
    TransportMeans,
)
from models.consignments.vocabulary import ConsignmentState
from models.posts.tables import Post


@dataclass(frozen=True, slots=True)
class Listed:
    """A consignment with what a list shows of it."""

    consignment: Consignment
    steps: Mapping[str, StepNow]
    keys: Sequence[tuple[str, str]]
    post_name: str
    company: str = ""


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

    listed: Listed
    facts: list[StepFact]
    goods: list[GoodsLine]
    containers: list[Container]
    transports: list[TransportMeans]
    parties: list[ConsignmentParty]
    papers: list[CitedDocument]


async def page(
    db: AsyncSession, viewer: Viewer, filters: Filters, *, after: str = "", before: str = ""
) -> Listing:
    """A page of the consignments that the viewer may see, in the order asked for.

    `after` and `before` are cursors of another page of the same order; one that makes no sense is ignored.
    """
    columns = narrowed.order(filters.sort)
    backwards = bool(before) and not after
    start = narrowed.decode_cursor(before if backwards else after, filters.sort)
    if backwards and start:
        columns = [(column, not descends) for column, descends in columns]
    query = select(Consignment).where(visible(viewer), *narrowed.narrowing(filters))
    query = query.where(*narrowed.choosing(filters, viewer))
    if start:
        query = query.where(narrowed.beyond(columns, start))
    ordering = [column.desc() if descends else column.asc() for column, descends in columns]
    found = list((await db.exec(query.order_by(*ordering).limit(PAGE_SIZE + 1))).all())
    more, rows = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if backwards and start:
        rows.reverse()
        return Listing(
            await _listed(db, viewer, rows),
            _cursor(rows[-1:], filters),
            _cursor(rows[:1] if more else [], filters),
        )
    return Listing(
        await _listed(db, viewer, rows),
        _cursor(rows[-1:] if more else [], filters),
        _cursor(rows[:1] if start else [], filters),
    )


def _cursor(rows: Sequence[Consignment], filters: Filters) -> str:
    if not rows:
        return ""
    names = [column.key for column, _ in narrowed.order(filters.sort)]
    return narrowed.encode_cursor([getattr(rows[0], name) for name in names])


async def counters(db: AsyncSession, viewer: Viewer, filters: Filters) -> Counters:
    """How many consignments of the list stand in each state, whatever state is chosen."""
    tally = (
        select(Consignment.state, Consignment.actor, func.count())
        .where(visible(viewer), *narrowed.narrowing(filters))
        .group_by(col(Consignment.state), col(Consignment.actor))
    )
    states: defaultdict[str, int] = defaultdict(int)
    mine = 0
    for state, actor, count in await db.exec(tally):
        states[state] += count
        mine += count if viewer.authority and actor == viewer.authority else 0
    return Counters({state: states[state] for state in ConsignmentState}, mine)


async def some(db: AsyncSession, viewer: Viewer, ids: Collection[int]) -> list[Listed]:
    """Of the consignments `ids`, those that the viewer may see."""
    wanted = select(Consignment).where(visible(viewer), col(Consignment.id).in_(ids))
    return await _listed(db, viewer, list((await db.exec(wanted)).all()))


async def matching(
    db: AsyncSession, viewer: Viewer, filters: Filters, ids: Collection[int]
) -> set[int | None]:
    """Of the consignments `ids`, those that the narrowed list shows, on whatever page."""
    wanted = select(Consignment.id).where(visible(viewer), col(Consignment.id).in_(ids))
    wanted = wanted.where(*narrowed.narrowing(filters), *narrowed.choosing(filters, viewer))
    return set((await db.exec(wanted)).all())


async def one(db: AsyncSession, viewer: Viewer, reference: str) -> Detail | None:
    """A consignment, whole; None when there is none of that reference for this viewer."""
    wanted = select(Consignment).where(visible(viewer), Consignment.reference == reference)
    rows = list((await db.exec(wanted)).all())
    if not rows:
        return None
    listed = (await _listed(db, viewer, rows))[0]
    mine = rows[0].id
    facts = select(StepFact).where(StepFact.consignment_id == mine)
    goods = select(GoodsLine).where(GoodsLine.consignment_id == mine)
    boxes = select(Container).where(Container.consignment_id == mine)
    means = select(TransportMeans).where(TransportMeans.consignment_id == mine)
    parties = select(ConsignmentParty).where(ConsignmentParty.consignment_id == mine)
    papers = select(CitedDocument).where(CitedDocument.consignment_id == mine)
    return Detail(
        listed,
        list((await db.exec(facts.order_by(col(StepFact.at), col(StepFact.id)))).all()),
        list((await db.exec(goods.order_by(col(GoodsLine.sequence)))).all()),
        list((await db.exec(boxes.order_by(col(Container.id)))).all()),
        list((await db.exec(means.order_by(col(TransportMeans.id)))).all()),
        list((await db.exec(parties.order_by(col(ConsignmentParty.id)))).all()),
        list((await db.exec(papers.order_by(col(CitedDocument.id)))).all()),
    )


async def posts_seen(db: AsyncSession, viewer: Viewer) -> list[Post]:
    """The posts that the viewer can narrow the list to: an officer's own, else the connected ones."""
    query = select(Post).order_by(col(Post.name))
    if viewer.posts:
        query = query.where(col(Post.code).in_(viewer.posts))
    else:
        query = query.where(col(Post.connected))
    return list((await db.exec(query)).all())


async def _listed(db: AsyncSession, viewer: Viewer, rows: list[Consignment]) -> list[Listed]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    steps = await _steps(db, ids)
    keys = await _keys(db, ids)
    posts = {
        post.code: post.name
        for post in await db.exec(select(Post).where(col(Post.code).in_({row.post_code for row in rows})))
    }
    companies: dict[str, str] = {}
    if viewer.is_officer:
        companies = await names_of(db, [row.siren for row in rows if row.siren])
    return [
        Listed(
            row,
            steps[row.id or 0],
            keys[row.id or 0],
            posts.get(row.post_code, row.post_code),
            companies.get(row.siren or "", ""),
        )
        for row in rows
    ]


async def _steps(db: AsyncSession, ids: Sequence[int | None]) -> dict[int, dict[str, StepNow]]:
    steps: defaultdict[int, dict[str, StepNow]] = defaultdict(dict)
    for row in await db.exec(select(Step).where(col(Step.consignment_id).in_(ids))):
        steps[row.consignment_id][row.kind] = StepNow(
            row.status,
            row.planned_at,
            row.started_at,
            row.ended_at,
            row.authority,
            row.result,
            row.reason,
            row.detail,
        )
    return steps


async def _keys(db: AsyncSession, ids: Sequence[int | None]) -> dict[int, list[tuple[str, str]]]:
    shown = (KeyKind.MRN, KeyKind.CONTAINER, KeyKind.TRANSPORT)
    query = select(ConsignmentKey).where(
        col(ConsignmentKey.consignment_id).in_(ids), col(ConsignmentKey.kind).in_(shown)
    )
    keys: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in await db.exec(query.order_by(col(ConsignmentKey.id))):
        keys[row.consignment_id].append((row.kind, row.value))
    return keys


async def id_of(db: AsyncSession, viewer: Viewer, reference: str) -> int | None:
    """The key of the consignment `reference`; None when there is none for this viewer."""
    wanted = select(Consignment.id).where(visible(viewer), Consignment.reference == reference)
    return (await db.exec(wanted)).first()
