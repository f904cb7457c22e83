"""Who reads which appointments under the address of a calendar (SES-04, SES-05, SES-10).

Seen to fail: without the comparison in `read_feed`, a digest written into the database opens a calendar; with the
viewer remembered instead of found anew, a right that was withdrawn still opens one.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from demo.commands.accounts import create_demo_accounts
from demo.commands.companies import A, B, T
from models.identity.access.sign_in import sign_in
from models.identity.accounts.rules import RefusalKind, Refused
from models.identity.accounts.tables import TermsAcceptance
from models.identity.companies.actions import end_mandate
from models.identity.habilitations.actions import end_posting, withdraw_all
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.scheduling.appointments import booking
from models.scheduling.appointments.tables import Appointment, CalendarFeed
from models.scheduling.calendars import feeds
from models.scheduling.calendars.feeds import Feed
from models.scheduling.capacity.vocabulary import Control
from tests.factories import NOW, reference
from tests.support.accounts import cheap_passwords, journal
from tests.support.appointments import POST, add_due, at, booker
from tests.support.databases import both_databases, transaction
from tests.support.demonstration import account, only_offer, person

__all__ = ["cheap_passwords"]


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
async def people(database: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:  # noqa: ARG001
    """The demonstration's people; A and B have an appointment each at Le Havre: their references."""
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    await create_demo_accounts()
    await only_offer()
    await add_due(1)
    await add_due(2, siren=B)
    made = {
        "A": await booking.book(booker(A), POST, [reference(1)], Control.PHYSICAL, at(14)),
        "B": await booking.book(booker(B), POST, [reference(2)], Control.PHYSICAL, at(16)),
    }
    return {name: one.reference for name, one in made.items() if isinstance(one, Appointment)}


async def subscribed(who: str, post_code: str = "") -> str:
    """The secret of that person's calendar."""
    secret = await feeds.address(await person(who), post_code)
    assert isinstance(secret, str), secret
    return secret


async def opened(secret: str) -> list[str] | None:
    """The references that it shows now."""
    found: Feed | None = await read(lambda db: feeds.read_feed(db, secret))
    return None if found is None else [one.appointment.reference for one in found.appointments]


@both_databases
async def test_ses_04_a_person_reads_those_of_every_company_worked_for(people: dict[str, str]) -> None:
    """SES-04: an importer its own; a representative those of the companies that mandate it, as long as they do."""
    importer, agent = await subscribed("importateur"), await subscribed("transitaire")
    assert await opened(importer) == [people["A"]]
    assert await opened(agent) == [people["A"], people["B"]]
    await end_mandate(A, T)
    assert await opened(agent) == [people["B"]]


async def test_ses_05_an_officer_reads_the_plan_of_a_post_of_theirs(people: dict[str, str]) -> None:
    """SES-05: a posting that ended leaves an empty calendar; another's post has no address."""
    secret = await subscribed("sivep", POST)
    assert await opened(secret) == [people["A"], people["B"]]
    assert isinstance(await feeds.address(await person("sivep"), "FRCDG4"), Refusal)
    assert isinstance(await feeds.address(await person("sivep")), Refusal)
    assert isinstance(await feeds.address(await person("importateur"), POST), Refusal)
    await end_posting(await account("sivep"), POST)
    assert await opened(secret) == []


@pytest.mark.usefixtures("people")
async def test_ses_04_a_right_that_was_withdrawn_empties_the_calendar() -> None:
    """SES-04: found anew at each reading; whoever never had it gets no address."""
    secret = await subscribed("importateur")
    await withdraw_all(await account("importateur"))
    assert await opened(secret) == []
    assert isinstance(await feeds.address(await person("assistant")), Refusal)


@pytest.mark.usefixtures("people")
async def test_com_02_a_lock_leaves_the_calendar_alone() -> None:
    """COM-02: five wrong passwords of a stranger stop the sign-in, and nothing else."""
    secret = await subscribed("importateur")
    before = await opened(secret)
    assert before
    outcomes = [await sign_in("importateur@demo.passavant.fr", "Wrong-2026-again!") for _ in range(5)]
    assert isinstance(outcomes[-1], Refused)
    assert outcomes[-1].kind is RefusalKind.LOCKED
    assert await opened(secret) == before


@pytest.mark.usefixtures("people")
async def test_com_10_the_terms_come_first() -> None:
    """COM-10: until they are accepted the calendar is empty."""
    secret, number = await subscribed("importateur"), await account("importateur")
    async with transaction() as db:
        for row in db.exec(select(TermsAcceptance).where(TermsAcceptance.account_id == number)):
            db.delete(row)
    assert await opened(secret) == []


@both_databases
@pytest.mark.usefixtures("people")
async def test_an_address_is_shown_again_and_renewed() -> None:
    """SES-04: the same until it is renewed; then the former one opens nothing. Journalled without the secret."""
    secret = await subscribed("importateur")
    assert secret == await subscribed("importateur")
    viewer = await person("importateur")
    (shown,) = await read(lambda db: feeds.addresses(db, viewer))
    assert (shown.secret, shown.read_at) == (secret, None)
    renewed = await feeds.renew(viewer)
    assert isinstance(renewed, str)
    assert (await opened(secret), bool(await opened(renewed))) == (None, True)
    (made,), (again,) = await journal("calendar.opened"), await journal("calendar.renewed")
    assert made.payload == again.payload == {}


@pytest.mark.usefixtures("people")
async def test_the_database_alone_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-04: it holds a digest; one written there by hand, or made with another key, opens nothing."""
    secret = await subscribed("importateur")
    async with transaction() as db:
        row = db.exec(select(CalendarFeed)).one()
        assert secret not in (row.digest, str(row))
        row.digest = hashlib.sha256(b"mine").hexdigest()
    assert await opened("mine") is None
    assert await subscribed("importateur") == secret
    assert await opened(secret)
    monkeypatch.setenv("PASSAVANT_SECRET_KEY", "k" * 40)
    settings.cache_clear()
    assert await opened(secret) is None
    assert await opened(await subscribed("importateur"))


@pytest.mark.usefixtures("people")
async def test_the_last_reading_is_known_to_the_hour() -> None:
    """Written once an hour, however often a program comes."""
    secret, viewer = await subscribed("importateur"), await person("importateur")
    found = await read(lambda db: feeds.read_feed(db, secret))
    assert found
    for minutes, expected in ((0, 0), (59, 0), (60, 60)):
        with clock.fixed(NOW + timedelta(minutes=minutes)):
            await feeds.note_reading(found.key)
        (shown,) = await read(lambda db: feeds.addresses(db, viewer))
        assert shown.read_at == NOW + timedelta(minutes=expected)
