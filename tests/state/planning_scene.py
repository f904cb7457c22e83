"""A working day’s plan at Le Havre, as an officer has it on screen, and who books there."""

from datetime import datetime
from typing import Any

import pytest

from models.scheduling.appointments import booking
from models.scheduling.appointments.booking import Visit
from models.scheduling.appointments.policy import Asker
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from tests.factories import reference
from tests.state.pipeline import Tab
from tests.state.world import World
from tests.support.appointments import add_due, booker
from tests.support.demonstration import only_offer
from tests.support.plan_days import Day

PATH = "/agent/planning"
Json = dict[str, Any]


@pytest.fixture
async def ground(world: World, day: Day) -> World:  # noqa: ARG001 - its clock
    """Le Havre takes appointments in two bays, and eight consignments are due."""
    await only_offer(bays=2)
    await add_due(*range(1, 9))
    return world


def asker(world: World) -> Asker:
    """The importer."""
    return booker(account=world.accounts["importateur"])


async def booked(world: World, day: Day, number: int, at: datetime, **visit: Any) -> str:
    """An appointment for that consignment's physical check, booked the day before; its reference."""
    now, day.now = day.now, day.at(9, days=-1)
    made = await booking.hold(asker(world), [reference(number)], Control.PHYSICAL, at)
    assert isinstance(made, Appointment), made
    done = await booking.confirm(asker(world), made.reference, Visit(**visit))
    assert isinstance(done, Appointment), done
    day.now = now
    return done.reference


async def opened(world: World, who: str | None, query: str = "") -> Tab:
    """The plan, as that person has it on screen."""
    tab = await world.tab(who)
    await tab.connect(PATH + query)
    return tab


def shown(tab: Tab) -> Json:
    """What the plan shows."""
    return tab.shown["Planning"]


def blocks(tab: Tab) -> dict[str, Json]:
    """The blocks of the grid, by key."""
    return {one["key"]: one for bay in shown(tab)["day"]["grid"]["bays"] for one in bay["blocks"]}


def bay_of(tab: Tab, key: str) -> str:
    """In which bay that block is drawn."""
    bays = shown(tab)["day"]["grid"]["bays"]
    return str(next(bay["name"] for bay in bays for one in bay["blocks"] if one["key"] == key))
