"""The forms of a post’s hours, closures and absences: from values of the offer, and to them."""

from dataclasses import dataclass

from models.scheduling.capacity.faults import wrong_hours
from models.scheduling.capacity.forms import DAYS, MIDNIGHT, ClosureForm, HoursForm
from models.scheduling.capacity.offer import Closure, Hours, Offer
from models.scheduling.capacity.vocabulary import Service
from state.scheduling.capacity.rows import clock_input, season_input, ticked

NEW_CLOSURE = {"what": "post", "from_time": "00:00", "until_time": "00:00", "absent": "1"}
_NEW_HOURS = {"service": str(Service.VETERINARY), "opens": "08:00", "closes": "12:00", "inspectors": "1"}


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong, by field."""

    errors: dict[str, str]


def known_hours(hours: Hours | None, line: str) -> dict[str, str]:
    """What the form of that line is filled in with, or that of a new one."""
    if hours is None:
        return _NEW_HOURS
    return {
        "line": line,
        "service": str(hours.service),
        DAYS[hours.weekday]: ticked(True),
        "opens": clock_input(hours.opens),
        "closes": clock_input(hours.closes),
        "inspectors": str(hours.inspectors),
        "season_from": season_input(hours.season_from),
        "season_to": season_input(hours.season_to),
        "on_holidays": ticked(hours.on_holidays),
    }


def hours_of(typed: HoursForm) -> list[Hours] | Faults:
    """The lines that were typed, one for each day that was ticked; or what is wrong with them."""
    hourses = [
        Hours(
            Service(typed.service),
            weekday,
            typed.opens,
            typed.closes or MIDNIGHT,
            typed.inspectors,
            typed.season_from,
            typed.season_to,
            typed.on_holidays,
        )
        for weekday, day in enumerate(DAYS)
        if getattr(typed, day)
    ]
    if not hourses:
        return Faults({DAYS[0]: "Cochez au moins un jour."})
    errors = wrong_hours(hourses[0])
    return Faults(errors) if errors else hourses


def closure_of(typed: ClosureForm, offer: Offer) -> Closure | Faults:
    """The closure or absence that was typed, on the post's clocks; or what is wrong with it."""
    kind, _, whose = typed.what.partition(":")
    service = whose if kind in ("service", "absent") and whose in set(Service) else ""
    bay_id = next((bay.id for bay in offer.bays if kind == "bay" and str(bay.id) == whose), None)
    absent = typed.absent if kind == "absent" else None
    starts = offer.clock(typed.from_day, typed.from_time)
    ends = offer.clock(typed.until_day or typed.from_day, typed.until_time)
    errors = {}
    if kind not in ("post", "service", "absent", "bay") or (kind == "bay" and bay_id is None):
        errors["what"] = "Choisissez ce qui est fermé."
    if ends <= starts:
        errors["until_day"] = (
            "La fin doit suivre le début. Pour un jour entier, mettez la fin au lendemain à 00:00."
        )
    if kind == "absent" and not absent:
        errors["absent"] = "Indiquez au moins un inspecteur absent."
    return Faults(errors) if errors else Closure(starts, ends, service, bay_id, absent, typed.reason)
