"""The hub's loop: woken by the word, by its own look, and after the database was away (SES-01)."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from app.app import app
from models.border.passage.vocabulary import StepKind, StepStatus
from models.journal.queries import after, last_seq
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from state.hub import deliveries
from tests.state.pipeline import Tab
from tests.state.world import DOSSIERS, World, leaks, rows, tell
from tests.support.databases import reading

FACT = DOSSIERS["A_HAVRE"]


@asynccontextmanager
async def hub() -> AsyncIterator[None]:
    """The hub's own loop, as the application runs it, once it knows from where on it tells."""
    begun, start = asyncio.Event(), deliveries._start

    async def starting() -> deliveries._Heard:
        heard = await start()
        begun.set()
        return heard

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deliveries, "_start", starting)
        task = asyncio.create_task(deliveries.run(app))
        await begun.wait()
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def told(tab: Tab) -> None:
    """Wait until the tab is told something."""
    async with asyncio.timeout(10):
        while not tab.said:
            tab.heard.clear()
            await tab.heard.wait()


_APART = """
import asyncio, sys
from models.kernel.database import dispose
from models.border.messages.actions import receive
async def main():
    await receive(sys.stdin.buffer.read(), "partner:elsewhere")
    await dispose()
asyncio.run(main())
"""


async def test_the_poll_finds_what_another_process_wrote(world: World, database: str) -> None:
    """SES-01: no word reaches this process, and the screen changes all the same."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    tab.said.clear()
    async with reading() as db:
        seq = last_seq(db)
    async with hub():
        event = (
            f'{{"type": "step", "consignment": "{FACT.reference}", "step": "arrival", "status": "done", '
            '"at": "2026-11-22T09:00:00Z"}'
        )
        await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", _APART], input=event.encode(), check=True,
            env={"PASSAVANT_DATABASE_URL": database, "PATH": ""},
        )  # fmt: skip
        await told(tab)
    async with reading() as db:
        entries = after(db, seq)
    assert entries[-1].actor == "partner:elsewhere"
    assert leaks(tab.said, FACT)
    assert [one["fresh"] for one in rows(tab) if one["id"] == world.ids["A_HAVRE"]] == [True]


async def test_the_hub_outlives_a_database_that_is_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-01: what was written meanwhile is told afterwards."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    tab.said.clear()
    failed = asyncio.Event()

    def once_away(db: DbSession, seq: int) -> list[JournalEntry]:
        if not failed.is_set():
            failed.set()
            raise OSError("away")
        return after(db, seq)

    monkeypatch.setattr(deliveries, "after", once_away)
    async with hub():
        await asyncio.wait_for(failed.wait(), 5)
        await tell(FACT, StepKind.ARRIVAL, StepStatus.DONE)
        await told(tab)
    assert leaks(tab.said, FACT)
