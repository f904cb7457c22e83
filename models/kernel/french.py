"""French as people read it: typography, dates, durations, numbers (SES-50)."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

NBSP = "\u00a0"
PARIS = ZoneInfo("Europe/Paris")
_LOCALE = Locale("fr")
_SPACED = re.compile(r"(?<! ) ++([:;?!»%€])|(«) ++")


def typeset(sentence: str) -> str:
    """The sentence with typographic apostrophes and no-break spaces where French wants them."""
    curly = sentence.replace("'", "’")
    return _SPACED.sub(lambda m: f"{NBSP}{m[1]}" if m[1] else f"«{NBSP}", curly)


def plural(count: int, singular: str, several: str | None = None) -> str:
    """`3 actions`, `0 action`: in French, plural starts at two."""
    noun = singular if abs(count) < 2 else (several or singular + "s")
    return f"{number(count)}{NBSP}{noun}"


def upper_first(words: str) -> str:
    """The words with a capital."""
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """`contrôle physique`, but `BAE et sortie`: an acronym keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@lru_cache(4096)  # babel reads the pattern and the locale anew each time
def number(value: int | Decimal, decimals: int = 3) -> str:
    """`21 600`, `4 500,5`: at most `decimals` decimals, without useless zeros."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=_LOCALE).replace("\u202f", NBSP)


def money(euros: Decimal) -> str:
    """`8 214,00 €`."""
    return format_decimal(euros, format="#,##0.00", locale=_LOCALE).replace("\u202f", NBSP) + f"{NBSP}€"


_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def plain(words: str) -> str:
    """As it is compared with what somebody typed: without accents, in lower case, `oe` for `œ`."""
    apart = unicodedata.normalize("NFKD", words.translate(_LIGATURES))
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def weight(kilograms: Decimal | None) -> str:
    """`21 600 kg`, `0,0005 kg` (to the milligram); empty when unknown."""
    return "" if kilograms is None else f"{number(kilograms, 6)}{NBSP}kg"


def local(at: datetime, zone: ZoneInfo = PARIS) -> datetime:
    """The aware time `at` on the clocks of `zone`."""
    return at.astimezone(zone)


def hour(at: datetime) -> str:
    """`14 h 32`, on Paris clocks."""
    there = local(at)
    return f"{there.hour}{NBSP}h{NBSP}{there.minute:02}"


def day(at: datetime | date, *, year: bool = True) -> str:
    """`24 nov. 2026`, `1er déc. 2026` or, without the year, `24 nov.`"""
    value = local(at).date() if isinstance(at, datetime) else at
    number_ = "'1er'" if value.day == 1 else "d"
    return format_date(value, f"{number_} MMM y" if year else f"{number_} MMM", locale=_LOCALE).replace(
        " ", NBSP
    )


def month(period: str) -> str:
    """`octobre 2026` for `2026-10`; any other period as it is."""
    try:
        return format_date(date.fromisoformat(f"{period}-01"), "MMMM y", locale=_LOCALE)
    except ValueError:
        return period


def of_month(period: str) -> str:
    """`mois d’octobre 2026` for `2026-10`, which no spreadsheet takes for a date; any other period as it is."""
    words = month(period)
    return words if words == period else f"mois d’{words}" if words[0] in "ao" else f"mois de {words}"


def today(at: datetime) -> str:
    """`Mardi 24 nov. 2026, 14 h 32`."""
    return f"{weekday(local(at).date())}, {hour(at)}"


def weekday(on: date) -> str:
    """`Lundi 23 nov. 2026`."""
    words = f"{format_date(on, 'EEEE', locale=_LOCALE)} {day(on)}"
    return words[:1].upper() + words[1:]


def moment(at: datetime, now: datetime) -> str:
    """`24 nov., 16 h 04`; the year only when it is not the present one."""
    return f"{day(at, year=local(at).year != local(now).year)}, {hour(at)}"


def ago(at: datetime, now: datetime) -> str:
    """`à l’instant`, `il y a 6 min`, `il y a 3 h`, `hier à 17 h 05`, `22 nov., 16 h 04`."""
    elapsed = now - at
    if elapsed < timedelta(minutes=1):
        return "à l’instant"
    if elapsed < timedelta(hours=1):
        return f"il y a {int(elapsed.total_seconds() // 60)}{NBSP}min"
    days = (local(now).date() - local(at).date()).days
    if days == 0 or elapsed < timedelta(hours=6):
        return f"il y a {int(elapsed.total_seconds() // 3600)}{NBSP}h"
    return f"hier à {hour(at)}" if days == 1 else moment(at, now)


def duration(length: timedelta) -> str:
    """`45 min`, `1 h 20 min`, `2 jours`: never like an hour of the day, `13 h 30`."""
    minutes = max(1, round(length.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    if minutes < 60 * 36:
        hours, rest = divmod(minutes, 60)
        return f"{hours}{NBSP}h" + (f"{NBSP}{rest}{NBSP}min" if rest else "")
    return plural(round(minutes / 60 / 24), "jour")


def iso(at: datetime | None) -> str:
    """For the `datetime` attribute of a `time` element; empty when unknown."""
    return "" if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def grouped(digits: str) -> str:
    """A SIREN as people read it: `912 345 675`."""
    return NBSP.join(digits[i : i + 3] for i in range(0, 9, 3)) + (NBSP + digits[9:] if digits[9:] else "")


def container(number_: str) -> str:
    """A container number as painted on its doors: `OSTU 481205 3`."""
    return f"{number_[:4]}{NBSP}{number_[4:10]}{NBSP}{number_[10:]}" if len(number_) == 11 else number_
