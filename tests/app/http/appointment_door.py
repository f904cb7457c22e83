"""The partner API of appointments before one bay at Le Havre, as the demonstration’s program calls it."""

from collections.abc import Iterator
from typing import Any

import pytest
from httpx import AsyncClient, Response

from app.http.server import limits
from models.identity.accounts.partners import Scope
from models.kernel import clock
from tests.app.http.portal import bearer
from tests.factories import NOW, C
from tests.support.appointments import POST, add_due, at
from tests.support.demonstration import only_offer

READ, WRITE = Scope.APPOINTMENTS_READ, Scope.APPOINTMENTS_WRITE
TODAY = {"from": "2026-03-24", "to": "2026-03-24"}


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield
    limits.calls.clear()


@pytest.fixture
async def door(portal: AsyncClient) -> AsyncClient:
    """The API, with one bay at Le Havre, and consignments of A and C to inspect."""
    await only_offer()
    await add_due(1, 2)
    await add_due(3, siren=C)
    return portal


def wish(number: int = 1, hours: float = 14, **said: Any) -> dict[str, Any]:
    """A physical check of the consignment `number`, at that hour in Paris."""
    usual = {"consignment": f"CHEDPP.FR.2026.{number:07}", "post": POST, "control": "physical"}
    return usual | {"starts_at": at(hours).isoformat()} | said


async def book(door: AsyncClient, number: int = 1, hours: float = 14, **said: Any) -> Response:
    """Ask for it."""
    return await door.post("/api/v1/appointments", json=wish(number, hours, **said), headers=bearer(WRITE))


async def free(door: AsyncClient, number: int = 1, said: dict[str, str] | None = None) -> Response:
    """Ask for the slots."""
    usual = {"consignment": f"CHEDPP.FR.2026.{number:07}", "control": "physical"} | TODAY
    return await door.get(f"/api/v1/posts/{POST}/slots", params=usual | (said or {}), headers=bearer(READ))


async def booked(door: AsyncClient, number: int = 1, hours: float = 14) -> str:
    """Its reference."""
    answer = await book(door, number, hours)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


async def read(door: AsyncClient, reference: str) -> dict[str, Any]:
    """The appointment, as a program reads it."""
    answer = await door.get(f"/api/v1/appointments/{reference}", headers=bearer(READ))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told
