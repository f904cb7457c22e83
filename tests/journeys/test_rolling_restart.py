"""A new version without interruption, as deploy/README.md tells it: two processes, one restarted after the other.

Seen to fail: with both stopped at once, messages wait in vain and screens say that they are not live.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from demo.writers.contents import write_ched
from models.border.passage.vocabulary import StepKind, StepStatus
from tests.journeys import consignment
from tests.journeys.test_several_workers import asked, opened
from tests.support.balancing import Balancer, balanced
from tests.support.postgres import PostgresServer
from tests.support.pouring_in import pouring
from tests.support.served import ServedApp, serving

POURED = 80


@dataclass
class Processes:
    """Two that serve the same data, behind one address."""

    balancer: Balancer
    data: Path
    settings: dict[str, Any]
    serving: list[tuple[ServedApp, ExitStack]] = field(default_factory=list)

    def add(self) -> None:
        """One more."""
        stack = ExitStack()
        served = stack.enter_context(serving(self.data, **self.settings))
        self.serving.append((served, stack))
        self._balance()

    def retire(self) -> None:
        """Stop the oldest as systemd does, while others are still sent to it."""
        _, stack = self.serving.pop(0)
        stack.close()
        self._balance()

    def _balance(self) -> None:
        self.balancer.ports = [urlsplit(served.url).port or 0 for served, _ in self.serving]

    @property
    def front(self) -> ServedApp:
        """The application, as it is reached."""
        served = self.serving[-1][0]
        return ServedApp(self.balancer.url, served.data, served.log, served.process, served.environment)


@pytest.fixture
def processes(
    postgres_server: PostgresServer, redis_server: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Processes]:
    with ExitStack() as stack:
        balancer = stack.enter_context(balanced())
        settings = {
            "PASSAVANT_DATABASE_URL": stack.enter_context(postgres_server.fresh(migrated=False)),
            "PASSAVANT_REDIS_URL": str(redis_server.connection_url),
            "PASSAVANT_TASKS_APART": "1",
            "PASSAVANT_PUBLIC_URL": balancer.url,
        }
        made = Processes(balancer, tmp_path_factory.mktemp("rolling"), settings)
        made.add()
        made.add()
        yield made
        while made.serving:
            made.retire()


async def screens(browser: Browser, served: ServedApp, reference: str) -> AsyncIterator[Page]:
    """The importer's and the officer's, open on that consignment."""
    for who in ("importateur", "sivep"):
        page = await opened(browser, served, who)
        await page.goto(f"/suivi?q={reference[-7:]}")
        await expect(page.get_by_role("row").filter(has_text=reference)).to_contain_text("En attente")
        await page.evaluate("window.notReloaded = true")
        yield page


async def test_ses_01_restarted_one_after_the_other_nobody_notices(
    browser: Browser, processes: Processes
) -> None:
    """SES-01, COM-31: messages pour in meanwhile; each is kept once, and open pages go on without a reload."""
    reference = consignment.notify(processes.front, consignment.new_ched())
    pages = [page async for page in screens(browser, processes.front, reference)]
    poured = [consignment.new_ched() for _ in range(POURED)]
    for half in (poured[::2], poured[1::2]):
        with pouring(processes.front, [write_ched(one) for one in half]) as partner:
            while partner.sends and partner.answered < 5:  # noqa: ASYNC110 - another thread's
                await asyncio.sleep(0.01)
            await asyncio.to_thread(processes.retire)
        assert partner.answered == len(half)
        await asyncio.to_thread(processes.add)
    for page in pages:
        await expect(page.get_by_role("status").get_by_text("En direct")).to_be_visible()
    consignment.tell(processes.front, reference, StepKind.ARRIVAL, StepStatus.DONE)
    for page in pages:
        await expect(page.get_by_role("row").filter(has_text=reference)).to_contain_text("En cours")
        assert await page.evaluate("window.notReloaded"), "the page was reloaded"
        await page.context.close()
    told = (
        "SELECT count(*), count(DISTINCT subject_id) FROM journal_entry WHERE kind = 'consignment.notified'"
    )
    assert asked(processes.front, told) == [(POURED + 1, POURED + 1)]
