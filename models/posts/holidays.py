"""Local public holidays and working days. Pure.

The dates come from the library `holidays`, which keeps them up to date and knows the local ones: Good Friday and
26 December in Bas-Rhin, Haut-Rhin and Moselle, the abolition of slavery overseas.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays as library

from models.kernel import french

_SUBDIVISIONS: Mapping[str, str] = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
"""Departments and territories with holidays of their own; the others keep the national ones."""
SATURDAY = 5


@lru_cache(256)
def _of(department: str, year: int) -> Mapping[date, str]:
    holiday_base = library.country_holidays(
        "FR", subdiv=_SUBDIVISIONS.get(department), years=year, language="fr"
    )
    return {day: str(name) for day, name in holiday_base.items()}


def holiday(day: date, department: str) -> str:
    """`Vendredi saint`: the public holiday kept in that department on that day; empty when it is none."""
    return french.typeset(_of(department, day.year).get(day, ""))


def is_working(day: date, department: str) -> bool:
    """Whether it is a working day there: neither Saturday, nor Sunday, nor a local public holiday."""
    return day.weekday() < SATURDAY and not holiday(day, department)


def next_working(day: date, department: str) -> date:
    """The first working day after that day."""
    day += timedelta(days=1)
    while not is_working(day, department):
        day += timedelta(days=1)
    return day
