"""A change of the offer never loses an appointment silently (SES-12): random offers, appointments and changes."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.kernel import clock
from models.kernel.database import read
from models.scheduling.appointments import booking
from models.scheduling.appointments import changes as changing
from models.scheduling.appointments.queries.places import count_double
from models.scheduling.appointments.tables import Appointment, InspectorPlace
from models.scheduling.capacity.changes import Edited
from models.scheduling.capacity.offer import BayOffer, Closure, Offer, inspectors_on
from models.scheduling.capacity.vocabulary import Control, Goods, Service
from models.scheduling.revision import actions
from models.scheduling.revision.actions import Saved, Unhandled
from models.scheduling.revision.hits import compare
from models.scheduling.revision.preview import days_off, need_for, preview
from models.scheduling.revision.rearrangement import Choice, booked_at
from models.scheduling.slots.asked import Taken
from models.scheduling.slots.vocabulary import COMING
from tests.factories import NOW
from tests.support.accounts import journal
from tests.support.appointments import POST, add_ground, at, booker, inspector
from tests.support.databases import both_databases, reading

pytestmark = pytest.mark.usefixtures("database")

_CONTROLS = frozenset({"identity", "physical"})
_GOODS = frozenset(Goods)


def changes(draw: random.Random, offer: Offer) -> Offer:
    """Some other offer: later, shorter, with fewer inspectors, closed here and there, with other bays."""
    hours = tuple(
        replace(
            one,
            opens=draw.choice([480, 540, 600]),
            closes=draw.choice([720, 900, 1080]),
            inspectors=draw.randint(1, 3),
        )
        for one in offer.hours
        if draw.random() < 0.9
    )
    bays = tuple(
        replace(bay, goods=_GOODS if draw.random() < 0.8 else frozenset({"cold"}))
        for bay in offer.bays
        if draw.random() < 0.7
    )
    closures = tuple(_closure(draw, offer) for _ in range(draw.randint(0, 2)))
    extra = (BayOffer(-1, "Quai neuf", _CONTROLS, _GOODS),) if draw.random() < 0.4 else ()
    step = timedelta(minutes=draw.choice([15, 30, 60]))
    return replace(offer, hours=hours, bays=(*bays, *extra), closures=closures, step=step)


def _closure(draw: random.Random, offer: Offer) -> Closure:
    starts = at(draw.choice([8, 11, 14]), days=draw.randint(0, 3))
    bay = draw.choice([None, *(bay.id for bay in offer.bays)])
    absent = 1 if bay is None and draw.random() < 0.5 else None
    return Closure(starts, starts + timedelta(hours=draw.choice([1, 3, 24])), "", bay, absent)


async def _book_some(draw: random.Random, references: list[str]) -> None:
    for number, reference in enumerate(references):
        with clock.fixed(NOW + timedelta(seconds=number)):
            time = at(draw.choice([10.5, 11, 13.5, 14, 15, 16.5]), days=draw.randint(0, 2))
            made = await booking.book(booker(), POST, [reference], Control.PHYSICAL, time)
            if isinstance(made, Appointment) and draw.random() < 0.3:
                await changing.propose(
                    inspector(), made.reference, at(draw.choice([9, 12, 17]), days=1), text="Là ?"
                )


async def _reset() -> None:
    """Everything that was booked is cancelled, and the post is as it was."""
    async with reading() as db:
        rows = db.exec(select(Appointment)).all()
    for row in rows:
        if row.status in COMING:
            await changing.cancel(booker(), row.reference)


@both_databases
async def test_ses_12_no_appointment_is_ever_lost() -> None:
    """SES-12: after any change, every appointment to come fits the offer or was told; no place is given twice.

    Breaking `compare` (an empty answer) fails it.
    """
    references = await add_ground(*range(1, 9), bays=3, inspectors=3, change_notice=0, horizon_days=12)
    usual = await read(lambda db: actions.edit(db, inspector().viewer, POST))
    assert isinstance(usual, Edited)
    with clock.fixed(NOW):
        for seed in range(12):
            await _reset()
            await _restore(usual.offer)
            draw = random.Random(seed)
            await _book_some(draw, references)
            await _change_and_check(draw)


async def _restore(usual: Offer) -> None:
    now = await read(lambda db: actions.edit(db, inspector().viewer, POST))
    assert isinstance(now, Edited)
    back = replace(
        now, offer=replace(usual, bays=tuple(replace(bay, id=-n) for n, bay in enumerate(usual.bays, 1)))
    )
    assert isinstance(await actions.save(inspector(), back), Saved)


async def _change_and_check(draw: random.Random) -> None:
    start = await read(lambda db: actions.edit(db, inspector().viewer, POST))
    assert isinstance(start, Edited)
    change = replace(start, offer=changes(draw, start.offer))
    before = await _coming()
    told_before = await _told()
    shown = await actions.save(inspector(), change)
    if isinstance(shown, Unhandled):
        choices = {
            hit.reference: Choice(hit.instead.starts_at if hit.instead and draw.random() < 0.7 else None)
            for hit in shown.effect.hits
        }
        assert choices
        shown = await actions.save(inspector(), change, choices)
    assert isinstance(shown, Saved), shown
    now = shown.edited.offer
    booked, _ = await read(lambda db: booked_at(db, POST))
    left = compare(now, booked)
    assert (dict(left.appointments), left.proposals, left.holds) == ({}, frozenset(), frozenset())
    told = await _told() - told_before
    for reference, (starts_at, bay) in before.items():
        after = (await _coming()).get(reference)
        assert after == (starts_at, bay) or reference in told, reference
    await _no_seat_above(now)


async def _coming() -> dict[str, tuple[object, int]]:
    async with reading() as db:
        rows = db.exec(select(Appointment))
        return {row.reference: (row.starts_at, row.bay_id) for row in rows if row.status in COMING}


async def _told() -> set[str]:
    entries = [*await journal("appointment.moved"), *await journal("appointment.cancelled")]
    return {f"{one.payload['appointment']}" for one in entries}


async def _no_seat_above(offer: Offer) -> None:
    async with reading() as db:
        assert count_double(db) == 0
        for place in db.exec(select(InspectorPlace)):
            day = offer.local(place.starts_at).date()
            assert place.seat < inspectors_on(offer, Service(place.service), day)[place.starts_at]


async def test_the_slots_of_an_edited_offer_stand_beside_the_present_ones() -> None:
    """SES-12: before anything is saved: what goes, what comes, and why a day has none."""
    await add_ground()
    with clock.fixed(NOW):
        start = await read(lambda db: actions.edit(db, inspector().viewer, POST))
    assert isinstance(start, Edited)
    morning = replace(
        start.offer,
        hours=tuple(
            replace(one, opens=7 * 60, closes=9 * 60) for one in start.offer.hours if one.weekday != 2
        ),
    )
    need = need_for(Control.PHYSICAL, Goods.PLANTS, 1)
    assert need.service is Service.PLANT_HEALTH
    tuesday, wednesday = preview(need, start.offer, morning, Taken(), NOW.date(), 2)
    marks = {slot.starts_at: (slot.before, slot.after) for slot in tuesday.slots}
    assert (marks[at(7)], marks[at(8)], marks[at(9)]) == ((None, 1), (1, 1), (1, None))
    assert (tuesday.closed, wednesday.closed) == ("", "fermé")
    assert all(slot.after is None for slot in wednesday.slots)


async def test_the_days_off_to_come_are_told() -> None:
    """SES-12: Easter Monday, and an inventory, among the days that would be open; a service may work on holidays."""
    await add_ground()
    with clock.fixed(NOW):
        start = await read(lambda db: actions.edit(db, inspector().viewer, POST))
    assert isinstance(start, Edited)
    closed = Closure(at(0, days=1), at(24, days=1), reason="Inventaire")
    offer = replace(start.offer, closures=(closed,))
    told = [line.replace("\u00a0", " ") for line in days_off(offer, at(0).date(), 20)]
    assert told == ["mercredi 25 mars : fermé (Inventaire)", "lundi 6 avr. : férié (Lundi de Pâques), fermé"]
    works = tuple(replace(one, on_holidays=one.service == Service.FOOD) for one in offer.hours)
    last = days_off(replace(offer, hours=works), at(0).date(), 20)[-1]
    assert last.replace("\u00a0", " ") == "lundi 6 avr. : férié (Lundi de Pâques), ouvert (alimentation)"
