"""Two workers that serve, one apart, PostgreSQL and Redis: right whichever worker answers, and when one dies.

Seen to fail: with attempts counted in each worker's memory, with workers that are not replaced, and with letters that
the workers who serve send as well.
"""

import asyncio
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, Page, expect

from app.http.server.limits import NOTICES
from demo.writers.contents import write_ched
from models.border.passage.vocabulary import StepKind, StepStatus
from tests.factories import C
from tests.journeys import consignment
from tests.journeys.appointment_scene import play
from tests.journeys.booking_screen import NEW, due, fill, on_a_day_of_its_own, open_day, slot, taken
from tests.journeys.test_accounts import new_address, sign_up
from tests.support.browsing import DESKTOP, PHONE, sign_in
from tests.support.mailbox import letters, next_letter
from tests.support.postgres import PostgresServer
from tests.support.pouring_in import pouring
from tests.support.served import ServedApp, serving
from tests.support.workers import hold_elsewhere, holder, kill_one, replaced, worker_apart, workers_of

SCREENS = 4
"""Enough that both workers hold some: the kernel spreads connections between them."""
POURED = 60
HELD = "La place vous est gardée encore"


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
            PASSAVANT_TASKS_APART="1",
        ) as served,
    ):
        yield served


def asked(served: ServedApp, query: str, *values: object) -> list[Any]:
    """What the database holds, beside the application."""
    url = served.environment["PASSAVANT_DATABASE_URL"].replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode(), values).fetchall()


async def opened(browser: Browser, served: ServedApp, who: str, device: dict[str, Any] = DESKTOP) -> Page:
    """A page of that person, in a browser of its own."""
    context = await browser.new_context(base_url=served.url, locale="fr-FR", **device)
    page = await context.new_page()
    await sign_in(page, who)
    return page


async def test_a_fact_reaches_the_screens_of_every_worker(browser: Browser, two_workers: ServedApp) -> None:
    """SES-01: whichever worker took the message, whichever holds the screen."""
    reference = consignment.notify(two_workers, consignment.new_ched())
    pages = []
    for _ in range(SCREENS):
        page = await opened(browser, two_workers, "importateur")
        await page.goto(f"/suivi?q={reference[-7:]}")
        await expect(page.get_by_role("row").filter(has_text=reference)).to_contain_text("En attente")
        pages.append(page)
    await hold_elsewhere(two_workers, pages[1], await holder(two_workers, pages[0]))
    consignment.tell(two_workers, reference, StepKind.ARRIVAL, StepStatus.DONE)
    for page in pages:
        row = page.get_by_role("row").filter(has_text=reference)
        await expect(row).to_contain_text("En cours")
        await page.context.close()


async def test_the_last_place_on_two_workers_goes_to_one(browser: Browser, two_workers: ServedApp) -> None:
    """SES-12: two telephones, two workers, one place, the same moment: one gets it, the other is told."""
    play(two_workers, "fill")
    day = on_a_day_of_its_own()
    for hours in (9.5, 11.5):
        taken(two_workers, day, hours)
    owners = {"importateur": due(two_workers), "concurrent": due(two_workers, siren=C)}
    pages = [await opened(browser, two_workers, who, PHONE) for who in owners]
    for page, reference in zip(pages, owners.values(), strict=True):
        await page.goto(f"{NEW}?envoi={reference}")
    await hold_elsewhere(two_workers, pages[1], await holder(two_workers, pages[0]))
    for page in pages:
        await open_day(page, day)
        await slot(page, day, 10.5).click(force=True)
    buttons = [page.get_by_role("group", name="Créneau choisi").get_by_role("button") for page in pages]
    for button in buttons:
        await expect(button).to_be_enabled()
    # The other's success may take the button from under the finger.
    await asyncio.gather(*(button.click(timeout=3000) for button in buttons), return_exceptions=True)
    got = [page.get_by_text(HELD) for page in pages]
    await expect(got[0].or_(pages[0].get_by_role("alert")).first).to_be_visible()
    await expect(got[1].or_(pages[1].get_by_role("alert")).first).to_be_visible()
    winners = [page for page, held in zip(pages, got, strict=True) if await held.count()]
    assert len(winners) == 1
    (loser,) = set(pages) - set(winners)
    told = loser.get_by_role("alert").filter(has_text="Ce créneau vient d’être pris.")
    await expect(told).to_be_visible()
    await fill(winners[0])
    await expect(winners[0].locator(".ticket")).to_be_visible()
    held = "SELECT siren FROM appointment WHERE post_code = 'FRDKK1' AND status IN ('held', 'confirmed')"
    assert len(asked(two_workers, held)) == 3, "the two that made it rare, and the winner's"
    for page in pages:
        await page.context.close()


