"""What is wrong with an edited offer, in sentences that say how to mend it. Pure (SES-12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from models.kernel import french
from models.scheduling.capacity.changes import Section
from models.scheduling.capacity.offer import BayOffer, Hours, Length, Offer
from models.scheduling.capacity.vocabulary import Control, Goods, Service
from models.scheduling.capacity.words import CONTROLS, GOODS, SERVICES, WEEKDAYS

STEPS = (15, 30, 45, 60)
"""Minutes between two starts."""
DEPARTMENTS = frozenset(
    {f"{number:02}" for number in range(1, 96) if number != 20}
    | {"2A", "2B", "971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"}
)
MOST_INSPECTORS = 50
MOST_DAYS = 365
LONGEST_CONTROL = 480
LONGEST_NOTICE = timedelta(days=14)
LONGEST_NAME = 40
LONGEST_REASON = 200
LONGEST_ADDRESS = 160
_MIDNIGHT = 24 * 60
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct, in the part of the offer that it is about."""

    section: Section
    sentence: str


def problems(offer: Offer) -> list[Problem]:
    """All that must be corrected before the offer can be kept; nothing when it can."""
    found = [(Section.HOURS, said) for said in _wrong_lines(offer)]
    found += [(Section.HOURS, said) for said in _overlaps(offer)]
    found += [(Section.CLOSURES, said) for said in _wrong_closures(offer)]
    found += [(Section.BAYS, said) for _, said in wrong_bays(offer.bays)]
    found += [(Section.LENGTHS, said) for said in _wrong_lengths(offer.lengths)]
    found += [(Section.TERMS, said) for said in wrong_terms(offer).values()]
    return [Problem(section, french.typeset(said)) for section, said in found]


def clock_words(minutes: int) -> str:
    """`8 h 30`; midnight at the end of the day is `24 h 00`."""
    return f"{minutes // 60}{french.NBSP}h{french.NBSP}{minutes % 60:02}"


def season_is_day(month_day: str) -> bool:
    """Whether `02-29` and the like name a day that some year has."""
    month, _, day = month_day.partition("-")
    if len(month_day) != 5 or not (month.isascii() and month.isdigit() and day.isascii() and day.isdigit()):
        return False
    return 1 <= int(month) <= 12 and 1 <= int(day) <= _DAYS_IN[int(month) - 1]


def wrong_hours(hours: Hours) -> dict[str, str]:
    """What is wrong with one line of hours by field, whatever the others are."""
    found = {}
    for name in ("opens", "closes"):
        if getattr(hours, name) % 15:
            found[name] = "Les heures se donnent par quarts d’heure, comme 8\u00a0h\u00a015."
    if not 0 <= hours.opens < hours.closes <= _MIDNIGHT:
        found["closes"] = (
            f"La fermeture ({clock_words(hours.closes)}) doit suivre l’ouverture ({clock_words(hours.opens)}). "
            "Pour fermer à minuit, indiquez 00:00."
        )
    if not 1 <= hours.inspectors <= MOST_INSPECTORS:
        found["inspectors"] = (
            f"Indiquez de 1 à {MOST_INSPECTORS} inspecteurs. Sans inspecteur, supprimez la plage."
        )
    if bool(hours.season_from) != bool(hours.season_to):
        found["season_to" if hours.season_from else "season_from"] = (
            "Une saison a un premier et un dernier jour. Laissez les deux vides pour toute l’année."
        )
    elif hours.season_from and not (season_is_day(hours.season_from) and season_is_day(hours.season_to)):
        found["season_from"] = (
            "Une saison va d’un jour à un autre, comme du 01/04 au 30/09 (le 29/02 est admis)."
        )
    return found


def _wrong_lines(offer: Offer) -> Iterator[str]:
    for hours in offer.hours:
        where = f"{WEEKDAYS[hours.weekday].capitalize()}, {SERVICES[hours.service].lower()}"
        for sentence in wrong_hours(hours).values():
            yield f"{where}\u00a0: {french.lower_first(sentence)}"


def _overlaps(offer: Offer) -> Iterator[str]:
    for service in Service:
        for weekday, name in enumerate(WEEKDAYS):
            here = [hours for hours in offer.hours if (hours.service, hours.weekday) == (service, weekday)]
            for hours, other in combinations(here, 2):
                if hours.opens < other.closes and other.opens < hours.closes and _same_season(hours, other):
                    spans = [f"{clock_words(it.opens)} – {clock_words(it.closes)}" for it in (hours, other)]
                    yield (
                        f"{name.capitalize()}, {SERVICES[service].lower()}\u00a0: les plages {spans[0]} et {spans[1]} "
                        "se chevauchent. Séparez-les, ou donnez-leur des saisons différentes."
                    )


