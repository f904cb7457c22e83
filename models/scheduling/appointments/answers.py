"""What the post answers to a booking that it wants to confirm itself (SES-11)."""

from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.scheduling.appointments.lifecycle import find_as_shown
from models.scheduling.appointments.policy import Asker, may_run_at
from models.scheduling.appointments.tables import Appointment
from models.scheduling.appointments.transitions import Action
from models.scheduling.appointments.waiting_list import offer_freed
from models.scheduling.appointments.workflow import apply, may
from models.scheduling.slots.vocabulary import Why

_ANSWERED = Refusal("Cette demande n’est plus à confirmer\u00a0: elle a déjà reçu une réponse.")
_WHY = Refusal("Dites pourquoi vous refusez\u00a0: l’opérateur doit le savoir.")


async def approve(asker: Asker, reference: str) -> Appointment | Refusal:
    """Confirm what was requested."""

    def verb(db: DbSession) -> Appointment | Refusal:
        appointment = _requested(db, asker, reference)
        if isinstance(appointment, Appointment):
            apply(db, appointment, Action.APPROVE, asker)
        return appointment

    return await write(verb)


async def refuse(asker: Asker, reference: str, *, reason: Why | str, text: str = "") -> Appointment | Refusal:
    """Refuse what was requested, with a reason: the place goes back."""

    def verb(db: DbSession) -> Appointment | Refusal:
        appointment = _requested(db, asker, reference)
        if isinstance(appointment, Refusal):
            return appointment
        apply(db, appointment, Action.REFUSE, asker, reason=reason, text=text)
        offer_freed(db, appointment.post_code)
        return appointment

    return await write(verb) if reason or text else _WHY


def _requested(db: DbSession, asker: Asker, reference: str) -> Appointment | Refusal:
    appointment = find_as_shown(db, asker, reference)
    if isinstance(appointment, Refusal):
        return appointment
    refusal = may_run_at(asker.viewer, appointment.post_code)
    if refusal is not None:
        return refusal
    return appointment if may(appointment, Action.APPROVE) else _ANSWERED
