"""Two workers, PostgreSQL and Redis: what one takes in reaches the screens that the other holds (SES-01)."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from models.consignments.vocabulary import StepKind, StepStatus
from tests.journeys import consignment
from tests.support.browsing import DESKTOP, sign_in
from tests.support.databases import PostgresServer
from tests.support.served import ServedApp, serving

SCREENS = 4
"""Enough that both workers hold some: the kernel spreads connections between them."""


@pytest.fixture(scope="module")
def two_workers(
    postgres_server: PostgresServer, redis_server: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedApp]:
    """The application as a port runs it."""
    with (
        postgres_server.fresh(migrated=False) as url,
        serving(
            tmp_path_factory.mktemp("workers"),
            workers=2,
            PASSAVANT_DATABASE_URL=url,
            PASSAVANT_REDIS_URL=str(redis_server.connection_url),
        ) as served,
    ):
        yield served


async def test_a_fact_reaches_the_screens_of_every_worker(browser: Browser, two_workers: ServedApp) -> None:
    """SES-01: whichever worker took the message, whichever holds the screen."""
    reference = consignment.notify(two_workers, consignment.new_ched())
    pages = []
    for _ in range(SCREENS):
        context = await browser.new_context(base_url=two_workers.url, **DESKTOP)
        page = await context.new_page()
        await sign_in(page, "importateur")
        await page.goto(f"/suivi?q={reference[-7:]}")
        await expect(page.get_by_role("row").filter(has_text=reference)).to_contain_text("En attente")
        pages.append(page)
    consignment.tell(two_workers, reference, StepKind.ARRIVAL, StepStatus.DONE)
    for page in pages:
        row = page.get_by_role("row").filter(has_text=reference)
        await expect(row).to_contain_text("En cours", timeout=3000)
        await page.context.close()
