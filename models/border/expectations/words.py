"""The French of an expectation: short in a list, whole on the page of a consignment (SES-03, SES-50)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from models.border.expectations.rules import Confidence, Expectation, Level
from models.border.passage.vocabulary import ChedType
from models.kernel import french

SLOW = "Plus long que d’habitude"

_GOODS: Mapping[str, str] = {
    ChedType.ANIMALS: "DSCE-A",
    ChedType.ANIMAL_PRODUCTS: "DSCE-P",
    ChedType.PLANTS: "DSCE-PP",
    ChedType.FEED_AND_FOOD: "DSCE-D",
}
_TRUST: Mapping[Confidence, str] = {
    Confidence.HIGH: "bonne",
    Confidence.MEDIUM: "moyenne",
    Confidence.LOW: "faible",
}
_ARTICLES = (("Le ", "au "), ("Les ", "aux "), ("La ", "à La "))


def short(told: Expectation) -> str:
    """`Env. 45 min`, `Plus de 3 h`, `Plus long que d’habitude`."""
    if told.median_left is None:
        return SLOW
    return f"{'Plus de' if told.at_least else 'Env.'} {_about(told.median_left)}"


def sentence(told: Expectation, post: str, ched_type: str, *, yours: bool = False) -> str:
    """How long, how often longer, from what, and how sure: in one or two sentences.

    `post` is the name of the post; `yours` when the operator must act, not an authority: the time is then that of
    other operators.
    """
    if not told.learnt:
        return _by_default(told)
    cases = _cases(told, post, ched_type)
    if told.median_left is None:
        return french.typeset(f"{SLOW} : presque aucun cas connu n’a duré autant ({cases}).")
    before = f"{SLOW}. " if told.unusual else ""
    subject = "Les opérateurs mettent encore" if yours else "Encore"
    trust = f"fiabilité {_TRUST[told.confidence]}, d’après {cases}"
    return french.typeset(f"{before}{subject} {_lengths(told, told.median_left)} ({trust}).")


def end(told: Expectation, now: datetime) -> str:
    """When it should end: `Fin prévue vers 14 h 30, 9 fois sur 10 avant 16 h 05.`"""
    if told.median_left is None:
        return f"{SLOW}."
    if told.at_least:
        return f"Fin prévue après {_at(now + told.median_left, now)}."
    late = ""
    if told.p90_left and not told.p90_at_least:
        late = f", 9 fois sur 10 avant {_at(now + told.p90_left, now)}"
    return f"Fin prévue vers {_at(now + told.median_left, now)}{late}."


def around(told: Expectation, now: datetime) -> str:
    """`vers 14 h 30`, `vers le 26 nov.`; empty when there is no telling."""
    if told.median_left is None or told.at_least:
        return ""
    at = _five_minutes(now + told.median_left)
    same_day = french.local(at).date() == french.local(now).date()
    return f"vers {french.hour(at)}" if same_day else f"vers le {french.day(at, year=False)}"


def _by_default(expectation: Expectation) -> str:
    if expectation.median_left is None:
        return f"{SLOW}."
    return french.typeset(
        f"{short(expectation)} : durée usuelle, trop peu de cas semblables pour la mesurer."
    )


def _lengths(expectation: Expectation, median: timedelta) -> str:
    if expectation.at_least:
        return f"plus de {_about(median)}"
    usually = f"{_about(median)} en général"
    if expectation.p90_left is None:
        return usually
    high = _about(expectation.p90_left)
    if expectation.p90_at_least:
        return f"{usually}, plus de {high} au moins 1 fois sur 10"
    if high == _about(median):
        return f"{usually}, rarement plus"
    return f"{usually}, 9 fois sur 10 moins de {high}"


def _cases(expectation: Expectation, post: str, ched_type: str) -> str:
    """`214 DSCE-PP au Havre`, `87 envois, tous postes confondus`."""
    goods = _GOODS.get(ched_type, "") if expectation.level in (Level.POST_AND_GOODS, Level.GOODS) else ""
    here = expectation.level in (Level.POST_AND_GOODS, Level.POST)
    counted = (
        f"{french.number(expectation.cases)}{french.NBSP}{goods}"
        if goods
        else french.plural(expectation.cases, "envoi")
    )
    return f"{counted} {_place(post)}" if here else f"{counted}, tous postes confondus"


def _place(post: str) -> str:
    """`au Havre`, `à Marseille`."""
    for article, place in _ARTICLES:
        if post.startswith(article):
            return place + post.removeprefix(article)
    return f"à {post}"


def _about(length: timedelta) -> str:
    """As precise as an estimate can be: to the minute below 20, then to five minutes, to half an hour from 6 h."""
    minutes = length.total_seconds() / 60
    grain = 1 if minutes < 20 else 5 if minutes < 360 else 30
    return french.duration(timedelta(minutes=grain * round(minutes / grain)))


def _five_minutes(at: datetime) -> datetime:
    return datetime.fromtimestamp(300 * round(at.timestamp() / 300), UTC)


def _at(at: datetime, now: datetime) -> str:
    """`14 h 30`, or `le 26 nov., 9 h 00` on another day."""
    at = _five_minutes(at)
    same_day = french.local(at).date() == french.local(now).date()
    return french.hour(at) if same_day else f"le {french.moment(at, now)}"
