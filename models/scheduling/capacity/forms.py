"""The forms of what a post offers: hours, closures, bays, lengths, rules, a week to look at (SES-12)."""

from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, create_model

from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind
from models.scheduling.capacity.faults import (
    LONGEST_ADDRESS,
    LONGEST_CONTROL,
    LONGEST_NAME,
    LONGEST_REASON,
    MOST_INSPECTORS,
    STEPS,
    season_is_day,
)
from models.scheduling.capacity.vocabulary import Control, Goods
from models.scheduling.capacity.words import CONTROLS, GOODS, SERVICES

MIDNIGHT = 24 * 60
MOST_CONTAINERS = 99
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_MOST = 99_999
_OPENS, _CLOSES = "Donnez l’heure d’ouverture, comme 08:30.", "Donnez l’heure de fermeture, comme 08:30."
_TIME = "Donnez l’heure, comme 08:30."
_INSPECTORS = f"Indiquez de 1 à {MOST_INSPECTORS} inspecteurs. Sans inspecteur, supprimez la plage."
_SEASON = "Donnez le jour et le mois d’une saison, comme 01/04."
_NOTICE = "Donnez un nombre d’heures, comme 4 ou 1,5."
_DIGITS = "Donnez le nombre de jours en chiffres."
_WEEK = "Choisissez une semaine."
_CONTAINERS = f"Donnez de 1 à {MOST_CONTAINERS} conteneurs."


def _minutes(typed: str) -> int:
    hours, _, minutes = typed.partition(":")
    if not (hours + minutes[:2]).isascii() or not hours.isdigit() or not minutes[:2].isdigit():
        raise ValueError(typed)
    total = int(hours) * 60 + int(minutes[:2])
    if total > MIDNIGHT:
        raise ValueError(typed)
    return total


def _day(typed: str) -> date:
    day = date.fromisoformat(typed)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(typed)
    return day


def _season(typed: str) -> str:
    day, _, month = typed.replace("-", "/").replace(".", "/").partition("/")
    made = f"{month.zfill(2)}-{day.zfill(2)}"
    if not season_is_day(made):
        raise ValueError(typed)
    return made


def _department(typed: str) -> str:
    return typed.upper().zfill(2)


def _notice(typed: str) -> timedelta:
    try:
        return timedelta(minutes=round(float(typed.replace(",", ".")) * 60))
    except OverflowError:
        raise ValueError(typed) from None


Minutes = Annotated[int, BeforeValidator(_minutes)]
"""A time of the day, in minutes since midnight, up to 24:00."""
Day = Annotated[date, BeforeValidator(_day)]
Season = Annotated[str, AfterValidator(_season)]
"""`04-01`, typed as `01/04`."""
Notice = Annotated[timedelta, BeforeValidator(_notice)]
"""Typed in hours, as 1,5."""
Count = Annotated[int, Field(ge=0, le=_MOST)]


class HoursForm(Form):
    """One line of hours, or several alike for several days."""

    key: ClassVar[str] = "hours"

    line: Annotated[str, Input("Plage", Kind.HIDDEN, longest=5)] = ""
    """The line that is replaced, by its place; empty for a new one."""
    service: Annotated[
        str, Input("Service", Kind.SELECT, choices=SERVICES, missing="Choisissez un service.", invalid="Choisissez un service.")
    ]  # fmt: skip
    monday: Annotated[bool, Input("Lundi", Kind.TICK)] = False
    tuesday: Annotated[bool, Input("Mardi", Kind.TICK)] = False
    wednesday: Annotated[bool, Input("Mercredi", Kind.TICK)] = False
    thursday: Annotated[bool, Input("Jeudi", Kind.TICK)] = False
    friday: Annotated[bool, Input("Vendredi", Kind.TICK)] = False
    saturday: Annotated[bool, Input("Samedi", Kind.TICK)] = False
    sunday: Annotated[bool, Input("Dimanche", Kind.TICK)] = False
    opens: Annotated[Minutes, Input("Ouverture", Kind.TIME, missing=_OPENS, invalid=_OPENS, step="900")]
    closes: Annotated[Minutes, Input("Fermeture", Kind.TIME, missing=_CLOSES, invalid=_CLOSES, step="900")]
    inspectors: Annotated[
        Count, Input("Inspecteurs", Kind.NUMBER, missing=_INSPECTORS, invalid=_INSPECTORS, least="1")
    ]
    season_from: Annotated[Season, Input("Saison, du", hint="Jour/mois, comme 01/04", invalid=_SEASON)] = ""
    season_to: Annotated[Season, Input("Saison, au", hint="Vide pour toute l’année", invalid=_SEASON)] = ""
    on_holidays: Annotated[bool, Input("Aussi les jours fériés", Kind.TICK)] = False


