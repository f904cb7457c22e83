"""Assistance: what can be asked, what a request must hold, the hotline's hours. Data and pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import holidays
from stdnum.fr import siren as siren_number

from models.identity.accounts.rules import is_address, same_address
from models.kernel import french

SUBJECTS: Mapping[str, str] = {
    "account": "Mon compte ou ma connexion",
    "rights": "Mes habilitations",
    "consignment": "Un envoi",
    "payment": "Un paiement ou une déclaration",
    "accessibility": "L’accessibilité du site",
    "other": "Autre chose",
}
SERVICE = "le pôle d’assistance TOSCANE"
EXPECTED = "2 jours ouvrés"
RATINGS: Mapping[int, str] = {
    1: "Très mécontent",
    2: "Plutôt mécontent",
    3: "Sans opinion",
    4: "Plutôt content",
    5: "Très content",
}
LONGEST_TEXT = 2000
LONGEST_LINE = 200
OPENS, CLOSES = time(8), time(18)
_SHORTEST_TEXT = 10
_SATURDAY = 5
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class HelpForm:
    """A request as it was typed."""

    name: str = ""
    email: str = ""
    siren: str = ""
    company: str = ""
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A request that can be filed, or what is wrong with it: French sentences by field."""

    form: HelpForm
    errors: Mapping[str, str] = field(default_factory=dict)


def check(form: HelpForm) -> Checked:
    """The request tidied, and what to correct in it (PPR-52). The company may be left out."""
    siren = "".join(form.siren.split())
    tidy = HelpForm(
        " ".join(form.name.split())[:LONGEST_LINE],
        same_address(form.email),
        siren,
        " ".join(form.company.split())[:LONGEST_LINE],
        form.subject,
        form.text.strip()[:LONGEST_TEXT],
    )
    errors = {
        "name": "" if tidy.name else "Donnez votre nom.",
        "email": "" if is_address(tidy.email) else "Écrivez l’adresse en entier, par exemple prenom.nom@entreprise.fr.",
        "siren": "" if not siren or siren_number.is_valid(siren) else "Ce SIREN n’existe pas\u00a0: neuf chiffres, dont le dernier vérifie les autres.",
        "subject": "" if tidy.subject in SUBJECTS else "Choisissez un sujet.",
        "text": "" if len(tidy.text) >= _SHORTEST_TEXT else "Décrivez la difficulté en une phrase au moins.",
    }  # fmt: skip
    return Checked(tidy, {name: french.typeset(said) for name, said in errors.items() if said})


def is_open(at: datetime) -> bool:
    """Whether the hotline answers: from 8 to 18 h in Paris, on working days (PPR-52)."""
    there = french.local(at)
    return _works(there.date()) and OPENS <= there.time() < CLOSES


def hours_now(at: datetime) -> str:
    """`Ouverte jusqu’à 18 h`, or when it opens again: `Fermée. Elle rouvre lundi à 8 h.`"""
    there = french.local(at)
    if is_open(at):
        return f"Ouverte jusqu’à {CLOSES.hour}{french.NBSP}h"
    day = there.date() if there.time() < OPENS else there.date() + timedelta(days=1)
    while not _works(day):
        day += timedelta(days=1)
    when = "aujourd’hui" if day == there.date() else _named(day, there.date())
    return f"Fermée. Elle rouvre {when} à {OPENS.hour}{french.NBSP}h."


def _named(day: date, today: date) -> str:
    return (
        "demain"
        if day - today == timedelta(days=1)
        else f"{_DAYS[day.weekday()]} {french.day(day, year=False)}"
    )


def _works(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays.country_holidays("FR", years=day.year)
