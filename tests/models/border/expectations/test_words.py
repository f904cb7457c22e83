"""SES-03, SES-50: an expectation in French."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.border.expectations.rules import Confidence, Expectation, Level
from models.border.expectations.words import around, end, sentence, short
from tests.factories import NOW

LEARNT = Expectation(
    timedelta(minutes=80), timedelta(hours=3), Confidence.HIGH, Level.POST_AND_GOODS, cases=1214
)
USUAL = Expectation(timedelta(minutes=45), None, Confidence.DEFAULT, Level.USUAL)
SLOW = replace(LEARNT, median_left=None, p90_left=None, confidence=Confidence.LOW, unusual=True)


def plain(words: str) -> str:
    """With common spaces, to be read here."""
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("told", "post", "words"),
    [
        (
            LEARNT,
            "Le Havre",
            (
                "Encore 1 h 20 min en général, 9 fois sur 10 moins de 3 h "
                "(fiabilité bonne, d’après 1 214 DSCE-PP au Havre)."
            ),
        ),
        (
            replace(LEARNT, level=Level.POST, confidence=Confidence.MEDIUM, cases=60),
            "Marseille",
            (
                "Encore 1 h 20 min en général, 9 fois sur 10 moins de 3 h "
                "(fiabilité moyenne, d’après 60 envois à Marseille)."
            ),
        ),
        (
            replace(LEARNT, level=Level.GOODS, p90_at_least=True, confidence=Confidence.LOW, cases=12),
            "Le Havre",
            (
                "Encore 1 h 20 min en général, plus de 3 h au moins 1 fois sur 10 "
                "(fiabilité faible, d’après 12 DSCE-PP, tous postes confondus)."
            ),
        ),
        (
            replace(LEARNT, level=Level.ALL, at_least=True, unusual=True),
            "Le Havre",
            (
                "Plus long que d’habitude. Encore plus de 1 h 20 min "
                "(fiabilité bonne, d’après 1 214 envois, tous postes confondus)."
            ),
        ),
        (
            SLOW,
            "Le Havre",
            "Plus long que d’habitude : presque aucun cas connu n’a duré autant (1 214 DSCE-PP au Havre).",
        ),
        (
            USUAL,
            "Le Havre",
            "Env. 45 min : durée usuelle, trop peu de cas semblables pour la mesurer.",
        ),
        (replace(USUAL, median_left=None, unusual=True), "Le Havre", "Plus long que d’habitude."),
    ],
)
def test_ses_03_how_long_how_often_from_what_and_how_sure(told: Expectation, post: str, words: str) -> None:
    """SES-03: the figure never comes without what it is drawn from."""
    assert plain(sentence(told, post, "CHEDPP")) == words


def test_ses_03_to_the_operator_it_is_told_how_long_others_take() -> None:
    """SES-03: what they owe themselves is not announced as if it came by itself."""
    words = plain(sentence(LEARNT, "Le Havre", "CHEDPP", yours=True))
    assert words.startswith(
        "Les opérateurs mettent encore 1 h 20 min en général, 9 fois sur 10 moins de 3 h ("
    )


def test_an_estimate_is_not_told_more_precisely_than_it_is() -> None:
    for minutes, words in (
        (7, "7 min"),
        (43, "45 min"),
        (103, "1 h 45 min"),
        (648, "11 h"),
        (3000, "2 jours"),
    ):
        assert plain(short(replace(LEARNT, median_left=timedelta(minutes=minutes)))) == f"Env. {words}"
    assert plain(end(replace(USUAL, median_left=timedelta(minutes=43)), NOW)) == "Fin prévue vers 10 h 45."
    same = replace(LEARNT, median_left=timedelta(hours=46), p90_left=timedelta(hours=52))
    assert plain(sentence(same, "Le Havre", "CHEDPP")).startswith(
        "Encore 2 jours en général, rarement plus ("
    )


def test_ses_50_no_break_spaces_stand_where_french_wants_them() -> None:
    """SES-50"""
    words = sentence(SLOW, "Le Havre", "CHEDPP")
    assert "d’habitude\u00a0: " in words
    assert "1\u00a0214\u00a0DSCE-PP" in words


def test_a_list_has_the_short_form() -> None:
    assert plain(short(LEARNT)) == "Env. 1 h 20 min"
    assert plain(short(replace(LEARNT, at_least=True))) == "Plus de 1 h 20 min"
    assert short(SLOW) == "Plus long que d’habitude"


def test_the_timeline_tells_the_hour_or_the_day() -> None:
    assert plain(end(LEARNT, NOW)) == "Fin prévue vers 11 h 20, 9 fois sur 10 avant 13 h 00."
    assert plain(end(replace(LEARNT, p90_left=timedelta(days=1)), NOW)) == (
        "Fin prévue vers 11 h 20, 9 fois sur 10 avant le 25 mars, 10 h 00."
    )
    assert plain(end(replace(LEARNT, at_least=True), NOW)) == "Fin prévue après 11 h 20."
    assert plain(end(USUAL, NOW)) == "Fin prévue vers 10 h 45."
    assert end(SLOW, NOW) == "Plus long que d’habitude."
    assert plain(around(LEARNT, NOW)) == "vers 11 h 20"
    assert plain(around(replace(LEARNT, median_left=timedelta(days=3)), NOW)) == "vers le 27 mars"
    assert around(SLOW, NOW) == around(replace(LEARNT, at_least=True), NOW) == ""