def _same_season(hours: Hours, other: Hours) -> bool:
    if not (hours.season_from and hours.season_to and other.season_from and other.season_to):
        return True
    return any(_in_season(day, other) for day in (hours.season_from, hours.season_to)) or any(
        _in_season(day, hours) for day in (other.season_from, other.season_to)
    )


def _in_season(day: str, hours: Hours) -> bool:
    if hours.season_from <= hours.season_to:
        return hours.season_from <= day <= hours.season_to
    return day >= hours.season_from or day <= hours.season_to


def _wrong_closures(offer: Offer) -> Iterator[str]:
    bays = {bay.id for bay in offer.bays}
    for closure in offer.closures:
        if closure.ends_at <= closure.starts_at:
            yield "Une fermeture doit finir après son début\u00a0: corrigez ses dates et ses heures."
        if closure.absent is not None and not 1 <= closure.absent <= MOST_INSPECTORS:
            yield f"Indiquez de 1 à {MOST_INSPECTORS} inspecteurs absents."
        if closure.absent is not None and closure.bay_id is not None:
            yield "Une absence concerne un service, pas un quai\u00a0: retirez le quai, ou saisissez une fermeture."
        if closure.bay_id is not None and closure.bay_id not in bays and closure.bay_id < 0:
            yield "Une fermeture porte sur un quai que vous avez retiré\u00a0: supprimez-la aussi."
        if len(closure.reason) > LONGEST_REASON:
            yield f"Le motif d’une fermeture tient en {LONGEST_REASON} caractères."


def wrong_bays(bays: tuple[BayOffer, ...]) -> Iterator[tuple[str, str]]:
    """What is wrong with the bays, each and together: the part, `name`, `controls` or `goods`, and the sentence."""
    names = [bay.name.strip().casefold() for bay in bays]
    for at, (bay, name) in enumerate(zip(bays, names, strict=True)):
        if not name or len(name) > LONGEST_NAME:
            yield (
                "name",
                f"Donnez à chaque quai un nom de {LONGEST_NAME} caractères au plus, comme «\u00a0Quai 3\u00a0».",
            )
        elif name in names[:at]:
            yield (
                "name",
                f"Deux quais s’appellent «\u00a0{bay.name}\u00a0»\u00a0: donnez-leur des noms différents.",
            )
        if not bay.controls or not bay.controls <= {step for control in Control for step in control.steps}:
            yield "controls", f"{bay.name}\u00a0: cochez au moins un contrôle, ou retirez le quai."
        if not bay.goods or not bay.goods <= set(Goods):
            yield "goods", f"{bay.name}\u00a0: cochez au moins une sorte de marchandise, ou retirez le quai."


def _wrong_lengths(lengths: tuple[Length, ...]) -> Iterator[str]:
    for length in lengths:
        what = f"{CONTROLS[length.control]}, {GOODS.get(length.goods, 'toutes marchandises').lower()}"
        if not 5 <= length.first <= LONGEST_CONTROL:
            yield f"{what}\u00a0: le premier conteneur demande de 5 à {LONGEST_CONTROL} minutes."
        if not 0 <= length.more <= LONGEST_CONTROL:
            yield f"{what}\u00a0: chaque conteneur suivant demande de 0 à {LONGEST_CONTROL} minutes."


def wrong_terms(offer: Offer) -> dict[str, str]:
    """What is wrong with the terms, by field."""
    found = {}
    if offer.department not in DEPARTMENTS:
        found["department"] = "Donnez le numéro du département du poste, comme 76, 2A ou 974."
    if not 1 <= offer.wood_days <= 5:
        found["wood_days"] = "Le préavis pour le bois va de 1 à 5 jours ouvrés."
    for name, words in (("booking_notice", "de réservation"), ("change_notice", "de changement")):
        if not timedelta() <= getattr(offer, name) <= LONGEST_NOTICE:
            found[name] = f"Le délai {words} va de 0 à {LONGEST_NOTICE.days} jours."
    if not 1 <= offer.horizon_days <= MOST_DAYS:
        found["horizon_days"] = f"On réserve de 1 à {MOST_DAYS} jours à l’avance."
    if offer.step not in [timedelta(minutes=step) for step in STEPS]:
        found["step"] = "Un rendez-vous commence toutes les 15, 30, 45 ou 60 minutes."
    return found | _wrong_contact(offer)


def _wrong_contact(offer: Offer) -> dict[str, str]:
    found = {}
    digits = sum(char.isdigit() for char in offer.phone)
    if offer.phone and not (
        digits >= 4 and set(offer.phone) <= set("+0123456789 .()-\u00a0") and len(offer.phone) <= 30
    ):
        found["phone"] = "Donnez un numéro de téléphone, comme 02 35 00 00 00, ou laissez vide."
    if len(offer.address) > LONGEST_ADDRESS:
        found["address"] = f"Raccourcissez l’adresse\u00a0: {LONGEST_ADDRESS} caractères au plus."
    return found
