"""A person’s dashboard in front of the real pipeline, and the doors beside it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from app.http.server import api
from tests.state.dashboard_people import PEOPLE, account_of, settle
from tests.state.pipeline import Tab
from tests.state.world import World

HOME = "/tableau-de-bord"
PAYMENTS = f"{HOME}/paiements"


@pytest.fixture
async def people(world: World) -> World:
    """Everybody of the table, with the figures of three companies."""
    await settle(world)
    return world


@pytest.fixture
async def doors() -> AsyncIterator[AsyncClient]:
    """The HTTP routes."""
    async with AsyncClient(transport=ASGITransport(api.build()), base_url="http://localhost:8000") as client:
        yield client


async def opened(world: World, who: str) -> Tab:
    """A tab of that line of the table, open on the dashboard."""
    person = PEOPLE[who]
    tab = await world.tab(account_of(who) if who != "nobody" else None, siren=person.works_for)
    await tab.connect(HOME)
    return tab


def board(tab: Tab) -> dict[str, Any]:
    """What the dashboard shows."""
    return tab.shown["Dashboard"]


async def asked(tab: Tab, doors: AsyncClient, path: str) -> Any:
    return await doors.get(path, headers={"cookie": tab.cookie} if tab.cookie else {})
