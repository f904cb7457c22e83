"""What a batch of entries changed, read once for all the screens that see the same list.

Ten people of a company look at the same rows: the database is asked once, and the rows are made once.
"""

import asyncio
from collections.abc import Hashable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from models.accounts.viewer import Viewer
from models.consignments import queries
from models.consignments.filters import Filters
from models.consignments.queries import Counters
from models.database import read
from models.journal.tables import JournalEntry
from state.rows import Row, row


@dataclass(frozen=True, slots=True)
class News:
    """What the entries changed, for whoever sees the same and narrowed the list alike."""

    fresh: dict[int | None, Row]
    """The changed consignments that may be seen. The rows are shared: replaced, never changed."""
    listable: frozenset[int | None]
    """Those that the narrowed list shows, on whatever page."""
    counters: Counters


_batch: ContextVar[dict[Hashable, asyncio.Task[News]] | None] = ContextVar("batch", default=None)


def begin() -> None:
    """From here on, and for what is started from here, screens share what they read; until the next begin."""
    _batch.set({})


async def news(viewer: Viewer, filters: Filters, entries: Sequence[JournalEntry], now: datetime) -> News:
    """Read what `entries` changed, or wait for whoever is reading the same."""
    shared = _batch.get()
    if shared is None:
        return await _read(viewer, filters, entries, now)
    # All that policy.visible() and the rows look at: who asks is not among it.
    sees = (viewer.role, viewer.siren, viewer.posts, viewer.rights)
    key = (sees, filters, tuple(entry.seq for entry in entries))
    if key not in shared:
        shared[key] = asyncio.create_task(_read(viewer, filters, entries, now))
    return await asyncio.shield(shared[key])


async def _read(viewer: Viewer, filters: Filters, entries: Sequence[JournalEntry], now: datetime) -> News:
    changed = {entry.consignment_id for entry in entries if entry.consignment_id}
    some, listable, counters = await read(lambda db: queries.news(db, viewer, filters, changed))
    listed = {one.consignment.id: one for one in some}
    fresh: dict[int | None, Row] = {key: row(one, viewer, now, fresh=True) for key, one in listed.items()}
    return News(fresh, frozenset(listable), counters)
