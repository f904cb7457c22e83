"""The forms of a post’s hours, closures and absences: from what was typed to values of the offer."""

from dataclasses import dataclass, field, replace

from models.scheduling.capacity.faults import wrong_hours
from models.scheduling.capacity.offer import Closure, Hours, Offer
from models.scheduling.capacity.vocabulary import Service
from models.scheduling.capacity.words import WEEKDAYS
from state.scheduling.capacity.rows import Item, clock_input, season_input
from state.scheduling.capacity.typed import (
    MIDNIGHT,
    Typed,
    Wrong,
    minutes_in,
    moment_in,
    number_in,
    season_in,
    word,
)


@dataclass
class HoursForm:
    """The fields of one line of hours; `key` is empty for a new one, which may be for several days."""

    key: str = ""
    service: str = Service.VETERINARY
    days: list[Item] = field(default_factory=list)
    opens: str = "08:00"
    closes: str = "12:00"
    inspectors: str = "1"
    season_from: str = ""
    season_to: str = ""
    on_holidays: bool = False
    error: str = ""
    version: int = 0
    """Another one draws the fields anew."""


@dataclass
class ClosureForm:
    """The fields of a closure or an absence."""

    what: str = "post"
    from_day: str = ""
    from_time: str = "00:00"
    until_day: str = ""
    until_time: str = "00:00"
    absent: str = "1"
    reason: str = ""
    error: str = ""
    version: int = 0


def hours_form(hours: Hours | None, key: str, version: int) -> HoursForm:
    """The form for that line, or for a new one."""
    ticked = [hours.weekday] if hours else []
    days = [Item(str(at), name.capitalize(), at in ticked) for at, name in enumerate(WEEKDAYS)]
    if hours is None:
        return HoursForm(days=days, version=version)
    return HoursForm(
        key,
        hours.service,
        days,
        clock_input(hours.opens),
        clock_input(hours.closes),
        str(hours.inspectors),
        season_input(hours.season_from),
        season_input(hours.season_to),
        hours.on_holidays,
        version=version,
    )


def typed_hours(form: Typed, before: HoursForm) -> HoursForm:
    """What was typed, to show it again beside what is wrong with it."""
    days = [Item(item.value, item.label, bool(form.get(f"jour-{item.value}"))) for item in before.days]
    words = {
        name: word(form, name)
        for name in ("service", "opens", "closes", "inspectors", "season_from", "season_to")
    }
    return replace(before, days=days, on_holidays=bool(form.get("on_holidays")), **words)  # type: ignore[arg-type]


def read_hours(form: HoursForm) -> list[Hours]:
    """The lines that were typed, one for each day that was ticked.

    Raises:
        Wrong: with what to correct.
    """
    days = [int(item.value) for item in form.days if item.checked]
    if not days:
        raise Wrong("Cochez au moins un jour.")
    if form.service not in set(Service):
        raise Wrong("Choisissez un service.")
    season = (season_in(form.season_from), season_in(form.season_to))
    closes = minutes_in(form.closes, "de fermeture")
    hourses = [
        Hours(
            Service(form.service),
            day,
            minutes_in(form.opens, "d’ouverture"),
            closes or MIDNIGHT,
            number_in(form.inspectors, "le nombre d’inspecteurs"),
            *season,
            form.on_holidays,
        )
        for day in days
    ]
    for hours in hourses:
        for said in wrong_hours(hours):
            raise Wrong(said.split("\u00a0: ", 1)[-1])
    return hourses


def typed_closure(form: Typed, before: ClosureForm) -> ClosureForm:
    """What was typed, to show it again beside what is wrong with it."""
    names = ("what", "from_day", "from_time", "until_day", "until_time", "absent", "reason")
    words = {name: word(form, name) for name in names}
    return replace(before, **words)  # type: ignore[arg-type]


def read_closure(form: ClosureForm, offer: Offer) -> Closure:
    """The closure or absence that was typed, on the post's clocks.

    Raises:
        Wrong: with what to correct.
    """
    kind, _, whose = form.what.partition(":")
    service = whose if kind in ("service", "absent") and whose in set(Service) else ""
    bays = {str(bay.id): bay.id for bay in offer.bays}
    if kind not in ("post", "service", "absent", "bay") or (kind == "bay" and whose not in bays):
        raise Wrong("Choisissez ce qui est fermé.")
    starts = moment_in(offer, form.from_day, form.from_time, "de début")
    ends = moment_in(offer, form.until_day or form.from_day, form.until_time, "de fin")
    if ends <= starts:
        raise Wrong("La fin doit suivre le début. Pour un jour entier, mettez la fin au lendemain à 00:00.")
    absent = number_in(form.absent, "le nombre d’inspecteurs absents") if kind == "absent" else None
    if absent == 0:
        raise Wrong("Indiquez au moins un inspecteur absent.")
    return Closure(starts, ends, service, bays.get(whose) if kind == "bay" else None, absent, form.reason)
