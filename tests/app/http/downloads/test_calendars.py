"""Appointments in calendars, read back with another library than the one that writes them (SES-04, SES-10, SES-11).

Seen to fail: with a UID of its own at each change the agenda keeps both; without the sequence it keeps the old hour;
with the contact in a post's plan, the last test finds it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from ical.calendar_stream import CalendarStream, IcsCalendarStream
from ical.event import Event

from app.http.server import limits
from models.kernel import clock
from models.scheduling.appointments import booking, changes
from models.scheduling.appointments.booking import Visit
from models.scheduling.appointments.tables import Appointment
from models.scheduling.calendars import feeds
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Why
from tests.app.http.portal import portal, signed_in
from tests.factories import NOW, C, reference
from tests.support.accounts import cheap_passwords
from tests.support.appointments import POST, add_due, at, booker, inspector
from tests.support.demonstration import only_offer, person

__all__ = ["cheap_passwords", "portal"]


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield
    limits.addresses.clear()
    limits.readings.clear()


@pytest.fixture
async def booked(portal: AsyncClient) -> str:  # noqa: ARG001
    """An appointment of A at 14 h, booked on screen with its instructions."""
    await only_offer()
    await add_due(1)
    held = await booking.hold(booker(), [reference(1)], Control.PHYSICAL, at(14))
    assert isinstance(held, Appointment), held
    said = Visit("4471", "rear", True, "Lise Marchand", "06 12 34 56 78", "Sonner deux fois")
    made = await booking.confirm(booker(), held.reference, said)
    assert isinstance(made, Appointment), made
    return made.reference


async def download(portal: AsyncClient, name: str, who: str = "importateur") -> str:
    """The file of one appointment."""
    answer = await portal.get(f"/rendez-vous/{name}/calendrier.ics", headers=await signed_in(who))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    assert f"{name}.ics" in answer.headers["content-disposition"]
    return answer.text


async def address(who: str = "importateur", post_code: str = "") -> str:
    """Of that person's calendar."""
    secret = await feeds.address(await person(who), post_code)
    assert isinstance(secret, str), secret
    return f"/calendar/{secret}.ics"


def calendar(text: str) -> Any:
    """The one calendar of the file; it must hold what RFC 5545 asks for."""
    (found,) = CalendarStream.from_ics(text).calendars
    assert (found.version, found.method) == ("2.0", found.method)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\r\nX-PUBLISHED-TTL:PT1H\r\n" in text
    return found


def event(text: str) -> Event:
    """Its one event."""
    (found,) = IcsCalendarStream.calendar_from_ics(text).events
    return found


def start(of: Event) -> datetime:
    """When it begins, in UTC."""
    assert isinstance(of.dtstart, datetime)
    return of.dtstart.astimezone(UTC)


async def test_ses_10_one_appointment_in_a_file(portal: AsyncClient, booked: str) -> None:
    """SES-10: when, where, what for, with the time zone of the post, and a reminder the day and the hour before."""
    text = await download(portal, booked)
    whole, found = calendar(text), event(text)
    assert whole.method == "PUBLISH"
    assert [zone.tz_id for zone in whole.timezones] == ["Europe/Paris"]
    assert "DTSTART;TZID=Europe/Paris:20260324T140000" in text
    assert start(found) == at(14)
    assert (found.uid, found.sequence, found.status) == (f"rdv-{booked.lower()}@passavant", 0, "CONFIRMED")
    assert found.location == "Poste de contrôle frontalier, Le Havre, Quai 1"
    assert booked in (found.summary or "")
    for said in (
        reference(1),
        "OSTU\u00a0481200\u00a00",
        "par l’arrière",
        "Lise Marchand",
        "Sonner deux fois",
    ):
        assert said in (found.description or ""), said
    assert [one.trigger for one in found.alarm] == [timedelta(days=-1), timedelta(hours=-1)]


async def test_ses_11_moved_then_cancelled_it_is_the_same_event(portal: AsyncClient, booked: str) -> None:
    """SES-11: same UID, rising sequence, later stamp; a file that cancels says so."""
    before = event(await download(portal, booked))
    with clock.fixed(NOW + timedelta(minutes=1)):
        await changes.move(booker(), booked, at(16))
        moved = event(await download(portal, booked))
    with clock.fixed(NOW + timedelta(minutes=2)):
        await changes.cancel(inspector(), booked, reason=Why.NO_INSPECTOR)
        text = await download(portal, booked)
    ended = event(text)
    assert {one.uid for one in (before, moved, ended)} == {before.uid}
    assert [one.sequence for one in (before, moved, ended)] == [0, 1, 2]
    assert before.dtstamp < moved.dtstamp < ended.dtstamp
    assert (start(moved), moved.status) == (at(16), "CONFIRMED")
    assert (calendar(text).method, ended.status, ended.alarm) == ("CANCEL", "CANCELLED", [])


