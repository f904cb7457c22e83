"""What an officer types into the forms of a post’s offer, read word by word; or the sentence that says what to correct."""

from collections.abc import Mapping
from datetime import datetime

from models.scheduling.capacity.faults import season_is_day
from models.scheduling.capacity.offer import Offer
from state.kit.days import read_day
from state.kit.fields import read_whole

Typed = Mapping[str, str | bool | None]
MIDNIGHT = 24 * 60
MOST_CONTAINERS = 99


class Wrong(Exception):
    """What was typed cannot be read; the sentence says how to mend it."""


def read_containers(typed: str) -> int:
    """How many containers.

    Raises:
        Wrong: with what to correct.
    """
    number = number_in(typed.strip(), "le nombre de conteneurs")
    if not 1 <= number <= MOST_CONTAINERS:
        raise Wrong(f"Donnez de 1 à {MOST_CONTAINERS} conteneurs.")
    return number


def word(form: Typed, name: str) -> str:
    """What was typed in that field, without the spaces around it; empty when there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def number_in(typed: str, what: str) -> int:
    """A whole number below 100,000; `what` names it in the sentence, minutes when it begins with a capital.

    Raises:
        Wrong: with what to correct.
    """
    found = read_whole(typed, 5)
    if found is None:
        raise Wrong(
            f"Donnez {what} en chiffres."
            if what[:1].islower()
            else f"{what}\u00a0: donnez des minutes, en chiffres."
        )
    return found


def minutes_in(typed: str, which: str) -> int:
    """`08:30` as minutes since midnight, up to 24:00.

    Raises:
        Wrong: with what to correct.
    """
    hours, _, minutes = typed.partition(":")
    if not (hours.isascii() and hours.isdigit() and minutes[:2].isascii() and minutes[:2].isdigit()):
        raise Wrong(f"Donnez l’heure {which}, comme 08:30.")
    total = int(hours[:2]) * 60 + int(minutes[:2])
    if total > MIDNIGHT:
        raise Wrong(f"Donnez l’heure {which}, comme 08:30.")
    return total


def season_in(typed: str) -> str:
    """`01/04` as the offer has it, `04-01`; nothing as nothing.

    Raises:
        Wrong: with what to correct.
    """
    day, _, month = typed.replace("-", "/").replace(".", "/").partition("/")
    made = f"{month.zfill(2)}-{day.zfill(2)}" if typed else ""
    if made and not season_is_day(made):
        raise Wrong("Donnez le jour et le mois d’une saison, comme 01/04.")
    return made


def moment_in(offer: Offer, day: str, time: str, which: str) -> datetime:
    """That time of that day on the post's clocks; midnight when no time is given.

    Raises:
        Wrong: with what to correct.
    """
    found = read_day(day)
    if found is None:
        raise Wrong(f"Donnez la date {which}.")
    return offer.clock(found, minutes_in(time or "00:00", which))
