"""The French of alerts and thresholds (SES-21, SES-50)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from models.border.passage.steps import ROWS
from models.border.passage.words import CHED_TYPES, STEPS
from models.kernel import french
from models.signals.alerts.rules import OF_CONSIGNMENTS, Quantity

QUANTITIES: Mapping[str, str] = {
    Quantity.STEP_AGE: "Durée d’une étape",
    Quantity.QUEUE_LENGTH: "Longueur d’une file",
    Quantity.APPOINTMENTS_MISSED: "Rendez-vous non honorés",
    Quantity.RELEASED_UNDECIDED: "BAE sans décision sur le DSCE",
    Quantity.DECIDED_UNDECLARED: "Décision sans déclaration",
    Quantity.LABORATORY_OVERDUE: "Résultat de laboratoire en retard",
    Quantity.REFUSALS: "Refus inhabituels",
}

_SHORT: Mapping[str, str] = {
    Quantity.STEP_AGE: "étape longue",
    Quantity.RELEASED_UNDECIDED: "BAE sans décision",
    Quantity.DECIDED_UNDECLARED: "non déclaré",
    Quantity.LABORATORY_OVERDUE: "labo en retard",
}
_MISSED = ("rendez-vous non honoré", "rendez-vous non honorés")


def short(quantity: str) -> str:
    """How a list says that a consignment has an alert: `étape longue`."""
    return _SHORT.get(quantity, "seuil franchi")


def value(quantity: str, number: int) -> str:
    """A value in its unit: `2 h 30`, `9 envois`, `3 rendez-vous`."""
    if quantity in OF_CONSIGNMENTS:
        return french.duration(timedelta(minutes=number))
    if quantity == Quantity.APPOINTMENTS_MISSED:
        return f"{french.number(number)}{french.NBSP}rendez-vous"
    return french.plural(number, "refus", "refus") if quantity == Quantity.REFUSALS else _consignments(number)


def _consignments(number: int) -> str:
    return french.plural(number, "envoi", "envois")


def headline(quantity: str, step: str, number: int, title: str) -> str:
    """What is wrong, in one line: `Avocats du Pérou : documents à vérifier depuis 2 h 35`."""
    if quantity in OF_CONSIGNMENTS:
        return f"{title}{french.NBSP}: {_about(quantity, step)} {value(quantity, number)}"
    if quantity == Quantity.QUEUE_LENGTH:
        where = f" au {french.lower_first(STEPS[step])}" if step in _MASCULINE else ""
        return f"{_consignments(number)} en attente{where or _at(step)}"
    if quantity == Quantity.APPOINTMENTS_MISSED:
        return f"{french.plural(number, *_MISSED)} en 24{french.NBSP}h"
    return f"{french.plural(number, 'entrée refusée', 'entrées refusées')} en 24{french.NBSP}h"


_MASCULINE = frozenset({"documentary", "identity", "physical", "release"})


def _at(step: str) -> str:
    return f"{french.NBSP}: {french.lower_first(STEPS[step])}" if step in STEPS else ""


def _about(quantity: str, step: str) -> str:
    if quantity == Quantity.RELEASED_UNDECIDED:
        return "BAE sans décision depuis"
    if quantity == Quantity.DECIDED_UNDECLARED:
        return "décision sans déclaration depuis"
    if quantity == Quantity.LABORATORY_OVERDUE:
        return "résultat du laboratoire en retard de"
    return (ROWS[step].awaited if step in ROWS else "") or "en attente depuis"


def crossed(quantity: str, opens_at: int, since: datetime, now: datetime) -> str:
    """Which threshold, and since when: `Seuil 2 h, franchi à 13 h 57`."""
    same_day = french.local(since).date() == french.local(now).date()
    when = f"à {french.hour(since)}" if same_day else f"le {french.moment(since, now)}"
    return f"Seuil {value(quantity, opens_at)}, franchi {when}"


def where(post: str, ched_type: str, step: str) -> str:
    """Where a threshold holds: `Tous les postes, contrôle documentaire`."""
    parts = [post or "Tous les postes"]
    parts += [CHED_TYPES[ched_type]] if ched_type in CHED_TYPES else []
    parts += [french.lower_first(STEPS[step])] if step in STEPS else []
    return ", ".join(parts)
