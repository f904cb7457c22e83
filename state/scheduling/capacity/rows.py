"""What a post offers, as its page shows it: French words and the values of form fields."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.kernel import french
from models.kernel.forms.inputs import TICKED
from models.scheduling.capacity.changes import Section
from models.scheduling.capacity.offer import BayOffer, Closure, Hours, Offer
from models.scheduling.capacity.vocabulary import Goods, Service
from models.scheduling.capacity.words import GOODS, SERVICES, WEEKDAYS
from models.scheduling.slots.words import clock_at, day_of

SECTIONS = {
    Section.HOURS: "Horaires",
    Section.CLOSURES: "Fermetures et absences",
    Section.BAYS: "Quais",
    Section.LENGTHS: "Durées",
    Section.TERMS: "Règles",
}
STEPS = {"identity": "Identité", "physical": "Physique"}


@dataclass
class Item:
    """One choice of a list, or one box to tick."""

    value: str = ""
    label: str = ""
    checked: bool = False


@dataclass
class PostHead:
    """The post whose offer it is."""

    code: str = ""
    lead: str = ""
    others: list[Item] = field(default_factory=list)
    """The posts to choose from; empty when there is one."""
    editable: bool = False
    stale: bool = False
    """Whether somebody else changed it since it was opened here."""


@dataclass
class Unsaved:
    """What is not saved yet."""

    changes: str = ""
    """`Horaires, Quais`; empty when nothing differs."""
    undoable: bool = False
    problems: list[str] = field(default_factory=list)


@dataclass
class SpanRow:
    """One line of hours, in its day."""

    key: str = ""
    label: str = ""
    detail: str = ""
    name: str = ""
    """What it is, for who hears it: `lundi, vétérinaire, 8 h 00 à 12 h 00`."""
    chosen: bool = False


@dataclass
class DayRow:
    """One weekday of one service."""

    label: str = ""
    spans: list[SpanRow] = field(default_factory=list)


@dataclass
class ServiceRow:
    """The week of one service."""

    key: str = ""
    label: str = ""
    days: list[DayRow] = field(default_factory=list)


@dataclass
class LineRow:
    """A closure, or a bay: what it is, its details, and the key of its buttons."""

    key: str = ""
    title: str = ""
    details: list[str] = field(default_factory=list)
    first: bool = False
    last: bool = False


def ticked(yes: bool) -> str:
    """What a box that is ticked, or not, is filled in with."""
    return TICKED if yes else ""


def clock_input(minutes: int) -> str:
    """As a time field wants it: `08:30`; midnight at the end of the day is `00:00`."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def clock_words(minutes: int) -> str:
    """`8 h 30`."""
    return f"{minutes // 60}{french.NBSP}h{french.NBSP}{minutes % 60:02}"


def season_input(month_day: str) -> str:
    """`01/04` for `04-01`."""
    return f"{month_day[3:]}/{month_day[:2]}" if month_day else ""


def week(offer: Offer, chosen: int | None) -> list[ServiceRow]:
    """The hours of each service, day by day; a line is known by its place in the offer."""
    return [
        ServiceRow(
            service,
            SERVICES[service],
            [
                DayRow(
                    name.capitalize(),
                    [
                        span(number, hours, chosen=number == chosen)
                        for number, hours in sorted(enumerate(offer.hours), key=lambda it: it[1].opens)
                        if (hours.service, hours.weekday) == (service, weekday)
                    ],
                )
                for weekday, name in enumerate(WEEKDAYS)
            ],
        )
        for service in Service
    ]


def span(number: int, hours: Hours, *, chosen: bool = False) -> SpanRow:
    """One line of hours."""
    label = f"{clock_words(hours.opens)} – {clock_words(hours.closes)}"
    details = [french.plural(hours.inspectors, "inspecteur")]
    if hours.season_from:
        details.append(f"du {season_input(hours.season_from)} au {season_input(hours.season_to)}")
    if hours.on_holidays:
        details.append("fériés compris")
    name = f"{WEEKDAYS[hours.weekday]}, {SERVICES[hours.service].lower()}, {label}"
    return SpanRow(str(number), label, ", ".join(details), name, chosen)


def closure_rows(offer: Offer, now: datetime) -> list[LineRow]:
    """The closures and absences that are not over, the next first; known by their place in the offer."""
    coming = [(number, closure) for number, closure in enumerate(offer.closures) if closure.ends_at > now]
    return [
        LineRow(
            str(number),
            closure_title(offer, closure),
            [_span_words(offer, closure), *([closure.reason] if closure.reason else [])],
        )
        for number, closure in sorted(coming, key=lambda it: it[1].starts_at)
    ]


def closure_title(offer: Offer, closure: Closure) -> str:
    """`Quai 3 fermé`, `Vétérinaire : 1 inspecteur absent`, `Poste fermé`."""
    service = SERVICES.get(closure.service, "")
    if closure.absent is not None:
        who = french.plural(closure.absent, "inspecteur absent", "inspecteurs absents")
        return french.typeset(f"{service or 'Tous services'} : {who}")
    if closure.bay_id is not None:
        name = next((bay.name for bay in offer.bays if bay.id == closure.bay_id), "Quai retiré")
        return f"{name}, fermé"
    return french.typeset(f"{service} : service fermé") if service else "Poste fermé"


def _span_words(offer: Offer, closure: Closure) -> str:
    begins, ends = offer.local(closure.starts_at), offer.local(closure.ends_at)
    if begins.date() == ends.date():
        return f"{day_of(begins.date())}, de {clock_at(closure.starts_at, offer)} à {clock_at(closure.ends_at, offer)}"
    return (
        f"du {day_of(begins.date())} à {clock_at(closure.starts_at, offer)} "
        f"au {day_of(ends.date())} à {clock_at(closure.ends_at, offer)}"
    )


def bay_rows(offer: Offer) -> list[LineRow]:
    """The bays, in the order of the plan."""
    last = len(offer.bays) - 1
    return [
        LineRow(str(bay.id), bay.name, _bay_words(bay), at == 0, at == last)
        for at, bay in enumerate(offer.bays)
    ]


def _bay_words(bay: BayOffer) -> list[str]:
    checks = [label for key, label in STEPS.items() if key in bay.controls]
    goods = [GOODS[goods] for goods in Goods if goods in bay.goods]
    return [
        french.typeset(f"Contrôles : {', '.join(checks).lower()}"),
        french.typeset(f"Marchandises : {', '.join(goods).lower()}"),
    ]


def hours_typed(hours: float) -> str:
    """`1.5`, `24`: as a number field wants it."""
    return f"{hours:.2f}".rstrip("0").rstrip(".")


def places(offer: Offer) -> list[Item]:
    """What may be closed, or short of inspectors."""
    services = [Item(f"service:{one}", f"Service {SERVICES[one].lower()}, fermé") for one in Service]
    bays = [Item(f"bay:{bay.id}", f"{bay.name}, fermé") for bay in offer.bays]
    away = [
        Item(f"absent:{one}", french.typeset(f"{SERVICES[one]} : inspecteurs absents")) for one in Service
    ]
    return [Item("post", "Tout le poste, fermé"), *services, *bays, *away]


def changed_words(sections: Sequence[Section]) -> str:
    """`Horaires, Quais`."""
    return ", ".join(SECTIONS[section] for section in sections)
