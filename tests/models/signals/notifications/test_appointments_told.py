"""Appointments as the verbs make them, told in words: the right hour, the reason, and where it leads (SES-11, SES-30)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.border.passage.vocabulary import StepKind
from models.kernel import clock
from models.kernel.database import read
from models.kernel.french import NBSP
from models.posts.tables import Bay, PostTerms
from models.scheduling.appointments import booking, changes, waiting_list
from models.scheduling.appointments.policy import Asker, program
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Why
from models.signals.notifications.queries.notices import NoticeRow, page
from tests.factories import NOW, A
from tests.support.appointments import POST, add_due, add_offer, at, inspector
from tests.support.databases import transaction
from tests.support.notices import World, populate, relayed, viewer


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001
    """People, and a post of one bay that takes appointments on Tuesday."""
    made = await populate()
    await add_offer(opens=13 * 60, closes=17 * 60)
    return made


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


COMPANY = program("demo-partner", A)


async def booked(number: int, hours: float) -> Appointment:
    """Of the consignment of that number, by a program: everybody of the company is told."""
    (reference,) = await add_due(number, due=[StepKind.PHYSICAL])
    made = await booking.book(COMPANY, POST, [reference], Control.PHYSICAL, at(hours))
    assert isinstance(made, Appointment), made
    return made


def officer(world: World) -> Asker:
    """The inspector of the post."""
    return inspector(account=world.sivep)


async def latest(account_id: int) -> NoticeRow:
    """The last thing that the person was told, minutes later: nothing is told together with it."""
    await relayed()
    seen = await viewer(account_id)
    return (await read(lambda db: page(db, seen)))[0]


async def test_ses_11_a_proposal_is_told_with_its_own_hour(world: World) -> None:
    """SES-11: not with that of the appointment, which stands until it is answered; both sides read where to answer."""
    made = await booked(2, 14)
    said = made.reference.replace("-", NBSP)
    with clock.fixed(NOW + timedelta(minutes=10)):
        await changes.propose(officer(world), made.reference, at(16), reason=Why.NO_INSPECTOR)
        mine = await latest(world.lise)
    assert mine.sentence == (
        f"Un autre horaire est proposé pour le rendez-vous {said}{NBSP}: 24{NBSP}mars{NBSP}2026 à 16{NBSP}h{NBSP}00. "
        "Acceptez-le ou déclinez-le. Motif\u00a0: pas d’inspecteur disponible."
    )
    assert mine.href == f"/rendez-vous/{made.reference}"
    with clock.fixed(NOW + timedelta(minutes=20)):
        await changes.propose(COMPANY, made.reference, at(15))
        theirs = await latest(world.sivep)
    assert f"à 15{NBSP}h{NBSP}00. Acceptez-le" in theirs.sentence
    assert theirs.href == f"/agent/planning?poste={POST}&jour=2026-03-24"
    assert (await latest(world.lise)).id == mine.id, "who asks is not asked"


async def test_a_place_that_came_free_is_told_with_its_own_hour(world: World) -> None:
    """SES-30: the earlier hour, not the one that holds."""
    early, late = await booked(2, 13), await booked(3, 14)
    await waiting_list.join(COMPANY, late.reference)
    with clock.fixed(NOW + timedelta(minutes=10)):
        await changes.cancel(officer(world), early.reference, reason=Why.BAY_UNAVAILABLE)
        await relayed()
        seen = await viewer(world.lise)
        told = {row.sentence for row in await read(lambda db: page(db, seen))}
    cancelled, offered = f"du 24{NBSP}mars{NBSP}2026 à 13{NBSP}h{NBSP}00 est annulé.", f"à 13{NBSP}h{NBSP}00."
    assert any(cancelled in one and "quai indisponible" in one for one in told)
    assert any(one.startswith("Une place plus tôt s’est libérée") and offered in one for one in told)


async def test_another_bay_at_the_same_hour_is_no_other_hour(world: World) -> None:
    """SES-11: the operator reads that the hour holds."""
    made = await booked(2, 14)
    await add_second_bay()
    other = made.bay_id + 1
    with clock.fixed(NOW + timedelta(minutes=10)):
        moved = await changes.move(officer(world), made.reference, at(14), bay=other)
        assert isinstance(moved, Appointment), moved
        mine = await latest(world.lise)
    assert "change de quai. Il reste prévu le 24" in mine.sentence


async def add_second_bay() -> None:
    """Another bay of the post, as fit as the first."""
    async with transaction() as db:
        db.add(Bay(post_code=POST, name="Quai 2", position=2, controls="identity physical", goods="plants"))
        terms = db.get(PostTerms, POST)
        assert terms is not None
        terms.stamp = "two bays"
