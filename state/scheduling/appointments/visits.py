"""The appointments of one consignment, where its page tells of its checks and of whose move it is (SES-02)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from models.border.consignments.tables import Consignment
from models.border.passage.rules import Action
from models.identity.accounts.viewer import Viewer
from models.scheduling.appointments.policy import may_open
from models.scheduling.appointments.queries import Shown
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import LIVE, Status
from state.border.timeline import Event
from state.scheduling.appointments.rows import HOME, NEW, brief

_TO_PRESENT = (Action.PRESENT_FOR_IDENTITY, Action.PRESENT_FOR_PHYSICAL)
_TOLD = LIVE | {Status.DONE}


@dataclass
class Turn:
    """Whose move it is."""

    mine: bool = False
    actor: str = ""
    actor_label: str = ""
    kicker: str = ""
    title: str = ""
    sentence: str = ""
    hint: str = ""
    book: str = ""
    """Where to book the check that is asked for; empty when there is nothing to book, or it is booked."""
    visit: str = ""
    visit_href: str = ""


def with_visits(events: list[Event], visits: Sequence[Shown], viewer: Viewer) -> list[Event]:
    """The timeline, each check with its appointment: the one to come, else the one that was honoured."""
    of_step = {
        str(step): visit for visit in _kept(visits) for step in Control(visit.appointment.control).steps
    }
    return [
        replace(event, visit=brief(of_step[event.kind]), visit_href=_href(of_step[event.kind], viewer))
        if event.kind in of_step
        else event
        for event in events
    ]


def with_visit(turn: Turn, consignment: Consignment, visits: Sequence[Shown], viewer: Viewer) -> Turn:
    """Whose move it is, with the appointment for the check that is due, or the way to book it."""
    if consignment.action not in _TO_PRESENT:
        return turn
    coming = [
        visit
        for visit in visits
        if visit.appointment.status in LIVE and consignment.step in Control(visit.appointment.control).steps
    ]
    if coming:
        return replace(turn, visit=f"{brief(coming[-1])}.", visit_href=_href(coming[-1], viewer))
    books = turn.mine and may_open(viewer) is None
    return replace(turn, book=f"{NEW}?{urlencode({'envoi': consignment.reference})}" if books else "")


def _kept(visits: Sequence[Shown]) -> list[Shown]:
    """Those that hold or were honoured, the one that says most last."""
    visits_told = [visit for visit in visits if visit.appointment.status in _TOLD]
    return sorted(visits_told, key=lambda one: (one.appointment.status in LIVE, one.appointment.starts_at))


def _href(shown: Shown, viewer: Viewer) -> str:
    """Its page, for whom it is open to."""
    return f"{HOME}/{shown.appointment.reference}" if may_open(viewer) is None else ""
