"""What becomes of appointments when a post changes what it offers: read, proposed another time, moved or cancelled.

All of it happens in the transaction of the change itself, so that nothing is lost in between (SES-12).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.identity.companies.queries import names_of
from models.kernel import clock, french
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.scheduling.appointments.allocation import seize
from models.scheduling.appointments.changes import stand_at
from models.scheduling.appointments.expiry import give_up, withdraw
from models.scheduling.appointments.lifecycle import forget_proposal, key_of
from models.scheduling.appointments.places import give_back
from models.scheduling.appointments.policy import Asker
from models.scheduling.appointments.queries.places import taken
from models.scheduling.appointments.tables import Appointment, InspectorPlace
from models.scheduling.appointments.transitions import Action
from models.scheduling.appointments.waiting_list import need_of
from models.scheduling.appointments.workflow import apply
from models.scheduling.capacity.offer import QUARTER, Offer, inspectors_on, quarters
from models.scheduling.capacity.vocabulary import Control, Goods, Service
from models.scheduling.revision.hits import WHY, Booked, Hits, Lost, Span, compare
from models.scheduling.revision.queries import inspector_places, keeping_places
from models.scheduling.slots.asked import Need, Slot, Taken
from models.scheduling.slots.calculator import fit_bays, fits, impossible, length, not_before, slots_on
from models.scheduling.slots.vocabulary import UNDER_WAY, Why


@dataclass(frozen=True, slots=True)
class Hit:
    """An appointment to come that the change takes its place from, and what can be had instead."""

    key: int
    reference: str
    company: str
    starts_at: datetime
    control: str
    lost: Lost
    instead: Slot | None
    """The nearest free time under the edited offer; None when there is none: then it can only be cancelled."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the officer chose for one appointment that is hit."""

    move_to: datetime | None
    """Where it goes; None to cancel it."""


def booked_at(db: DbSession, post_code: str) -> tuple[list[Booked], dict[int, Appointment]]:
    """Every appointment of the post that keeps places from now on."""
    rows = keeping_places(db, post_code, clock.now())
    appointments = {appointment.id: appointment for appointment in rows if appointment.id is not None}
    return [_booked(key, appointment) for key, appointment in appointments.items()], appointments


def _booked(key: int, appointment: Appointment) -> Booked:
    goods = frozenset(Goods(word) for word in appointment.goods.split())
    need = Need(Control(appointment.control), Service(appointment.service), goods, appointment.containers)
    proposal = None
    if appointment.proposed_at and appointment.proposed_end and appointment.proposed_bay:
        proposal = Span(appointment.proposed_bay, appointment.proposed_at, appointment.proposed_end)
    span = Span(appointment.bay_id, appointment.starts_at, appointment.ends_at)
    return Booked(key, need, span, appointment.status, appointment.booked_at, proposal)


def hit_now(db: DbSession, offer: Offer) -> tuple[Hits, dict[int, Appointment]]:
    """What the edited offer takes away at its post, and every appointment that keeps places there."""
    booked, rows = booked_at(db, offer.post_code)
    return compare(offer, booked), rows


def hits_of(db: DbSession, offer: Offer) -> tuple[Hits, list[Hit]]:
    """The same, with the nearest free time for each appointment, in their order."""
    hits, rows = hit_now(db, offer)
    lost = sorted(hits.appointments.items(), key=lambda one: (rows[one[0]].starts_at, one[0]))
    companies = names_of(db, [rows[key].siren for key, _ in lost])
    search = _Search(offer, {*hits.appointments, *hits.holds})
    changes_found = []
    for key, why in lost:
        row = rows[key]
        instead = search.instead(db, row)
        company = companies.get(row.siren, "")
        changes_found.append(Hit(key, row.reference, company, row.starts_at, row.control, why, instead))
    return hits, changes_found


class _Search:
    """The nearest free times for several appointments, none of them offered to two."""

    def __init__(self, offer: Offer, freed: Collection[int]) -> None:
        self.offer, self.freed = offer, freed
        self.bays: dict[int, set[datetime]] = {}
        self.seats: dict[Service, dict[datetime, int]] = {}

    def instead(self, db: DbSession, row: Appointment) -> Slot | None:
        """The free time nearest to the one that is lost; from then on it counts as taken."""
        wanted = need_of(db, row)
        if isinstance(wanted, Refusal):
            return None
        need = wanted.need
        self._know(db, need.service)
        have = Taken(self.bays, self.seats[need.service])
        slot = nearest_free(need, self.offer, have, row.starts_at, clock.now())
        if slot is not None:
            self._count(need, slot)
        return slot

    def _know(self, db: DbSession, service: Service) -> None:
        if service in self.seats:
            return
        since = clock.now() - timedelta(days=1)
        until = since + timedelta(days=self.offer.horizon_days + 4)
        have = taken(db, self.offer.post_code, service, since, until, without=self.freed)
        self.bays = self.bays or {bay: set(times) for bay, times in have.bays.items()}
        self.seats[service] = dict(have.seats)

    def _count(self, need: Need, slot: Slot) -> None:
        times = list(quarters(slot.starts_at, slot.ends_at))
        fit = (bay.id for bay in fit_bays(need, self.offer, slot.starts_at))
        bay = next(
            (fit_bay for fit_bay in fit if not self.bays.get(fit_bay, set()).intersection(times)), None
        )
        if bay is not None:
            self.bays.setdefault(bay, set()).update(times)
        for at in times:
            self.seats[need.service][at] = self.seats[need.service].get(at, 0) + 1


