"""The partner API of appointments, as the contract says it (SES-04, SES-10, SES-11, SES-12).

Seen to fail: with `mandators` open to every company the program books for all.
"""

from typing import Any

import pytest
from httpx import AsyncClient

from app.http.server import limits
from demo.commands.accounts import DEMO_CLIENT
from models.identity.people import mandates
from models.kernel import clock
from models.kernel.french import iso
from models.scheduling.appointments import booking, changes
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Status, Why
from tests.app.http.appointment_door import READ, WRITE, book, booked, door, free, read, tuesday
from tests.app.http.portal import bearer, portal
from tests.factories import A
from tests.support.accounts import cheap_passwords, journal
from tests.support.appointments import POST, add_due, at, booker, inspector, stored
from tests.support.databases import both_databases
from tests.support.demonstration import only_offer

__all__ = ["cheap_passwords", "door", "portal", "tuesday"]


@both_databases
async def test_ses_10_a_program_books_reads_moves_and_cancels(door: AsyncClient) -> None:
    """SES-10, SES-11: the same verbs as people, journalled under the program's name, its sequence rising."""
    made = await book(door)
    assert made.status_code == 201
    told = made.json()
    assert told == {
        "reference": told["reference"],
        "status": "confirmed",
        "starts_at": iso(at(14)),
        "bay": "Quai 1",
    }
    (fact,) = await journal("appointment.confirmed")
    assert (fact.actor, fact.siren, fact.post_code) == (f"partner:{DEMO_CLIENT}", A, POST)
    whole = await read(door, told["reference"])
    assert whole["consignments"] == ["CHEDPP.FR.2026.0000001"]
    assert (whole["post"], whole["control"], whole["siren"]) == (POST, "physical", A)
    path = f"/api/v1/appointments/{told['reference']}"
    moved = await door.post(f"{path}/move", json={"starts_at": at(16).isoformat()}, headers=bearer(WRITE))
    assert (moved.status_code, moved.json()["starts_at"]) == (200, iso(at(16)))
    assert (await stored(told["reference"])).sequence == 1
    for _ in range(2):
        ended = await door.delete(path, headers=bearer(WRITE))
        assert (ended.status_code, ended.json()["status"]) == (200, "cancelled")
    assert len(await journal("appointment.cancelled")) == 1


async def test_ses_11_a_post_that_confirms_itself_is_asked(portal: AsyncClient) -> None:
    """SES-11: `requested` until the post answers."""
    await only_offer(confirms_itself=False)
    await add_due(1)
    assert (await book(portal)).json()["status"] == "requested"


async def test_ses_12_the_last_place_is_given_once(door: AsyncClient) -> None:
    """SES-12: 409 with the nearest ones, for booking and for moving; the old place is kept."""
    await booked(door, 1, 14)
    answer = await book(door, 2, 14)
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Ce créneau vient d’être pris."
    assert answer.json()["nearest"][0]["starts_at"]
    other = await booked(door, 2, 16)
    path = f"/api/v1/appointments/{other}/move"
    moved = await door.post(path, json={"starts_at": at(14).isoformat()}, headers=bearer(WRITE))
    assert moved.status_code == 409
    assert (await stored(other)).starts_at == at(16)


async def test_ses_10_why_not_is_the_calculator_s_own_sentence(door: AsyncClient) -> None:
    """SES-10: 422 with the same French as on screen."""
    before = await book(door, hours=8)
    wrong = await book(door, hours=14.25)
    await booked(door)
    again = await book(door, hours=16)
    assert (before.status_code, wrong.status_code, again.status_code) == (422, 422, 422)
    assert before.json()["detail"].startswith("Pas de rendez-vous avant le")
    assert wrong.json()["detail"] == "Aucun rendez-vous ne commence à cette heure à ce poste."
    assert "a déjà son rendez-vous" in again.json()["detail"]


