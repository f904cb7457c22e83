"""SES-50: French as people read it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from models.kernel import french
from models.posts.catalogue import _POSTS

N = "\u00a0"
NOW = datetime(2026, 11, 24, 15, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'envoi", "l’envoi"),
        ("Pourquoi ?", f"Pourquoi{N}?"),
        ("Attention  !", f"Attention{N}!"),
        ("ici : là ; voilà", f"ici{N}: là{N}; voilà"),
        ("« oui »", f"«{N}oui{N}»"),
        ("50 %, 12 €", f"50{N}%, 12{N}€"),
        ("déjà bon.", "déjà bon."),
        ("https://a.fr", "https://a.fr"),
        ("", ""),
    ],
)
def test_ses_50_sentences_are_typeset(typed: str, printed: str) -> None:
    """SES-50: and once done, nothing changes."""
    assert french.typeset(typed) == printed
    assert french.typeset(printed) == printed


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 envoi"), (1, "1 envoi"), (-1, "-1 envoi"), (2, "2 envois"), (1234, "1 234 envois")],
)
def test_ses_50_plural_starts_at_two(count: int, said: str) -> None:
    """SES-50"""
    assert french.plural(count, "envoi") == said.replace(" ", N)


def test_ses_50_some_plurals_are_their_own() -> None:
    """SES-50"""
    assert french.plural(2, "colis", "colis") == f"2{N}colis"
    assert french.plural(2, "animal", "animaux") == f"2{N}animaux"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (21600, "21 600"),
        (Decimal("4500.500"), "4 500,5"),
        (Decimal("0.0005"), "0"),
        (Decimal("1.2345"), "1,234"),
    ],
)
def test_ses_50_numbers(value: int | Decimal, said: str) -> None:
    """SES-50"""
    assert french.number(value) == said.replace(" ", N)


def test_ses_50_weights_and_references() -> None:
    """SES-50"""
    assert french.weight(Decimal("21600.000")) == f"21{N}600{N}kg"
    assert french.weight(Decimal("0.000500")) == f"0,0005{N}kg"
    assert french.weight(None) == ""
    assert french.grouped("912345675") == f"912{N}345{N}675"
    assert french.grouped("91234567500014") == f"912{N}345{N}675{N}00014"
    assert french.container("OSTU4812053") == f"OSTU{N}481205{N}3"
    assert french.container("BAD") == "BAD"


def test_ses_50_times_are_those_of_paris() -> None:
    """SES-50: in winter and in summer, and on the day after."""
    assert french.hour(NOW) == f"16{N}h{N}04"
    assert french.hour(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == f"0{N}h{N}05"
    assert french.day(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == f"2{N}juil.{N}2026"
    assert french.day(date(2026, 11, 24), year=False) == f"24{N}nov."
    assert french.moment(NOW, NOW) == f"24{N}nov., 16{N}h{N}04"
    assert french.moment(NOW, NOW + timedelta(days=60)) == f"24{N}nov.{N}2026, 16{N}h{N}04"


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        (timedelta(0), "à l’instant"),
        (timedelta(seconds=-30), "à l’instant"),
        (timedelta(seconds=59), "à l’instant"),
        (timedelta(minutes=6), "il y a 6_min"),
        (timedelta(minutes=59, seconds=59), "il y a 59_min"),
        (timedelta(hours=3), "il y a 3_h"),
        (timedelta(hours=16, minutes=4), "il y a 16_h"),
        (timedelta(hours=16, minutes=5), "hier à 23_h_59"),
        (timedelta(days=1), "hier à 16_h_04"),
        (timedelta(days=2), "22_nov., 16_h_04"),
        (timedelta(days=365), "24_nov._2025, 16_h_04"),
    ],
)
def test_ses_50_how_long_ago(earlier: timedelta, said: str) -> None:
    """SES-50: the days are those of Paris."""
    assert french.ago(NOW - earlier, NOW) == said.replace("_", N)


def test_ses_50_just_after_midnight_an_hour_ago_is_not_yesterday() -> None:
    """SES-50"""
    midnight = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    assert french.ago(midnight - timedelta(hours=2), midnight) == f"il y a 2{N}h"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "1_min"),
        (timedelta(minutes=45), "45_min"),
        (timedelta(minutes=59, seconds=50), "1_h"),
        (timedelta(minutes=80), "1_h_20_min"),
        (timedelta(hours=2), "2_h"),
        (timedelta(hours=35, minutes=59), "35_h_59_min"),
        (timedelta(hours=36), "2_jours"),
        (timedelta(days=4), "4_jours"),
    ],
)
def test_ses_50_durations(length: timedelta, said: str) -> None:
    """SES-50"""
    assert french.duration(length) == said.replace("_", N)


def test_times_for_programs_are_utc() -> None:
    assert french.iso(french.local(NOW)) == "2026-11-24T15:04:00Z"
    assert french.iso(None) == ""


def test_ses_50_posts_have_french_names() -> None:
    """SES-50"""
    assert all(name and name != code for code, name, *_ in _POSTS)
