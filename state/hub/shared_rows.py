"""What a batch of entries changed, read once for all the screens that see the same list.

Ten people of a company look at the same rows: the database is asked once, and the rows are made once.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from models.border.consignments.subject import consignment_of
from models.border.follow_up.queries import listing as queries
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import read
from state.border.address import Address
from state.border.chips import Said, said
from state.border.rows import Row, row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class News:
    """What the entries changed, for whoever sees the same and opened the list at the same address."""

    fresh: dict[int | None, Row]
    """The changed consignments that may be seen. The rows are shared: replaced, never changed."""
    said: Said


Reading = Callable[[Viewer, Address, Sequence[JournalEntry]], Coroutine[Any, Any, T]]
_batch: ContextVar[dict[Hashable, asyncio.Task[Any]] | None] = ContextVar("batch", default=None)


def begin() -> None:
    """From here on, and for what is started from here, screens share what they read; until the next begin."""
    _batch.set({})


async def news(viewer: Viewer, address: Address, entries: Sequence[JournalEntry]) -> News:
    """What `entries` changed, read once for all who see the same."""
    return await _shared(_news, viewer, address, entries)


async def listable(viewer: Viewer, address: Address, entries: Sequence[JournalEntry]) -> set[int | None]:
    """Which of the consignments of `entries` the narrowed list shows, on whatever page; read as news() is."""
    return await _shared(_listable, viewer, address, entries)


async def _shared(asked: Reading[T], viewer: Viewer, address: Address, entries: Sequence[JournalEntry]) -> T:
    shared = _batch.get()
    if shared is None:
        return await asked(viewer, address, entries)
    # All that policy.visible() and the rows look at: who asks is not among it.
    sees = (viewer.role, viewer.siren, viewer.posts, viewer.rights)
    key = (asked, sees, address, tuple(entry.seq for entry in entries))
    if key not in shared:
        shared[key] = asyncio.create_task(asked(viewer, address, entries))
    answer: T = await asyncio.shield(shared[key])
    return answer


async def _news(viewer: Viewer, address: Address, entries: Sequence[JournalEntry]) -> News:
    now, changed = clock.now(), _changed(entries)
    listed, counters = await read(lambda db: queries.news(db, viewer, address.filters(now), changed))
    fresh: dict[int | None, Row] = {
        listed.consignment.id: row(listed, viewer, now, fresh=True) for listed in listed
    }
    return News(fresh, said(address, counters, viewer))


async def _listable(viewer: Viewer, address: Address, entries: Sequence[JournalEntry]) -> set[int | None]:
    filters = address.filters(clock.now())
    return await read(lambda db: queries.matching(db, viewer, filters, _changed(entries)))


def _changed(entries: Sequence[JournalEntry]) -> set[int]:
    return {key for entry in entries if (key := consignment_of(entry)) is not None}