async def test_a_killed_worker_loses_nothing_and_its_screens_come_back(
    browser: Browser, two_workers: ServedApp
) -> None:
    """SES-01, COM-31: killed while messages pour in; both screens go on, each fact is there once, and it is replaced."""
    reference = consignment.notify(two_workers, consignment.new_ched())
    pages = [await opened(browser, two_workers, who) for who in ("importateur", "sivep")]
    for page in pages:
        await page.goto(f"/suivi?q={reference[-7:]}")
        await expect(page.get_by_role("row").filter(has_text=reference)).to_contain_text("En attente")
    first = await holder(two_workers, pages[0])
    second = await hold_elsewhere(two_workers, pages[1], first)
    for page in pages:
        await expect(page.get_by_role("row").filter(has_text=reference)).to_contain_text("En attente")
        await page.evaluate("window.notReloaded = true")
    assert len(workers_of(two_workers)) == 2

    poured = [consignment.new_ched() for _ in range(POURED)]
    with pouring(two_workers, [write_ched(one) for one in poured]) as partner:
        while partner.sends and partner.answered < POURED // 4:  # noqa: ASYNC110 - another thread's
            await asyncio.sleep(0.01)
        victim = kill_one(two_workers)
        assert partner.answered < POURED, "it was killed when all was over"
    assert partner.answered == POURED

    for page in pages:
        await expect(page.get_by_role("status").get_by_text("En direct")).to_be_visible()
    consignment.tell(two_workers, reference, StepKind.ARRIVAL, StepStatus.DONE)
    for page in pages:
        row = page.get_by_role("row").filter(has_text=reference)
        await expect(row).to_contain_text("En cours")
        assert await page.evaluate("window.notReloaded"), "the page was reloaded"

    entries = asked(
        two_workers,
        "SELECT c.reference, j.kind FROM journal_entry j JOIN consignment c ON c.id::text = j.subject_id "
        "WHERE j.subject_kind = 'consignment' AND c.reference = ANY(%s)",
        [reference, *(one.reference for one in poured)],
    )
    expected = [(one, "consignment.notified") for one in (reference, *(ched.reference for ched in poured))]
    assert Counter(entries) == Counter([*expected, (reference, "consignment.observed")])

    await replaced(two_workers, victim)
    await hold_elsewhere(two_workers, pages[1], first, second)  # the new one serves
    await expect(pages[1].get_by_role("row").filter(has_text=reference)).to_contain_text("En cours")
    for page in pages:
        await page.context.close()


async def test_a_letter_is_sent_once_by_the_worker_apart(browser: Browser, two_workers: ServedApp) -> None:
    """Those who serve leave it to the worker apart, and two of them still send it once."""
    email = new_address()
    context = await browser.new_context(base_url=two_workers.url, **PHONE)
    page = await context.new_page()
    await sign_up(page, email)
    await expect(page.get_by_text("Regardez votre messagerie")).to_be_visible()
    consignment.notify(two_workers, consignment.new_ched())  # they did something else since
    assert letters(two_workers.data, email) == []
    with worker_apart(two_workers), worker_apart(two_workers):
        await next_letter(two_workers, email)
        await _until_nothing_waits(two_workers, email)
    assert len(letters(two_workers.data, email)) == 1
    await context.close()


async def _until_nothing_waits(served: ServedApp, email: str) -> None:
    for _ in range(100):
        if asked(served, 'SELECT due_at FROM email WHERE "to" = %s', email) == [(None,)]:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("its letter still waits")


def test_ses_53_attempts_are_counted_whichever_worker_answers(two_workers: ServedApp) -> None:
    """SES-53: five wrong passwords an hour for a notice, over connections that the kernel spreads on both workers."""
    form = {"reference": "OM-2026-999999", "password": "FAUX"}
    statuses = Counter(_posted(f"{two_workers.url}/payer", form) for _ in range(4 * NOTICES))
    assert statuses == {303: NOTICES, 429: 3 * NOTICES}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Do not follow."""


def _posted(url: str, form: dict[str, str]) -> int:
    try:
        urllib.request.build_opener(_Stay).open(url, urllib.parse.urlencode(form).encode(), timeout=10)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code
    raise AssertionError("a form leads on, or is refused")
