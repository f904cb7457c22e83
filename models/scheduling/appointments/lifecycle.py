"""What every verb on an appointment is made of: finding it, telling what became of it, letting its controls go."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import delete
from sqlmodel import col

from models.border.consignments.subject import CONSIGNMENT
from models.identity.accounts.viewer import Viewer
from models.journal.record import SYSTEM, record_at_once
from models.kernel import clock, french
from models.kernel.database import DbSession, Verb, write
from models.kernel.refusal import Refusal
from models.kernel.stamps import changed, stamp
from models.kernel.subject import Subject
from models.scheduling.appointments.policy import Asker
from models.scheduling.appointments.queries.changes import consignments_of, named
from models.scheduling.appointments.tables import (
    Appointment,
    BookedControl,
    WaitingPlace,
)
from models.scheduling.slots.vocabulary import Side

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1 and I and L, U and V: a reference is read aloud at a gate."""
_DRAWN = 5
LONGEST_TEXT = 500
T = TypeVar("T")
GONE = Refusal("Ce rendez-vous n’existe pas ou n’est pas de votre ressort.")


def new_reference(post_code: str) -> str:
    """`LEH-7K4Q2`: the post, and letters that nobody can guess."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(_DRAWN))
    return f"{post_code[2:5]}-{drawn}"


def read_reference(typed: str) -> str:
    """What somebody typed or scanned, as references are written: `leh 7k4q2` is LEH-7K4Q2."""
    plain = "".join(char for char in typed.upper().rsplit("/", 1)[-1] if char.isalnum())
    return f"{plain[:3]}-{plain[3:]}"


async def unless(refusal: Refusal | None, verb: Verb[T]) -> T | Refusal:
    """Do it, in a transaction of its own, unless it is refused."""
    return await write(verb) if refusal is None else refusal


def find(db: DbSession, viewer: Viewer, reference: str) -> Appointment | Refusal:
    """The appointment of that reference, if it exists for this person."""
    return named(db, viewer, reference) or GONE


def find_as_shown(db: DbSession, asker: Asker, reference: str) -> Appointment | Refusal:
    """The same, as long as it is what the person who acts on it was shown."""
    appointment = find(db, asker.viewer, reference)
    return (
        appointment
        if isinstance(appointment, Refusal)
        else changed(asker.shown, stamp_of(appointment)) or appointment
    )


def stamp_of(appointment: Appointment) -> str:
    """What tells its present state from any other, for who acts on it (models/kernel/stamps.py)."""
    visit = appointment
    state = (
        visit.reference,
        visit.status,
        visit.starts_at,
        visit.bay_id,
        visit.proposed_at,
        visit.proposed_by,
        visit.changed_at,
    )
    return stamp(*state)


def key_of(db: DbSession, appointment: Appointment) -> int:
    """Its `id`, written now if it was not."""
    if appointment.id is None:
        db.flush()
    if appointment.id is None:
        raise ValueError("this appointment was not written")
    return appointment.id


def tell(db: DbSession, appointment: Appointment, kind: str, by: Asker | None, **said: Any) -> None:
    """Journal what became of it, once for each consignment that it is for; screens and notices derive from it."""
    appointment.changed_at = clock.now()
    db.add(appointment)
    announce(db, appointment, kind, by, consignments_of(db, key_of(db, appointment)), **said)


def announce(
    db: DbSession,
    appointment: Appointment,
    kind: str,
    by: Asker | None,
    consignment_ids: Sequence[int],
    **said: Any,
) -> None:
    """The same for consignments that are known, of an appointment that was just written."""
    for consignment_id in consignment_ids:
        record_at_once(
            db,
            kind,
            actor=by.actor if by else SYSTEM,
            subject=Subject.of(CONSIGNMENT, consignment_id),
            siren=appointment.siren,
            post_code=appointment.post_code,
            appointment=appointment.reference,
            status=appointment.status,
            control=appointment.control,
            starts_at=french.iso(appointment.starts_at),
            by=by.side if by else Side.SYSTEM,
            **{name: value for name, value in said.items() if value},
        )


def free_controls(db: DbSession, key: int) -> None:
    """Let these controls be booked anew, and wait for nothing."""
    db.execute(delete(BookedControl).where(col(BookedControl.appointment_id) == key))
    db.execute(delete(WaitingPlace).where(col(WaitingPlace.appointment_id) == key))


def forget_proposal(appointment: Appointment) -> None:
    """No other time is proposed any more; its places are freed by the caller."""
    appointment.proposed_at = appointment.proposed_end = appointment.proposed_until = None
    appointment.proposed_bay, appointment.proposed_by = None, ""


def clean(text: str) -> str:
    """Free text on few lines, and not for ever."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())[:LONGEST_TEXT]


def too_late(appointment: Appointment, cut_off: timedelta, now: datetime, phone: str) -> Refusal | None:
    """Past the post's cut-off, so long before its time, nothing is moved or cancelled here any more (SES-11)."""
    if appointment.starts_at - now >= cut_off:
        return None
    call = f" Appelez le poste au {phone}." if phone else " Appelez le poste."
    limit = french.duration(cut_off)
    return Refusal(
        french.typeset(f"Un rendez-vous se déplace ou s’annule ici jusqu’à {limit} avant l’heure dite.{call}")
    )
