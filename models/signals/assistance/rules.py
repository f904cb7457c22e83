"""Assistance: what can be asked, what a request must hold, the hotline's hours. Data and pure functions."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import holidays

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
_SATURDAY = 5
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


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
