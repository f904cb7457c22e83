"""One bay at Le Havre on a Tuesday, checks of two companies to book, and the operators’ screens."""

from collections.abc import Iterator
from typing import Any

import pytest

from models.border.passage.vocabulary import StepKind
from models.kernel import clock, french
from models.scheduling.appointments import booking
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from tests.factories import NOW, A, C, reference
from tests.state.pipeline import Tab
from tests.state.world import World
from tests.support.appointments import POST, add_due, at, booker
from tests.support.demonstration import only_offer

HOME, NEW = "/rendez-vous", "/rendez-vous/nouveau"
FORM = {"contact_name": "Lise Marchand", "contact_phone": "06 12 34 56 78", "note": "Porte 3"}


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
async def ground(world: World) -> World:
    """Le Havre takes appointments in one bay; two checks of company A and one of company C wait for theirs."""
    await only_offer()
    await add_due(1, 2, due=[StepKind.PHYSICAL])
    await add_due(3, siren=C, due=[StepKind.PHYSICAL])
    return world


async def opened(world: World, who: str | None, address: str) -> Tab:
    """A tab of that person at that address."""
    tab = await world.tab(who)
    await tab.connect(address)
    return tab


async def taken(world: World, number: int, hours: float, siren: str = A) -> str:
    """A check of that company, booked at that hour; the reference."""
    who = {A: "importateur", C: "concurrent"}[siren]
    asker = booker(siren, world.accounts[who])
    made = await booking.book(asker, POST, [reference(number)], Control.PHYSICAL, at(hours))
    assert isinstance(made, Appointment), made
    return made.reference


def screen(tab: Tab, name: str = "Booking") -> dict[str, Any]:
    """What the page shows."""
    return tab.shown[name]


def tiles(tab: Tab) -> dict[str, dict[str, Any]]:
    """The slots of the chosen day, by their start."""
    groups = screen(tab)["grid"]["groups"]
    return {slot["value"]: slot for group in groups for slot in group["slots"]}


def iso(hours: float) -> str:
    """That hour of today, as tiles name it."""
    return french.iso(at(hours))