class ClosureForm(Form):
    """What is closed, or who is away, from when to when."""

    key: ClassVar[str] = "closure"

    what: Annotated[str, Input("Quoi", Kind.SELECT, missing="Choisissez ce qui est fermé.", longest=64)]
    from_day: Annotated[
        Day, Input("Du", Kind.DATE, missing="Donnez la date de début.", invalid="Donnez la date de début.")
    ]
    from_time: Annotated[Minutes, Input("à", Kind.TIME, missing=_TIME, invalid=_TIME)]
    until_day: Annotated[
        Day | None, Input("Au", Kind.DATE, hint="Vide pour le même jour.", invalid="Donnez la date de fin.")
    ] = None
    until_time: Annotated[Minutes, Input("à", Kind.TIME, missing=_TIME, invalid=_TIME)]
    absent: Annotated[
        Count | None,
        Input(
            "Inspecteurs absents", Kind.NUMBER, hint="Ne compte que pour une absence.",
            invalid="Donnez le nombre d’inspecteurs absents en chiffres.", least="1",
        ),
    ] = None  # fmt: skip
    reason: Annotated[
        str, Input("Motif", hint="Les opérateurs le lisent. Aucun nom d’agent.", longest=LONGEST_REASON)
    ] = ""


class BayForm(Form):
    """The name of a bay, and what it can take."""

    key: ClassVar[str] = "bay"

    bay: Annotated[str, Input("Quai", Kind.HIDDEN, longest=20)] = ""
    """The bay that is changed; empty for a new one."""
    name: Annotated[
        str,
        Input(
            "Nom du quai", longest=LONGEST_NAME,
            missing=f"Donnez au quai un nom de {LONGEST_NAME} caractères au plus, comme «\u00a0Quai 3\u00a0».",
        ),
    ]  # fmt: skip
    identity: Annotated[bool, Input("Identité", Kind.TICK)] = False
    physical: Annotated[bool, Input("Physique", Kind.TICK)] = False
    live_animals: Annotated[bool, Input(GOODS[Goods.LIVE_ANIMALS], Kind.TICK)] = False
    cold: Annotated[bool, Input(GOODS[Goods.COLD], Kind.TICK)] = False
    plants: Annotated[bool, Input(GOODS[Goods.PLANTS], Kind.TICK)] = False
    dry: Annotated[bool, Input(GOODS[Goods.DRY], Kind.TICK)] = False


def length_name(control: Control, goods: str, part: str) -> str:
    """The field of the minutes of that control of those goods; `part` is `first` or `more`."""
    return f"{control}_{goods or 'any'}_{part}".replace("+", "_")


def _lengths() -> dict[str, Any]:
    """A field for the first container and for each more, of every control of every kind of goods."""
    parts = (("first", "1er conteneur", 5), ("more", "suivants", 0))
    fields: dict[str, Any] = {}
    for control in Control:
        for goods in ("", *Goods):
            for part, words, least in parts:
                what = f"{CONTROLS[control]}, {GOODS.get(goods, 'toutes marchandises').lower()}, {words}"
                asked = Input(
                    what, Kind.NUMBER, invalid=f"Donnez de {least} à {LONGEST_CONTROL} minutes, en chiffres.",
                    least=str(least), step="5",
                )  # fmt: skip
                number = Annotated[int | None, Field(ge=least, le=LONGEST_CONTROL), asked]
                fields[length_name(control, goods, part)] = (number, None)
    return fields


