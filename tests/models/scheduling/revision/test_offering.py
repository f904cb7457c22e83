"""Setting what a post offers, and what it does to appointments (SES-12, SES-11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.identity.accounts.rules import Role
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import booking
from models.scheduling.appointments import changes as changing
from models.scheduling.appointments.booking import Visit
from models.scheduling.appointments.policy import Asker
from models.scheduling.appointments.queries.places import count_double
from models.scheduling.appointments.tables import Appointment, InspectorPlace
from models.scheduling.capacity.changes import Edited, changed
from models.scheduling.capacity.offer import BayOffer, Closure, Hours, Length, Offer
from models.scheduling.capacity.vocabulary import Control, Service
from models.scheduling.revision import actions
from models.scheduling.revision.actions import Effect, Saved, Unhandled
from models.scheduling.revision.hits import Lost
from models.scheduling.revision.rearrangement import Choice
from models.scheduling.slots.vocabulary import Status, Why
from tests.factories import NOW
from tests.support.accounts import journal
from tests.support.appointments import POST, add_due, add_ground, at, booker, inspector, places, stored
from tests.support.databases import both_databases, reading

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


async def edited(asker: Asker | None = None) -> Edited:
    """What the officer starts from."""
    found = await read(lambda db: actions.edit(db, (asker or inspector()).viewer, POST))
    assert isinstance(found, Edited), found
    return found


async def effect(offer: Offer) -> Effect:
    """What the change would do."""
    found = await read(lambda db: actions.effect(db, inspector().viewer, offer))
    assert isinstance(found, Effect), found
    return found


async def booked(reference: str, hours: float, *, days: int = 0) -> str:
    """The reference of an appointment at that hour."""
    made = await booking.book(booker(), POST, [reference], Control.PHYSICAL, at(hours, days=days))
    assert isinstance(made, Appointment), made
    return made.reference


def closing_at(offer: Offer, minutes: int) -> Offer:
    """The same, closing earlier."""
    return replace(offer, hours=tuple(replace(one, closes=minutes) for one in offer.hours))


@both_databases
async def test_ses_12_every_part_is_kept() -> None:
    """SES-12: hours, closures, bays, lengths and terms, all at once; the stamp tells that they changed."""
    await add_ground()
    before = await edited()
    quay = BayOffer(-1, "Quai froid", frozenset({"identity"}), frozenset({"cold"}))
    closure = Closure(at(0, days=2), at(12, days=2), bay_id=-1, reason="Travaux")
    offer = replace(
        before.offer,
        hours=(
            Hours(Service.FOOD, 5, 0, 1440, 2, "02-29", "09-30", on_holidays=True),
            *before.offer.hours[1:],
        ),
        bays=(quay, replace(before.offer.bays[0], name="Quai 1 bis")),
        closures=(closure, Closure(at(8, days=3), at(9, days=3), "food", None, 1, "Formation")),
        lengths=(Length(Control.PHYSICAL, "cold", 50, 20),),
        step=timedelta(minutes=15),
        phone="02 35 11 11 11",
    )
    saved = await actions.save(inspector(), replace(before, offer=offer))
    assert isinstance(saved, Saved), saved
    after = await edited()
    assert after.stamp != before.stamp
    assert changed(after.base, saved.edited.base) == ()
    made = after.offer.bays[0]
    assert made.id > 0
    kept = replace(
        offer,
        hours=after.offer.hours,
        bays=(replace(quay, id=made.id), offer.bays[1]),
        closures=(replace(closure, bay_id=made.id), offer.closures[1]),
    )
    assert changed(after.offer, kept) == ()
    assert sorted(map(repr, after.offer.hours)) == sorted(map(repr, offer.hours))
    (entry,) = await journal("post.offer_changed")
    assert (entry.siren, entry.post_code) == (None, POST)
    assert entry.payload == {"sections": ["hours", "closures", "bays", "lengths", "terms"]}
    again = replace(after, offer=replace(after.offer, bays=after.offer.bays[1:]))
    assert isinstance(await actions.save(inspector(), again), Saved)
    assert [bay.name for bay in (await edited()).offer.bays] == ["Quai 1 bis"]


@both_databases
async def test_ses_12_booked_appointments_are_shown_then_moved_or_cancelled() -> None:
    """SES-12: earlier closing hits two; without a choice nothing changes; each is told with the reason."""
    first, second, third = await add_ground(1, 2, 3, change_notice=10_000)
    kept, one, two = await booked(first, 14), await booked(second, 16), await booked(third, 17)
    start = await edited()
    change = replace(start, offer=closing_at(start.offer, 16 * 60))
    shown = await effect(change.offer)
    assert [(hit.reference, hit.lost) for hit in shown.hits] == [(one, Lost.CLOSED), (two, Lost.CLOSED)]
    instead = [hit.instead.starts_at for hit in shown.hits if hit.instead]
    assert instead == [at(15), at(13)]
    half = await actions.save(inspector(), change, {one: Choice(instead[0])})
    assert isinstance(half, Unhandled)
    assert (await edited()).stamp == start.stamp
    saved = await actions.save(
        inspector(), change, {one: Choice(instead[0]), two: Choice(None)}, text="Travaux"
    )
    assert isinstance(saved, Saved)
    assert (saved.moved, saved.cancelled) == (1, 1)
    moved, cancelled = await stored(one), await stored(two)
    assert (moved.starts_at, moved.status, moved.sequence) == (at(15), Status.CONFIRMED, 1)
    assert (cancelled.status, cancelled.reason, cancelled.reason_text) == (
        Status.CANCELLED, Why.POST_CLOSED, "Travaux",
    )  # fmt: skip
    assert (await stored(kept)).starts_at == at(14)
    (told,) = await journal("appointment.moved")
    assert (told.payload["reason"], told.payload["by"], told.siren) == ("post_closed", "post", moved.siren)
    (ended,) = await journal("appointment.cancelled")
    assert ended.payload["reason"] == "post_closed"
    assert {when for _, when in await places()} == {
        start_ + timedelta(minutes=15 * n) for start_ in (at(14), at(15)) for n in range(3)
    }


@both_databases
async def test_a_place_taken_meanwhile_undoes_everything() -> None:
    """The chosen time is no longer free: nothing changes, the officer is told and offered another."""
    first, second = await add_ground(1, 2)
    one = await booked(first, 16)
    start = await edited()
    change = replace(start, offer=closing_at(start.offer, 16 * 60))
    await booked(second, 15)
    refused = await actions.save(inspector(), change, {one: Choice(at(15))})
    assert isinstance(refused, Unhandled)
    assert one in refused.reason
    (hit,) = refused.effect.hits
    assert hit.instead is not None
    assert hit.instead.starts_at == at(14)
    assert (await edited()).stamp == start.stamp
    assert ((await stored(one)).starts_at, await journal("post.offer_changed")) == (at(16), [])
    assert isinstance(await actions.save(inspector(), change, {one: Choice(at(14))}), Saved)


@both_databases
async def test_a_bay_that_goes_hands_its_appointments_to_another() -> None:
    """The nearest time is the same time, on the other bay."""
    (first,) = await add_ground(1, bays=2)
    one = await booked(first, 14)
    gone_bay = (await stored(one)).bay_id
    start = await edited()
    offer = replace(start.offer, bays=tuple(bay for bay in start.offer.bays if bay.id != gone_bay))
    shown = await effect(offer)
    assert [(hit.lost, hit.instead.starts_at) for hit in shown.hits if hit.instead] == [
        (Lost.BAY_GONE, at(14))
    ]
    await actions.save(inspector(), replace(start, offer=offer), {one: Choice(at(14))})
    assert (await stored(one)).bay_id == offer.bays[0].id
    assert (await journal("appointment.moved"))[0].payload["reason"] == Why.BAY_UNAVAILABLE


@both_databases
async def test_fewer_inspectors_keep_who_booked_first() -> None:
    """The last booked goes; whose inspector's number is above what is left gets one below, so that none is given twice."""
    references = await add_ground(1, 2, 3, bays=3, inspectors=3)
    names = []
    for number, reference in enumerate(references):
        with clock.fixed(NOW + timedelta(seconds=number)):
            names.append(await booked(reference, 14))
    await changing.cancel(booker(), names[0])
    start = await edited()
    offer = replace(start.offer, hours=tuple(replace(one, inspectors=1) for one in start.offer.hours))
    shown = await effect(offer)
    assert [(hit.reference, hit.lost) for hit in shown.hits] == [(names[2], Lost.INSPECTORS)]
    saved = await actions.save(inspector(), replace(start, offer=offer), {names[2]: Choice(None)})
    assert isinstance(saved, Saved)
    async with reading() as db:
        seats = {one.seat for one in db.exec(select(InspectorPlace))}
    assert seats == {0}
    (again,) = await add_due(9)
    assert isinstance(await booking.book(booker(), POST, [again], Control.PHYSICAL, at(14)), booking.NoPlace)