async def test_ses_11_what_the_post_has_still_to_confirm_is_tentative(portal: AsyncClient) -> None:
    """SES-11: until the post answers."""
    await only_offer(confirms_itself=False)
    await add_due(1)
    made = await booking.book(booker(), POST, [reference(1)], Control.PHYSICAL, at(14))
    assert isinstance(made, Appointment), made
    assert event(await download(portal, made.reference)).status == "TENTATIVE"


async def test_ses_12_on_either_side_of_the_change_of_clocks(portal: AsyncClient) -> None:
    """SES-12: 9 h at the post is 9 h in the agenda, on Friday in winter time and on Monday in summer time."""
    await only_offer()
    await add_due(1, 2)
    friday, monday = datetime(2026, 3, 27, 8, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)
    for number, when in ((1, friday), (2, monday)):
        made = await booking.book(booker(), POST, [reference(number)], Control.PHYSICAL, when)
        assert isinstance(made, Appointment), made
    text = (await portal.get(await address())).text
    found = sorted(IcsCalendarStream.calendar_from_ics(text).events, key=start)
    assert [start(one) for one in found] == [friday, monday]
    assert [one.dtstart.hour for one in found] == [9, 9]  # type: ignore[union-attr]


async def test_ses_04_only_for_whom_sees_it(portal: AsyncClient, booked: str) -> None:
    """SES-04, SES-05: another company, another post and a hold that is not told are one and the same 404."""
    await download(portal, booked, "sivep")
    await download(portal, booked, "superviseur")
    await add_due(2)
    held = await booking.hold(booker(), [reference(2)], Control.PHYSICAL, at(16))
    assert isinstance(held, Appointment), held
    answers = set()
    for who, name in (
        ("concurrent", booked),
        ("sivep-cdg", booked),
        ("dgitm", booked),
        ("importateur", held.reference),
        ("importateur", "LEH-00000"),
        ("importateur", "LEH%00"),
    ):
        answer = await portal.get(f"/rendez-vous/{name}/calendrier.ics", headers=await signed_in(who))
        answers.add((answer.status_code, answer.text))
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert (await portal.get(f"/rendez-vous/{booked}/calendrier.ics")).status_code == 401


async def test_ses_10_an_agenda_follows_an_address(portal: AsyncClient, booked: str) -> None:
    """SES-10: without a session; what was cancelled is told as such, and nothing is sent that did not change."""
    path = await address()
    answer = await portal.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"
    assert (event(answer.text).uid, calendar(answer.text).method) == (
        f"rdv-{booked.lower()}@passavant",
        "PUBLISH",
    )
    same = {"If-None-Match": answer.headers["etag"]}
    again = await portal.get(path, headers=same)
    assert (again.status_code, again.content) == (304, b"")
    await changes.cancel(booker(), booked)
    after = await portal.get(path, headers=same)
    assert (after.status_code, event(after.text).status) == (200, "CANCELLED")


async def test_ses_04_an_address_that_opens_nothing(portal: AsyncClient, booked: str) -> None:
    """SES-04: never given, renewed, or ill-formed: the same 404, counted, and readable by people."""
    path = await address()
    assert isinstance(await feeds.renew(await person("importateur")), str)
    answers = set()
    for tried in (
        path,
        "/calendar/AAAA.ics",
        "/calendar/%00.ics",
        "/calendar/é.ics",
        f"/calendar/{'A' * 300}.ics",
    ):
        answer = await portal.get(tried)
        answers.add((answer.status_code, answer.text))
        assert booked not in answer.text
    assert len(answers) == 1
    assert answers.pop()[0] == 404


@pytest.mark.usefixtures("booked")
async def test_ses_53_who_guesses_is_slowed_down(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: addresses that open nothing are counted by network, those that do by calendar."""
    path = await address()
    monkeypatch.setattr(limits, "ADDRESSES", 2)
    monkeypatch.setattr(limits, "READINGS", 3)
    assert [(await portal.get(path)).status_code for _ in range(4)] == [200, 200, 200, 429]
    limits.readings.clear()
    assert [(await portal.get("/calendar/AAAA.ics")).status_code for _ in range(3)] == [404, 404, 429]
    assert (await portal.get(path)).status_code == 429


async def test_ses_05_the_plan_of_a_post_without_personal_data(portal: AsyncClient, booked: str) -> None:
    """SES-05, PPR-09: every company's appointments, without contact, free words or reminders."""
    await add_due(2, siren=C)
    other = await booking.book(booker(C), POST, [reference(2)], Control.PHYSICAL, at(16))
    assert isinstance(other, Appointment), other
    text = (await portal.get(await address("sivep", POST))).text
    found = sorted(IcsCalendarStream.calendar_from_ics(text).events, key=start)
    assert [one.uid for one in found] == [
        f"rdv-{name.lower()}@passavant" for name in (booked, other.reference)
    ]
    assert "Kerdrel Primeurs" in (found[0].summary or "")
    assert "par l’arrière" in (found[0].description or "")
    said = "".join(f"{one.summary} {one.description} {one.location}" for one in found)
    for word in ("Lise", "06 12", "Sonner", "4471"):
        assert word not in said
    assert [one.alarm for one in found] == [[], []]