LengthsForm = create_model(
    "LengthsForm", __base__=Form, __module__=__name__, __doc__="Minutes by control and goods.", **_lengths()
)
LengthsForm.key = "lengths"


class TermsForm(Form):
    """The rules of booking; their limits are those of `wrong_terms`."""

    key: ClassVar[str] = "terms"

    department: Annotated[
        str,
        AfterValidator(_department),
        Input(
            "Département", hint="Ses jours fériés sont ceux du poste.", longest=3,
            missing="Donnez le numéro du département du poste, comme 76, 2A ou 974.",
        ),
    ]  # fmt: skip
    phone: Annotated[
        str, Input("Téléphone du poste", Kind.PHONE, hint="Pour les changements trop tardifs.", longest=30)
    ] = ""
    address: Annotated[
        str,
        Input(
            "Adresse du poste",
            hint="Dite à l’opérateur avec un refus, comme le téléphone.",
            longest=LONGEST_ADDRESS,
        ),
    ] = ""
    booking_notice: Annotated[
        Notice,
        Input(
            "Délai de réservation", Kind.NUMBER, hint="En heures, avant le rendez-vous.",
            missing=_NOTICE, invalid=_NOTICE, least="0", step="any",
        ),
    ]  # fmt: skip
    change_notice: Annotated[
        Notice,
        Input(
            "Délai de changement", Kind.NUMBER, hint="En heures, pour déplacer ou annuler.",
            missing=_NOTICE, invalid=_NOTICE, least="0", step="any",
        ),
    ]  # fmt: skip
    horizon_days: Annotated[
        Count,
        Input("Jours à l’avance", Kind.NUMBER, hint="Jusqu’où l’on réserve.", missing=_DIGITS, invalid=_DIGITS, least="0"),
    ]  # fmt: skip
    step: Annotated[
        int,
        Input(
            "Un rendez-vous toutes les", Kind.SELECT, hint="Depuis chaque ouverture.",
            choices={str(step): f"{step} minutes" for step in STEPS},
            missing="Choisissez une durée.", invalid="Choisissez une durée.",
        ),
    ]  # fmt: skip
    wood_days: Annotated[
        Count,
        Input(
            "Préavis légal pour le bois", Kind.NUMBER,
            hint="En jours ouvrés, de 1 à 5 (règlement 2019/1013).", missing=_DIGITS, invalid=_DIGITS, least="0",
        ),
    ]  # fmt: skip
    four_hours: Annotated[
        bool,
        Input(
            "Préavis légal de 4 heures accepté", Kind.TICK,
            hint="Au lieu d’un jour ouvré, quand la logistique l’impose.",
        ),
    ] = False  # fmt: skip
    confirms_itself: Annotated[
        bool,
        Input(
            "Confirmer sans attendre un agent", Kind.TICK, hint="Sinon, chaque demande attend votre réponse."
        ),
    ] = False


class PreviewForm(Form):
    """For what, and from when, the slots are looked at."""

    key: ClassVar[str] = "preview"

    control: Annotated[
        Control,
        Input("Contrôle", Kind.SELECT, choices=CONTROLS, missing="Choisissez un contrôle.", invalid="Choisissez un contrôle."),
    ]  # fmt: skip
    goods: Annotated[
        Goods,
        Input("Marchandise", Kind.SELECT, choices=GOODS, missing="Choisissez une marchandise.", invalid="Choisissez une marchandise."),
    ]  # fmt: skip
    containers: Annotated[
        int,
        Field(ge=1, le=MOST_CONTAINERS),
        Input("Conteneurs", Kind.NUMBER, missing=_CONTAINERS, invalid=_CONTAINERS, least="1"),
    ]
    since: Annotated[Day, Input("Semaine du", Kind.DATE, missing=_WEEK, invalid=_WEEK)]
