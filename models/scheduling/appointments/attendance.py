"""The day itself: checked in at the gate, started, done, not presented, turned away (SES-13).

What happened to an appointment is not the result of the control: that is recorded on the consignment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.scheduling.appointments.keeping import (
    end,
    find_as_shown,
    forget_proposal,
    free_controls,
    key_of,
    read_reference,
    tell,
)
from models.scheduling.appointments.places import give_back
from models.scheduling.appointments.policy import Asker, may_run_at
from models.scheduling.appointments.tables import Appointment
from models.scheduling.appointments.waiting_list import offer_freed
from models.scheduling.slots.vocabulary import Status, Why

EARLY = timedelta(hours=12)
"""How long before its time an appointment may be checked in: beyond that it is another day's."""
S = Status


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that an officer records of an appointment."""

    status: Status
    kind: str
    """Of the journal."""
    after: frozenset[Status]
    """From where it may happen."""
    asks_why: bool = False
    closes: bool = False
    """Whether nothing more will happen."""


HAPPENINGS: tuple[Happening, ...] = (
    Happening(S.ARRIVED, "appointment.arrived", frozenset({S.CONFIRMED, S.REQUESTED})),
    Happening(S.STARTED, "appointment.started", frozenset({S.CONFIRMED, S.ARRIVED})),
    Happening(
        S.DONE, "appointment.done", frozenset({S.ARRIVED, S.STARTED, S.CONFIRMED, S.UNRECORDED}), closes=True
    ),
    Happening(
        S.NOT_PRESENTED,
        "appointment.not_presented",
        frozenset({S.CONFIRMED, S.REQUESTED, S.UNRECORDED}),
        closes=True,
    ),
    Happening(
        S.TURNED_AWAY,
        "appointment.turned_away",
        frozenset({S.CONFIRMED, S.ARRIVED, S.STARTED, S.UNRECORDED}),
        asks_why=True,
        closes=True,
    ),
)
_NEVER = Refusal("Cela ne peut pas être enregistré de ce rendez-vous, tel qu’il est maintenant.")
_EARLY = Refusal("Ce rendez-vous n’est pas pour aujourd’hui.")
_NOT_YET = Refusal("L’heure du rendez-vous n’est pas passée\u00a0: l’opérateur peut encore se présenter.")
_WHY = Refusal("Dites pourquoi\u00a0: l’opérateur doit le savoir.")


async def record(
    asker: Asker, typed: str, status: Status, *, reason: Why | str = "", text: str = ""
) -> Appointment | Refusal:
    """Record what happened of the appointment of that reference, typed or scanned at the gate."""
    wanted = next((one for one in HAPPENINGS if one.status is status), None)
    if wanted is None:
        return _NEVER
    if wanted.asks_why and not reason and not text:
        return _WHY

    def verb(db: DbSession) -> Appointment | Refusal:
        found = find_as_shown(db, asker, read_reference(typed))
        if isinstance(found, Refusal):
            return found
        refusal = may_run_at(asker.viewer, found.post_code) or _against(found, wanted, clock.now())
        if refusal is not None:
            return refusal
        _happen(db, found, wanted, reason, text)
        tell(db, found, wanted.kind, asker, reason=reason)
        db.flush()
        offer_freed(db, found.post_code)
        return found

    return await write(verb)


def possible(appointment: Appointment, now: datetime) -> list[Status]:
    """What may be recorded of it now."""
    return [one.status for one in HAPPENINGS if _against(appointment, one, now) is None]


def _against(appointment: Appointment, wanted: Happening, now: datetime) -> Refusal | None:
    if appointment.status not in wanted.after:
        return _NEVER
    if appointment.starts_at - now > EARLY:
        return _EARLY
    if wanted.status is S.NOT_PRESENTED and now < appointment.starts_at:
        return _NOT_YET
    return None


def _happen(db: DbSession, appointment: Appointment, wanted: Happening, reason: Why | str, text: str) -> None:
    if appointment.proposed_at is not None:  # no other time is talked about any more
        give_back(db, key_of(db, appointment), proposed_only=True)
        forget_proposal(appointment)
    now = clock.now()
    stamps: dict[Status, Callable[[], None]] = {
        S.ARRIVED: lambda: setattr(appointment, "arrived_at", now),
        S.STARTED: lambda: setattr(appointment, "started_at", now),
    }
    if not wanted.closes:
        appointment.status = wanted.status
        stamps[wanted.status]()
        return
    appointment.ended_at = now
    if wanted.status is S.DONE:  # its places are in the past: they stay as the proof of what was done where
        appointment.status = wanted.status
        free_controls(db, key_of(db, appointment))
    else:
        end(db, appointment, wanted.status, reason, text)
    appointment.sequence += 1
