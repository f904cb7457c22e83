"""The partner API’s free slots, as the contract says them (SES-10, SES-12).

Seen to fail: with the slots unfiltered, a full one comes back.
"""

from datetime import datetime

import pytest
from httpx import AsyncClient

from models.kernel.french import iso
from tests.app.http.appointment_door import READ, book, booked, door, free, tuesday
from tests.app.http.portal import bearer, portal
from tests.support.accounts import cheap_passwords
from tests.support.appointments import POST, at

__all__ = ["cheap_passwords", "door", "portal", "tuesday"]


async def test_ses_10_slots_are_told_with_the_reason(door: AsyncClient) -> None:
    """SES-10: exactly the promised members; the first possible one, and why not sooner, in French."""
    answer = await free(door)
    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == {"slots", "earliest", "reason"}
    assert told["slots"][0] == {"starts_at": iso(at(10)), "ends_at": iso(at(10.75)), "places_left": 1}
    assert told["earliest"] == iso(at(10))
    assert told["reason"].startswith("Premier créneau possible\u00a0: mardi\u00a024")


async def test_ses_12_only_slots_with_a_place_left(door: AsyncClient) -> None:
    """SES-12: what another took is not offered."""
    await booked(door, hours=14)
    starts = [one["starts_at"] for one in (await free(door, 2)).json()["slots"]]
    assert iso(at(13)) in starts
    assert not {iso(at(13.5)), iso(at(14)), iso(at(14.5))} & set(starts)
    assert all(one["places_left"] for one in (await free(door, 2)).json()["slots"])


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-03-24T14:00:00+01:00", "2026-03-24T15:00:00+01:00"),
        ("2026-03-24T14:00:00 01:00", "2026-03-24T15:00:00 01:00"),
        ("2026-03-24T13:00:00Z", "2026-03-24T14:00:00Z"),
    ],
)
async def test_times_in_an_address(door: AsyncClient, since: str, until: str) -> None:
    """A `+` that came as a space is one; bounds are both in."""
    told = (await free(door, said={"from": since, "to": until})).json()
    assert [one["starts_at"] for one in told["slots"]] == [iso(at(14)), iso(at(14.5)), iso(at(15))]


async def test_seven_days_unless_told(door: AsyncClient) -> None:
    """From now on; weekends have no hours."""
    answer = await door.get(
        f"/api/v1/posts/{POST}/slots",
        params={"consignment": "CHEDPP.FR.2026.0000001", "control": "identity physical"},
        headers=bearer(READ),
    )
    days = {datetime.fromisoformat(one["starts_at"]).date().isoformat() for one in answer.json()["slots"]}
    assert (min(days), max(days), len(days)) == ("2026-03-24", "2026-03-31", 6)


@pytest.mark.parametrize(
    "said",
    [
        {"from": "2026-03-24T14:00:00"},
        {"from": "tomorrow"},
        {"from": "0001-01-01"},
        {"to": "9999-12-31T23:59:59-14:00"},
        {"from": "2026-03-25", "to": "2026-03-24"},
        {"control": "laboratory"},
        {"consignment": "x" * 65},
    ],
)
async def test_what_cannot_be_read_is_refused_in_french(door: AsyncClient, said: dict[str, str]) -> None:
    """SES-50: 422, with the field and why."""
    answer = await free(door, said=said)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] in {*said, "to"}


async def test_another_post_is_refused(door: AsyncClient) -> None:
    """SES-50: slots and booking alike say that the consignment is another post's."""
    query = {"consignment": "CHEDPP.FR.2026.0000001", "control": "physical"}
    asked = await door.get("/api/v1/posts/FRCDG4/slots", params=query, headers=bearer(READ))
    tried = await book(door, post="FRCDG4")
    assert asked.status_code == tried.status_code == 422
    assert asked.json()["detail"] == tried.json()["detail"] == "Cet envoi relève d’un autre poste."