@both_databases
async def test_proposals_and_holds_that_no_longer_fit_go_too() -> None:
    """An open proposal is withdrawn and the appointment stays; a held place is given back and cannot be confirmed."""
    first, second = await add_ground(1, 2)
    one = await booked(first, 14)
    assert isinstance(await changing.propose(inspector(), one, at(17), text="Plus tard ?"), Appointment)
    held = await booking.hold(booker(account=7), [second], Control.PHYSICAL, at(16))
    assert isinstance(held, Appointment)
    start = await edited()
    change = replace(start, offer=closing_at(start.offer, 16 * 60))
    shown = await effect(change.offer)
    assert (shown.hits, shown.proposals) == ((), 1)
    assert isinstance(await actions.save(inspector(), change), Saved)
    assert ((await stored(one)).proposed_at, (await stored(one)).starts_at) == (None, at(14))
    assert await booking.confirm(booker(account=7), held.reference, Visit()) == booking.NO_LONGER_HELD
    assert len(await places()) == 3


async def test_what_is_booked_outlives_other_changes() -> None:
    """Longer controls and another grid take nothing from who has booked."""
    (first,) = await add_ground(1)
    await booked(first, 14.5)
    start = await edited()
    offer = replace(start.offer, step=timedelta(minutes=60), lengths=(Length(Control.PHYSICAL, "", 240, 30),))
    assert (await effect(offer)).hits == ()


