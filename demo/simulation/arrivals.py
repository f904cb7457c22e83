"""Before the goods are there: submission, early declaration, early look at the papers, and the arrival."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from demo.simulation import customs
from demo.simulation.lives import Life
from demo.simulation.scenarios import PLACES
from models.border.passage.content import Coarri, ContainerMovement, Content, StepEvent
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel.authorities import Authority

Say = Callable[[datetime], Content]

_CANCELLED = 0.025
_ANTICIPATED = 0.3
_LOOKED_AT_EARLY = 0.25


def submit(life: Life) -> Say:
    """The operator signs part I of its draft."""
    return lambda at: replace(life.ched, status="1", issued_at=at, submitted_at=at)


def before_arrival(life: Life) -> tuple[timedelta, Authority, Say]:
    """The delay, the author and the message of what comes next for goods that are on their way."""
    left = max(_arrival(life) - life.told, timedelta(minutes=5))
    some = timedelta(seconds=int(left.total_seconds() * life.dice("before").uniform(0.2, 0.7)))
    if life.fate("cancelled") < _CANCELLED:
        return some, Authority.OPERATOR, lambda at: replace(life.ched, status="64", issued_at=at)
    if life.fate("anticipated") < _ANTICIPATED and not life.facts[StepKind.DECLARATION]:
        return some, Authority.CUSTOMS, customs.anticipate(life)
    if life.fate("early") < _LOOKED_AT_EARLY and life.ched.status == "1":
        return some, Authority.SIVEP, lambda at: replace(life.ched, status="42", issued_at=at)
    return left, Authority.CARRIER, _land(life)


def _arrival(life: Life) -> datetime:
    """When the carrier really comes: the same for all that travel together."""
    expected = life.ched.arrival_expected_at or life.told
    late = _voyage(life).gauss(0.6, 1.2) if not life.ched.containers else _voyage(life).gauss(3, 4)
    return expected + timedelta(minutes=round(max(late, -3) * 60))


def _voyage(life: Life) -> Random:
    carrier = life.ched.transports[0].identifier if life.ched.transports else ""
    return Random(f"{life.ched.post_code} {carrier} {life.ched.arrival_expected_at}")  # noqa: S311


def _land(life: Life) -> Say:
    return _discharge(life) if life.ched.containers else _touch_down(life)


def _discharge(life: Life) -> Say:
    ched, dice = life.ched, _voyage(life)
    voyage, interchange = f"{dice.randrange(100, 999)}E", f"{dice.randrange(10**9):09}"
    place = PLACES.get(ched.post_code)

    def say(at: datetime) -> Content:
        return Coarri(
            interchange,
            tuple(
                ContainerMovement(
                    box.number,
                    "discharged",
                    at,
                    port=place.locode if place else ched.post_code[:5],
                    vessel=ched.transports[0].identifier if ched.transports else "",
                    voyage=voyage,
                    seals=box.seals,
                )
                for box in ched.containers
            ),
        )

    return say


def _touch_down(life: Life) -> Say:
    ched = life.ched
    flight = f"Vol {ched.transports[0].identifier} arrivé" if ched.transports else ""
    return lambda at: StepEvent(
        ched.reference, StepKind.ARRIVAL, StepStatus.DONE, at, "", ched.post_code, flight
    )
