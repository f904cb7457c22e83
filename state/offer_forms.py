"""From what an officer typed to a value of the offer, or to sentences that say what to correct."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from models import french
from models.posts.checking import DEPARTMENTS, season_is_day, wrong_hours, wrong_terms
from models.posts.offer import BayOffer, Closure, Hours, Length, Offer
from models.posts.vocabulary import Control, Goods, Service
from models.posts.words import CONTROLS, GOODS, WEEKDAYS
from state.offer_rows import STEPS, Item, clock_input, season_input

Typed = Mapping[str, str | bool | None]
MIDNIGHT = 24 * 60
MOST_CONTAINERS = 99


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


@dataclass
class BayForm:
    """The fields of a bay; `key` is empty for a new one."""

    key: str = ""
    name: str = ""
    controls: list[Item] = field(default_factory=list)
    goods: list[Item] = field(default_factory=list)
    error: str = ""
    version: int = 0


class Wrong(Exception):
    """What was typed cannot be read; the sentence says how to mend it."""


def hours_form(one: Hours | None, key: str, version: int) -> HoursForm:
    """The form for that line, or for a new one."""
    ticked = [one.weekday] if one else []
    days = [Item(str(at), name.capitalize(), at in ticked) for at, name in enumerate(WEEKDAYS)]
    if one is None:
        return HoursForm(days=days, version=version)
    return HoursForm(
        key,
        one.service,
        days,
        clock_input(one.opens),
        clock_input(one.closes),
        str(one.inspectors),
        season_input(one.season_from),
        season_input(one.season_to),
        one.on_holidays,
        version=version,
    )


def typed_hours(form: Typed, before: HoursForm) -> HoursForm:
    """What was typed, to show it again beside what is wrong with it."""
    days = [Item(one.value, one.label, bool(form.get(f"jour-{one.value}"))) for one in before.days]
    words = {
        name: _word(form, name)
        for name in ("service", "opens", "closes", "inspectors", "season_from", "season_to")
    }
    return replace(before, days=days, on_holidays=bool(form.get("on_holidays")), **words)  # type: ignore[arg-type]


def read_hours(form: HoursForm) -> list[Hours]:
    """The lines that were typed, one for each day that was ticked.

    Raises:
        Wrong: with what to correct.
    """
    days = [int(one.value) for one in form.days if one.checked]
    if not days:
        raise Wrong("Cochez au moins un jour.")
    if form.service not in set(Service):
        raise Wrong("Choisissez un service.")
    season = (_season(form.season_from), _season(form.season_to))
    closes = _minutes(form.closes, "de fermeture")
    made = [
        Hours(
            Service(form.service),
            day,
            _minutes(form.opens, "d’ouverture"),
            closes or MIDNIGHT,
            _number(form.inspectors, "le nombre d’inspecteurs"),
            *season,
            form.on_holidays,
        )
        for day in days
    ]
    for one in made:
        for said in wrong_hours(one):
            raise Wrong(said.split(" : ", 1)[-1])
    return made


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
    starts = _moment(offer, form.from_day, form.from_time, "de début")
    ends = _moment(offer, form.until_day or form.from_day, form.until_time, "de fin")
    if ends <= starts:
        raise Wrong("La fin doit suivre le début. Pour un jour entier, mettez la fin au lendemain à 00:00.")
    absent = _number(form.absent, "le nombre d’inspecteurs absents") if kind == "absent" else None
    if absent == 0:
        raise Wrong("Indiquez au moins un inspecteur absent.")
    return Closure(starts, ends, service, bays.get(whose) if kind == "bay" else None, absent, form.reason)


def typed_closure(form: Typed, before: ClosureForm) -> ClosureForm:
    """What was typed, to show it again beside what is wrong with it."""
    names = ("what", "from_day", "from_time", "until_day", "until_time", "absent", "reason")
    words = {name: _word(form, name) for name in names}
    return replace(before, **words)  # type: ignore[arg-type]


def bay_form(bay: BayOffer | None, version: int) -> BayForm:
    """The form for that bay, or for a new one."""
    controls = bay.controls if bay else frozenset(STEPS)
    goods = bay.goods if bay else frozenset()
    return BayForm(
        str(bay.id) if bay else "",
        bay.name if bay else "",
        [Item(key, label, key in controls) for key, label in STEPS.items()],
        [Item(one, GOODS[one], one in goods) for one in Goods],
        version=version,
    )


def typed_bay(form: Typed, before: BayForm) -> BayForm:
    """What was typed, to show it again beside what is wrong with it."""

    def ticked(items: list[Item]) -> list[Item]:
        return [Item(one.value, one.label, bool(form.get(f"quai-{one.value}"))) for one in items]

    return replace(
        before, name=_word(form, "name"), controls=ticked(before.controls), goods=ticked(before.goods)
    )


def read_bay(form: BayForm, id_: int) -> BayOffer:
    """The bay that was typed; what is wrong with it, the check of all bays says."""
    controls = frozenset(one.value for one in form.controls if one.checked)
    goods = frozenset(one.value for one in form.goods if one.checked)
    return BayOffer(id_, " ".join(form.name.split()), controls, goods)


def read_lengths(form: Typed) -> tuple[Length, ...]:
    """The lengths that were typed; a line left empty has none of its own.

    Raises:
        Wrong: with what to correct.
    """
    found = []
    for control in Control:
        for goods in ("", *Goods):
            key = f"{control}.{goods}".replace("+", "-")
            first, more = _word(form, f"{key}.first"), _word(form, f"{key}.more")
            if not first and not more:
                continue
            what = f"{CONTROLS[control]}, {GOODS.get(goods, 'toutes marchandises').lower()}"
            if not first or not more:
                raise Wrong(f"{what} : donnez les deux durées, ou laissez les deux vides.")
            found.append(Length(control, goods, _number(first, what), _number(more, what)))
    return tuple(found)


def read_terms(form: Typed, offer: Offer) -> tuple[Offer, dict[str, str]]:
    """The offer with the rules that were typed, and what is wrong with them by field."""
    errors: dict[str, str] = {}

    def number(name: str, what: str) -> int:
        try:
            return _number(_word(form, name), what)
        except Wrong as wrong:
            errors[name] = str(wrong)
            return 0

    def notice(name: str) -> timedelta:
        try:
            return timedelta(minutes=round(float(_word(form, name).replace(",", ".")) * 60))
        except (ValueError, OverflowError):
            errors[name] = "Donnez un nombre d’heures, comme 4 ou 1,5."
            return timedelta()

    department = _word(form, "department").upper()
    made = replace(
        offer,
        department=department.zfill(2) if department.zfill(2) in DEPARTMENTS else department,
        phone=" ".join(_word(form, "phone").split()),
        four_hours=bool(form.get("four_hours")),
        confirms_itself=bool(form.get("confirms_itself")),
        wood_days=number("wood_days", "le préavis pour le bois"),
        horizon_days=number("horizon_days", "le nombre de jours"),
        step=timedelta(minutes=number("step", "le pas")),
        booking_notice=notice("booking_notice"),
        change_notice=notice("change_notice"),
    )
    return made, {name: french.typeset(said) for name, said in {**wrong_terms(made), **errors}.items()}


def read_day(typed: str) -> date | None:
    """A day as a date field gives it; None for anything else, or far from any post's plans."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def read_containers(typed: str) -> int:
    """How many containers.

    Raises:
        Wrong: with what to correct.
    """
    number = _number(typed.strip(), "le nombre de conteneurs")
    if not 1 <= number <= MOST_CONTAINERS:
        raise Wrong(f"Donnez de 1 à {MOST_CONTAINERS} conteneurs.")
    return number


def _word(form: Typed, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(typed: str, what: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        raise Wrong(
            f"Donnez {what} en chiffres."
            if what[:1].islower()
            else f"{what} : donnez des minutes, en chiffres."
        )
    return int(typed)


def _minutes(typed: str, which: str) -> int:
    hours, _, minutes = typed.partition(":")
    if not (hours.isascii() and hours.isdigit() and minutes[:2].isascii() and minutes[:2].isdigit()):
        raise Wrong(f"Donnez l’heure {which}, comme 08:30.")
    total = int(hours[:2]) * 60 + int(minutes[:2])
    if total > MIDNIGHT:
        raise Wrong(f"Donnez l’heure {which}, comme 08:30.")
    return total


def _season(typed: str) -> str:
    day, _, month = typed.replace("-", "/").replace(".", "/").partition("/")
    made = f"{month.zfill(2)}-{day.zfill(2)}" if typed else ""
    if made and not season_is_day(made):
        raise Wrong("Donnez le jour et le mois d’une saison, comme 01/04.")
    return made


def _moment(offer: Offer, day: str, time: str, which: str) -> datetime:
    found = read_day(day)
    if found is None:
        raise Wrong(f"Donnez la date {which}.")
    return offer.clock(found, _minutes(time or "00:00", which))