async def test_a_holiday_of_another_department_closes() -> None:
    """Good Friday is kept in Moselle: 3 April 2026."""
    (first,) = await add_ground(1)
    one = await booked(first, 14, days=10)
    start = await edited()
    shown = await effect(replace(start.offer, department="57"))
    assert [hit.reference for hit in shown.hits] == [one]


@both_databases
async def test_a_colleague_s_change_is_seen() -> None:
    await add_ground()
    mine = await edited()
    theirs = replace(mine, offer=replace(mine.offer, phone="02 35 22 22 22"))
    assert isinstance(await actions.save(inspector(account=7), theirs), Saved)
    late = await actions.save(inspector(), replace(mine, offer=replace(mine.offer, horizon_days=9)))
    assert late == actions.CHANGED_MEANWHILE
    assert (await edited()).offer.horizon_days == 30


@both_databases
async def test_a_post_opens_its_appointments() -> None:
    """SES-12: a post that took none starts from nothing."""
    await add_ground()
    asker = inspector("FRDKK1")
    start = await read(lambda db: actions.edit(db, asker.viewer, "FRDKK1"))
    assert isinstance(start, Edited)
    assert (start.stamp, start.offer.hours) == ("", ())
    offer = replace(
        start.offer,
        department="59",
        hours=(Hours(Service.FOOD, 0, 480, 720),),
        bays=(BayOffer(-1, "Quai 1", frozenset({"identity"}), frozenset({"dry"})),),
    )
    saved = await actions.save(asker, replace(start, offer=offer))
    assert isinstance(saved, Saved)
    assert saved.edited.offer.hours == offer.hours


async def test_only_inspectors_of_the_post_change_it() -> None:
    """SES-12: customs and the supervision read; another post and operators do not even see it."""
    await add_ground()
    start = await edited()
    change = replace(start, offer=replace(start.offer, phone="02 35 22 22 22"))
    for asker in (
        inspector(role=Role.CUSTOMS),
        inspector(role=Role.SUPERVISOR),
        inspector("FRCDG4"),
        booker(),
    ):
        assert isinstance(await actions.save(asker, change), Refusal)
    for viewer in (inspector("FRCDG4").viewer, booker().viewer):
        async with reading() as db:
            assert actions.edit(db, viewer, POST) == actions.GONE
    assert changed((await edited(inspector(role=Role.SUPERVISOR))).offer, start.offer) == ()
    assert isinstance(await actions.save(inspector(), start), Refusal)
    wrong = replace(change, offer=closing_at(change.offer, 60))
    assert isinstance(await actions.save(inspector(), wrong), Refusal)
    async with reading() as db:
        assert count_double(db) == 0
