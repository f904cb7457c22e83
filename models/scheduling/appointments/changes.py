"""Moving, cancelling, proposing another time and answering: by either side, before the post's cut-off (SES-11).

The old place is never lost before the new one is sure: the new places are taken first, in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.kernel import clock, french
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.scheduling.appointments.allocation import seize
from models.scheduling.appointments.booking import TAKEN_TEXT, NoPlace, with_nearest
from models.scheduling.appointments.expiry import lapse, withdraw
from models.scheduling.appointments.facts import Wanted
from models.scheduling.appointments.lifecycle import find_as_shown, forget_proposal, key_of, too_late, unless
from models.scheduling.appointments.places import give_back, keep_only
from models.scheduling.appointments.policy import Asker, may_act, may_run_at
from models.scheduling.appointments.tables import Appointment
from models.scheduling.appointments.transitions import Action
from models.scheduling.appointments.waiting_list import need_of, offer_freed
from models.scheduling.appointments.workflow import apply, may
from models.scheduling.capacity.offer import Offer
from models.scheduling.slots.asked import Cause, Obstacle
from models.scheduling.slots.calculator import fits, length
from models.scheduling.slots.vocabulary import Side, Why
from models.scheduling.slots.words import because

ANSWER_WITHIN = timedelta(hours=24)
NOTHING_PROPOSED = Refusal(
    "Cette proposition n’est plus en attente\u00a0: une réponse est déjà venue, ou le délai est passé."
)
_OVER = Refusal("Ce rendez-vous n’est plus à venir\u00a0: il ne se change plus.")
_WHY = Refusal("Dites pourquoi\u00a0: l’autre partie doit le savoir.")


@dataclass(frozen=True, slots=True)
class Change:
    """An appointment that may be changed by who asks, with what it is for."""

    appointment: Appointment
    key: int
    wanted: Wanted
    offer: Offer


async def move(
    asker: Asker, reference: str, starts_at: datetime, *, bay: int = 0, reason: Why | str = "", text: str = ""
) -> Appointment | NoPlace | Refusal:
    """To another time, or to that very bay (officers only); what was proposed meanwhile falls.

    To another bay at the same time, the cut-off is no matter: the goods come when they were told to.
    """
    chosen_bay = bay if asker.side is Side.POST else 0

    def verb(db: DbSession) -> Appointment | NoPlace | Refusal:
        change = _changeable(db, asker, reference, to=starts_at)
        if isinstance(change, Refusal):
            return change
        appointment, now = change.appointment, clock.now()
        same = starts_at == appointment.starts_at and chosen_bay in (0, appointment.bay_id)
        against = (
            None
            if starts_at == appointment.starts_at
            else fits(change.wanted.need, change.offer, starts_at, now)
        )
        if against is not None or same:
            return (
                appointment if same else Refusal(because(against or Obstacle(Cause.FULL), change.offer, now))
            )
        before = french.iso(appointment.starts_at)
        got = _seize(db, change, starts_at, bay=chosen_bay)
        if isinstance(got, NoPlace):
            return got
        _settle_at(db, change, starts_at, got)
        apply(db, appointment, Action.MOVE, asker, reason=reason, text=text, before=before)
        offer_freed(db, appointment.post_code)
        return appointment

    return await with_nearest(await unless(may_act(asker.viewer), verb), starts_at)


async def propose(
    asker: Asker, reference: str, starts_at: datetime, *, reason: Why | str = "", text: str = ""
) -> Appointment | NoPlace | Refusal:
    """Another time, whose place is kept until the other side answers: a day at most."""

    def verb(db: DbSession) -> Appointment | NoPlace | Refusal:
        change = _changeable(db, asker, reference)
        if isinstance(change, Refusal):
            return change
        appointment, now = change.appointment, clock.now()
        against = fits(change.wanted.need, change.offer, starts_at, now)
        if against is not None or starts_at == appointment.starts_at:
            return Refusal(because(against or Obstacle(Cause.NOT_A_START), change.offer, now))
        got = _seize(db, change, starts_at, proposed=True)
        if isinstance(got, NoPlace):
            return got
        appointment.proposed_at, appointment.proposed_bay, appointment.proposed_by = (
            starts_at,
            got,
            asker.side,
        )
        appointment.proposed_end = starts_at + length(change.wanted.need, change.offer)
        appointment.proposed_until = min(
            now + ANSWER_WITHIN, min(starts_at, appointment.starts_at) - change.offer.change_notice
        )
        if appointment.proposed_until <= now:
            appointment.proposed_until = now + timedelta(minutes=30)
        at = french.iso(starts_at)
        apply(db, appointment, Action.PROPOSE, asker, reason=reason, text=text, proposed_at=at)
        offer_freed(db, appointment.post_code)  # an earlier proposal may have fallen
        return appointment

    return await with_nearest(await unless(may_act(asker.viewer), verb), starts_at)


async def accept(asker: Asker, reference: str) -> Appointment | Refusal:
    """Take the other time that the other side, or the waiting list, proposes."""

    def verb(db: DbSession) -> Appointment | Refusal:
        appointment = _proposed_to(db, asker, reference)
        if isinstance(appointment, Refusal):
            return appointment
        before, at, ends = (
            french.iso(appointment.starts_at),
            appointment.proposed_at,
            appointment.proposed_end,
        )
        if at is None or ends is None or appointment.proposed_bay is None:
            return NOTHING_PROPOSED
        stand_at(db, appointment, at, ends, appointment.proposed_bay)
        apply(db, appointment, Action.ACCEPT, asker, before=before, agreed=1)
        offer_freed(db, appointment.post_code)
        return appointment

    return await unless(may_act(asker.viewer), verb)


async def decline(
    asker: Asker, reference: str, *, reason: Why | str = "", text: str = ""
) -> Appointment | Refusal:
    """Keep the appointment as it is; to whom another time was offered from the waiting list, nothing is asked."""

    def verb(db: DbSession) -> Appointment | Refusal:
        appointment = _proposed_to(db, asker, reference)
        if isinstance(appointment, Refusal):
            return appointment
        if not reason and not text and appointment.proposed_by != Side.SYSTEM:
            return _WHY
        withdraw(db, appointment, asker, Action.DECLINE, reason, text)
        offer_freed(db, appointment.post_code)
        return appointment

    return await unless(may_act(asker.viewer), verb)


async def cancel(
    asker: Asker, reference: str, *, reason: Why | str = "", text: str = ""
) -> Appointment | Refusal:
    """Give the place back, before the cut-off."""

    def verb(db: DbSession) -> Appointment | Refusal:
        change = _changeable(db, asker, reference)
        if isinstance(change, Refusal):
            return change
        appointment = change.appointment
        if asker.side is Side.POST and not reason and not text:
            return _WHY
        apply(db, appointment, Action.CANCEL, asker, reason=reason, text=text)
        offer_freed(db, appointment.post_code)
        return appointment

    return await unless(may_act(asker.viewer), verb)


def _changeable(
    db: DbSession, asker: Asker, reference: str, *, to: datetime | None = None
) -> Change | Refusal:
    """The appointment, if it is to come, and the cut-off has not come, unless it stays at its time (SES-11)."""
    appointment = find_as_shown(db, asker, reference)
    if isinstance(appointment, Refusal):
        return appointment
    refusal = may_run_at(asker.viewer, appointment.post_code) if asker.side is Side.POST else None
    if refusal is not None or not may(appointment, Action.MOVE):
        return refusal or _OVER
    lapse(db, appointment.post_code, clock.now())
    needed = need_of(db, appointment)
    if isinstance(needed, Refusal):
        return needed
    if needed.offer is None:
        return Refusal(because(Obstacle(Cause.NO_OFFER), None, clock.now()))
    stays = asker.side is Side.POST and to == appointment.starts_at
    cut_off = timedelta.min if stays else needed.offer.change_notice
    late = too_late(appointment, cut_off, clock.now(), needed.offer.phone)
    return late or Change(appointment, key_of(db, appointment), needed, needed.offer)


def _seize(
    db: DbSession, change: Change, starts_at: datetime, *, bay: int = 0, proposed: bool = False
) -> int | NoPlace:
    """The bay that was had there; what another proposal kept is given back only if it was had."""
    within = db.begin_nested()
    give_back(db, change.key, proposed_only=True)
    got = seize(db, change.key, change.wanted.need, change.offer, starts_at, bay=bay, proposed=proposed)
    if got is None:
        within.rollback()
        return NoPlace(TAKEN_TEXT, wanted=change.wanted)
    within.commit()
    return got


def _settle_at(db: DbSession, change: Change, starts_at: datetime, bay: int) -> None:
    ends_at = starts_at + length(change.wanted.need, change.offer)
    stand_at(db, change.appointment, starts_at, ends_at, bay)


def stand_at(
    db: DbSession, appointment: Appointment, starts_at: datetime, ends_at: datetime, bay: int
) -> None:
    """It is there now, where it has its places; all others are freed, and nothing is proposed any more."""
    keep_only(db, key_of(db, appointment), bay, starts_at, ends_at)
    appointment.starts_at, appointment.ends_at, appointment.bay_id = starts_at, ends_at, bay
    forget_proposal(appointment)
    db.add(appointment)
    db.flush()


def _proposed_to(db: DbSession, asker: Asker, reference: str) -> Appointment | Refusal:
    """The appointment, if another time is proposed to this side and still holds."""
    appointment = find_as_shown(db, asker, reference)
    if isinstance(appointment, Refusal):
        return appointment
    if asker.side is Side.POST:
        refusal = may_run_at(asker.viewer, appointment.post_code)
        if refusal is not None:
            return refusal
    now = clock.now()
    open_ = (
        may(appointment, Action.ACCEPT)
        and appointment.proposed_until is not None
        and appointment.proposed_until > now
    )
    to_me = appointment.proposed_by != asker.side and not (
        asker.side is Side.POST and appointment.proposed_by == Side.SYSTEM
    )
    return appointment if open_ and to_me else NOTHING_PROPOSED
