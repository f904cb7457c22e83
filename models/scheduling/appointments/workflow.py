"""Carrying out what models/scheduling/appointments/transitions.py says: nothing else changes an appointment's status."""

from collections.abc import Mapping

from models.kernel import clock
from models.kernel.database import DbSession
from models.scheduling.appointments.lifecycle import clean, forget_proposal, free_controls, key_of, tell
from models.scheduling.appointments.places import give_back
from models.scheduling.appointments.policy import Asker
from models.scheduling.appointments.tables import Appointment
from models.scheduling.appointments.transitions import ROWS, Action, Frees
from models.scheduling.slots.vocabulary import Side, Status, Why

S = Status
_STAMPS: Mapping[Status, str] = {
    S.ARRIVED: "arrived_at",
    S.STARTED: "started_at",
    S.DONE: "ended_at",
    S.NOT_PRESENTED: "ended_at",
    S.TURNED_AWAY: "ended_at",
}
"""Which column keeps when that happened."""


_EXPLAINED = frozenset({Action.MOVE, Action.PROPOSE, Action.DECLINE})
"""What is said with it is why the appointment now stands as it does, be it nothing; as for whatever frees its places."""


class NoTransition(ValueError):
    """An action that the workflow does not know from where the appointment stands: a mistake of ours."""


def beginning(action: Action) -> Status:
    """The status of an appointment that begins with that action.

    Raises:
        NoTransition: when none does.
    """
    row = ROWS[action]
    if row.before or row.after is None:
        raise NoTransition(f"nothing begins with {action}")
    return row.after


def may(appointment: Appointment, action: Action) -> bool:
    """Whether that can be done with the appointment as it stands; who may, and when, is asked apart."""
    return appointment.status in ROWS[action].before


def apply(
    db: DbSession,
    appointment: Appointment,
    action: Action,
    by: Asker | None,
    *,
    reason: Why | str = "",
    text: str = "",
    **said: object,
) -> None:
    """Do it: the status, what is freed, the sequence and the journal's entry, in that order, in the caller's transaction.

    Whoever frees a place then offers it to those who wait (`waiting_list.offer_freed`), once for all that it did.
    `said` goes into the entry.

    Raises:
        NoTransition: from a status, or by a side, without a row.
    """
    row = ROWS[action]
    side = by.side if by else Side.SYSTEM
    if appointment.status not in row.before or side not in row.by:
        raise NoTransition(f"{action} from {appointment.status} by {side}")
    if row.after is not None:
        appointment.status = row.after
        stamp = _STAMPS.get(row.after)
        if stamp is not None:
            setattr(appointment, stamp, clock.now())
    if action in _EXPLAINED or row.frees is Frees.ALL:
        appointment.reason, appointment.reason_text = reason, clean(text)
    appointment.sequence += row.raises
    tell(db, appointment, row.kind, by, reason=reason, **said)
    _free(db, appointment, row.frees)
    db.flush()


def _free(db: DbSession, appointment: Appointment, frees: Frees) -> None:
    if frees is Frees.NOTHING or (frees is Frees.PROPOSAL and appointment.proposed_at is None):
        return
    key = key_of(db, appointment)
    give_back(db, key, proposed_only=frees is not Frees.ALL)
    forget_proposal(appointment)
    if frees in (Frees.ALL, Frees.CONTROLS):
        appointment.held_until = None
        free_controls(db, key)
    db.add(appointment)