async def test_ses_11_the_notice_of_change_holds_for_programs(door: AsyncClient) -> None:
    """SES-11: too late is 422, whom to call in the sentence."""
    reference = await booked(door)
    with clock.fixed(at(13.5)):
        headers = bearer(WRITE)
        ended = await door.delete(f"/api/v1/appointments/{reference}", headers=headers)
    assert ended.status_code == 422
    assert "Appelez le poste" in ended.json()["detail"]


@pytest.mark.parametrize(
    "said",
    [
        {"starts_at": "2026-03-24T14:00:00"},
        {"starts_at": 1774360800},
        {"starts_at": "demain"},
        {"starts_at": "9999-12-31T23:59:59-14:00"},
        {"control": "laboratory"},
        {"control": ["physical"]},
        {"consignment": "a\x00b"},
        {"consignment": 1},
        {"siren": A},
    ],
)
async def test_a_body_is_what_it_should_be(door: AsyncClient, said: dict[str, Any]) -> None:
    """SES-50: an unknown member, a time without offset and a number for a text are refused, and named."""
    answer = await book(door, **said)
    assert answer.status_code == 422, answer.text
    assert [one["field"] for one in answer.json()["errors"]] == list(said)


async def test_ses_04_only_for_companies_that_mandated_it(door: AsyncClient) -> None:
    """SES-04: once the mandate is over, consignments and appointments are as if they did not exist."""
    reference = await booked(door)
    never = await book(door, 999)
    assert await mandates.end(A, DEMO_CLIENT) is None
    path = f"/api/v1/appointments/{reference}"
    tried = [
        await book(door, 2),
        await free(door, 2),
        await door.get(path, headers=bearer(READ)),
        await door.post(f"{path}/move", json={"starts_at": at(16).isoformat()}, headers=bearer(WRITE)),
        await door.delete(path, headers=bearer(WRITE)),
        await door.get("/api/v1/appointments/LEH-%00", headers=bearer(READ)),
    ]
    assert never.status_code == 404
    assert {one.text for one in tried} == {never.text}, "one answer for all: nobody learns which exist"
    assert {one.status_code for one in tried} == {404}
    assert (await stored(reference)).status == Status.CONFIRMED
    assert (await book(door, 3, 16)).status_code == 201, "the other companies' mandates run"


async def test_a_place_held_on_screen_is_its_holder_s(door: AsyncClient) -> None:
    """SES-10: a program finds no hold of a person, and takes no place from it."""
    held = await booking.hold(booker(), ["CHEDPP.FR.2026.0000001"], Control.PHYSICAL, at(14))
    assert isinstance(held, Appointment)
    answer = await door.get(f"/api/v1/appointments/{held.reference}", headers=bearer(READ))
    assert answer.status_code == 404
    assert (await book(door, 2, 14)).status_code == 409


async def test_what_the_post_proposes_is_read(door: AsyncClient) -> None:
    """SES-11: the other time, until when, and who proposes it."""
    reference = await booked(door)
    await changes.propose(inspector(), reference, at(16), reason=Why.BAY_UNAVAILABLE)
    proposed = (await read(door, reference))["proposed"]
    assert (proposed["starts_at"], proposed["by"]) == (iso(at(16)), "post")


async def test_ses_53_calls_are_counted(door: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: beyond the limit 429 with Retry-After, one count for all these doors."""
    limits.calls.clear()
    monkeypatch.setattr(limits, "CALLS", 2)
    assert (await free(door)).status_code == (await free(door)).status_code == 200
    answer = await book(door)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_the_description_is_in_french(door: AsyncClient) -> None:
    """SES-50: every operation has its summary, and the scopes are told."""
    paths = (await door.get("/api/v1/openapi.json")).json()["paths"]
    ours = {
        path: paths[path]
        for path in paths
        if "appointments" in path or "slots" in path or "consignments" in path
    }
    assert len(ours) == 6
    assert all(one["summary"] and one["security"] for path in ours.values() for one in path.values())
