"""The list of consignments among ten thousand, a hundred thousand, a million: does it cost the same?

Each reading is timed beside the very same SQL sent through the bare driver, whose rows nobody looks at. The
whole screen is what opening the list asks for in one go: who is asking, the page, the counters, the posts.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import select

from bench.databases import ENGINES, places, used
from bench.history import POSTS, Writer, siren
from bench.measures import Samples, cost_of, keep, ms, progress, show, verdict
from models.border.consignments.policy import FOLLOW, visible
from models.border.consignments.tables import Consignment
from models.border.follow_up.filters import Filters, encode_cursor, order
from models.border.follow_up.queries import listing as queries
from models.border.follow_up.search import read_search
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.acceptance import add_acceptance
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account, Session
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.tables import Habilitation, Posting
from models.kernel import database
from models.kernel.database import DbSession, read
from tests.support.databases import reading, transaction

NOW = datetime.now(UTC).replace(microsecond=0)
GROWTH, BY_HAND, QUERIES = 1.5, 2.0, 6
_PAGE_100 = 99 * 25
_WHO = (("operator", Role.OPERATOR), ("officer", Role.SIVEP), ("supervisor", Role.SUPERVISOR))

Read = Callable[[DbSession], Any]
Said = list[tuple[str, Any]]


async def run(*, quick: bool) -> None:
    """Measure on both engines, print, and keep the figures."""
    sizes = (1_000, 10_000) if quick else (10_000, 100_000, 1_000_000)
    figures: dict[str, Any] = {}
    with progress() as bar:
        for name in ENGINES:
            with places(name) as made:
                for size in sizes:
                    task = bar.add_task(f"List, {name}, {size:,}: filling", total=size)
                    found = await _measure(
                        made.fresh(), size, 15 if quick else 41, partial(bar.advance, task)
                    )
                    figures.setdefault(name, {})[str(size)] = found
                    bar.remove_task(task)
    _show(figures, sizes)
    keep("listing", figures, quick=quick)


async def _measure(url: str, size: int, times: int, tick: Callable[[int], None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    async with used(url, migrated=True):
        writer = Writer(url)
        for written in writer.fill(size, NOW):
            tick(written)
        for who, role in _WHO:
            viewer, session = await _person(who, role)
            for name, read in (await _readings(viewer, session, size)).items():
                found[f"{who}, {name}"] = await _compare(
                    partial(database.read, read), writer.connection, times
                )
            found[f"{who}, queries"] = found[f"{who}, whole screen"].pop("queries")
        writer.connection.close()
    return found


async def _person(who: str, role: Role) -> tuple[Viewer, str]:
    """Somebody with that role, signed in."""
    operator = role is Role.OPERATOR
    now = NOW - timedelta(hours=1)
    async with transaction() as db:
        account = Account(
            email=f"{who}@bench.example",
            name=who,
            role=role,
            siren=siren(0) if operator else None,
            password_hash="",
            created_at=now,
            password_changed_at=now,
        )
        db.add(account)
        db.flush()
        number = account.key
        add_acceptance(db, number)
        db.add(Session(id=who, account_id=number, created_at=now, expires_at=now + timedelta(days=9)))
        if operator:
            service, right = FOLLOW
            db.add(
                Habilitation(account_id=number, service=service, right=right, siren=siren(0), granted_at=now)
            )
        elif role is Role.SIVEP:
            db.add(Posting(account_id=number, post_code=POSTS[0], starts_at=now))
    viewer = await database.read(lambda db: viewer_of(who, db))
    assert viewer is not None
    return viewer, who


async def _readings(viewer: Viewer, session: str, size: int) -> dict[str, Read]:
    """What the screens ask for."""
    midnight = datetime.combine((NOW - timedelta(days=7)).date(), datetime.min.time(), UTC)
    week, ever = Filters(closed_since=midnight), Filters()
    digits = Filters(search=read_search(await _digits(viewer, size)))
    word = Filters(search=read_search("navire123 avocats"))
    everywhere = Filters(search=read_search("avocats du pérou"))
    after = await _cursor(viewer)
    return {
        "first page": lambda db: queries.page(db, viewer, week),
        "first page, all dates": lambda db: queries.page(db, viewer, ever),
        "last 7 digits": lambda db: queries.page(db, viewer, digits),
        "goods and vessel": lambda db: queries.page(db, viewer, word),
        "goods of all": lambda db: queries.page(db, viewer, everywhere),
        "counters": lambda db: queries.counters(db, viewer, week),
        "counters, all dates": lambda db: queries.counters(db, viewer, ever),
        "whole screen": lambda db: _screen(db, session, week),
        "page 100": lambda db: queries.page(db, viewer, ever, after=after),
    }


def _screen(db: DbSession, session: str, filters: Filters) -> None:
    """All that opening the list asks, who is asking included."""
    viewer = viewer_of(session, db)
    assert viewer is not None
    queries.screen(db, viewer, filters)


async def _digits(viewer: Viewer, size: int) -> str:

    def query(db: DbSession) -> str:
        wanted = select(Consignment.reference).where(visible(viewer)).offset(size // 100).limit(1)
        return db.exec(wanted).one()[-7:]

    return await read(query)


async def _cursor(viewer: Viewer) -> str:
    """Where page 100 begins; the middle of the list where there are not as many."""
    columns = order(Filters().sort)
    ordering = [column.desc() if descends else column.asc() for column, descends in columns]
    wanted = select(Consignment).where(visible(viewer)).order_by(*ordering)
    async with reading() as db:
        row = db.exec(wanted.offset(_PAGE_100 - 1).limit(1)).first()
        row = row or db.exec(wanted.offset(50).limit(1)).one()
    return encode_cursor([getattr(row, column.key) for column, _ in columns])


async def _compare(ours: Callable[[], Awaitable[Any]], connection: Any, times: int) -> dict[str, float]:
    """Ours and by hand in turn, each `times` times; medians."""
    with _Listening() as said:
        await ours()
    asked = list(said.said)

    async def by_hand() -> None:
        for statement, parameters in asked:
            connection.execute(statement, parameters).fetchall()

    samples = {"ours": Samples(), "hand": Samples()}
    for _ in range(times):
        samples["ours"].costs.append(await cost_of(ours))
        samples["hand"].costs.append(await cost_of(by_hand))
    return {
        "queries": len(asked),
        **{f"{name}_cpu_ms": one.cpu * 1000 for name, one in samples.items()},
        **{f"{name}_ms": one.wall * 1000 for name, one in samples.items()},
    }


class _Listening:
    """The statements that this process sends, with their parameters."""

    def __enter__(self) -> "_Listening":
        self.said: Said = []
        event.listen(Engine, "before_cursor_execute", self._note)
        return self

    def _note(self, _c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement not in ("BEGIN", "COMMIT"):
            self.said.append((statement, parameters))

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)


def _show(figures: dict[str, Any], sizes: Sequence[int]) -> None:
    for name, by_size in figures.items():
        small, large = by_size[str(sizes[0])], by_size[str(sizes[-1])]
        rows = []
        for what in small:
            if what.endswith("queries"):
                rows.append((what, *(by_size[str(size)][what] for size in sizes), f"aim ≤ {QUERIES}", ""))
                continue
            growth = large[what]["ours_ms"] / small[what]["ours_ms"]
            hand = large[what]["ours_ms"] / large[what]["hand_ms"]
            cells = [ms(by_size[str(size)][what]["ours_ms"] / 1000) for size in sizes]
            rows.append((what, *cells, verdict(growth, GROWTH), verdict(hand, BY_HAND)))
        columns = ("", *(f"{size:,}" for size in sizes), "last / first", "ours / by hand")
        show(f"List, {name}, elapsed", columns, rows)