def nearest_free(need: Need, offer: Offer, have: Taken, wanted: datetime, now: datetime) -> Slot | None:
    """The free time nearest to that one at which it can be booked; before or after. Pure."""
    if impossible(need, offer) is not None:
        return None
    first = not_before(need, offer, now).until or now
    best: Slot | None = None
    for days in _outwards(offer, wanted, now):
        again = best is not None
        free = [
            slot
            for day in days
            for slot in slots_on(need, offer, have, day)
            if slot.places_left and slot.starts_at >= first
        ]
        best = min(
            [*free, *([best] if best else [])], key=lambda slot: abs(slot.starts_at - wanted), default=None
        )
        if again:  # the days one further out may hold something nearer across midnight, not beyond
            break
    return best


def _outwards(offer: Offer, wanted: datetime, now: datetime) -> Iterator[list[date]]:
    """The days that can be booked, from that one outwards."""
    middle, today = offer.local(wanted).date(), offer.local(now).date()
    last = today + timedelta(days=offer.horizon_days)
    for apart in range(max(offer.horizon_days, (middle - today).days) + 1):
        both = {middle - timedelta(days=apart), middle + timedelta(days=apart)}
        days = sorted(day for day in both if today <= day <= last)
        if days:
            yield days


def resettle(
    db: DbSession,
    asker: Asker,
    offer: Offer,
    hits: Hits,
    rows: Mapping[int, Appointment],
    choices: Mapping[int, Choice],
    text: str,
) -> list[str]:
    """Do what was chosen, under the offer as it is now stored; the references of those that could not be moved.

    When there are any, the caller undoes everything.
    """
    for key in sorted(hits.proposals):
        withdraw(db, rows[key], asker, Action.LAPSE, Why.POST_CLOSED)
    for key in sorted(hits.holds):
        give_up(db, rows[key], asker)
    in_turn = sorted(hits.appointments, key=lambda key: (rows[key].starts_at, key))
    for key in in_turn:
        _leave(db, asker, rows[key], WHY[hits.appointments[key]], choices[key], text)
    db.flush()
    reseat(db, offer)
    missed = []
    for key in in_turn:
        move_to, row = choices[key].move_to, rows[key]
        if move_to is not None and not _move(
            db, asker, row, offer, move_to, WHY[hits.appointments[key]], text
        ):
            missed.append(row.reference)
    return missed


def _leave(db: DbSession, asker: Asker, row: Appointment, why: Why, choice: Choice, text: str) -> None:
    """Free the places that are lost; what is cancelled ends here, and is told so."""
    if choice.move_to is None:
        apply(db, row, Action.CANCEL, asker, reason=why, text=text)
        return
    forget_proposal(row)
    give_back(db, row.id or 0)


def _move(
    db: DbSession, asker: Asker, row: Appointment, offer: Offer, to: datetime, why: Why, text: str
) -> bool:
    wanted = need_of(db, row)
    if isinstance(wanted, Refusal) or fits(wanted.need, offer, to, clock.now()) is not None:
        return False
    bay = seize(db, key_of(db, row), wanted.need, offer, to)
    if bay is None:
        return False
    before = french.iso(row.starts_at)
    stand_at(db, row, to, to + length(wanted.need, offer), bay)
    apply(db, row, Action.MOVE, asker, reason=why, text=text, before=before)
    return True


def reseat(db: DbSession, offer: Offer) -> None:
    """Number the inspectors anew where there are fewer than before, so that the numbers left are really free."""
    there: defaultdict[tuple[str, datetime], list[tuple[InspectorPlace, str]]] = defaultdict(list)
    for place, status in inspector_places(db, offer.post_code, clock.now() - QUARTER):
        there[place.service, place.starts_at].append((place, status))
    for (service, at), places in there.items():
        number = inspectors_on(offer, Service(service), offer.local(at).date()).get(at, 0)
        free = [seat for seat in range(number) if seat not in {place.seat for place, _ in places}]
        over = [held_place for held_place in places if held_place[0].seat >= number]
        for place, _ in sorted(over, key=lambda one: (one[1] not in UNDER_WAY, one[0].seat))[: len(free)]:
            place.seat = free.pop(0)
            db.add(place)
    db.flush()
