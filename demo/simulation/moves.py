"""The next message of a consignment, from where it stands: one line an action of the domain's rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp

from demo.simulation import arrivals, controls, customs
from demo.simulation.lives import Life
from demo.simulation.scenarios import PLACES
from models.border.passage.content import Content
from models.border.passage.rules import Action
from models.kernel.authorities import Authority

Say = Callable[[datetime], Content]


@dataclass(frozen=True, slots=True)
class Move:
    """A message to come: how long after the one before, who sends it, and what it says once it is time."""

    after: timedelta
    by: Authority
    say: Say


_SAY: Mapping[Action, Callable[[Life], Say]] = {
    Action.COMPLETE_NOTIFICATION: arrivals.submit,
    Action.CHECK_DOCUMENTS: controls.check_documents,
    Action.PRESENT_FOR_IDENTITY: controls.start_identity,
    Action.CHECK_IDENTITY: controls.check_identity,
    Action.PRESENT_FOR_PHYSICAL: controls.start_physical,
    Action.CHECK_PHYSICALLY: controls.check_physically,
    Action.RETURN_RESULT: controls.return_result,
    Action.DECIDE: controls.decide,
    Action.DECIDE_AFTER_FAILURE: controls.refuse,
    Action.CARRY_OUT_MEASURE: controls.carry_out_measure,
    Action.FILE_DECLARATION: customs.file,
    Action.CORRECT_DECLARATION: customs.accept,
    Action.ACCEPT_DECLARATION: customs.accept,
    Action.PROVIDE_DOCUMENTS: customs.release,
    Action.PAY_DUTIES: customs.release,
    Action.FUND_ACCOUNT: customs.release,
    Action.CONTROL_GOODS: customs.tell_result,
    Action.GRANT_RELEASE: customs.hold_or_release,
    Action.COLLECT: customs.leave,
}

_HOURS: Mapping[Action, float] = {
    Action.COMPLETE_NOTIFICATION: 5,
    Action.CHECK_DOCUMENTS: 1.2,
    Action.PRESENT_FOR_IDENTITY: 5,
    Action.CHECK_IDENTITY: 0.6,
    Action.PRESENT_FOR_PHYSICAL: 4,
    Action.CHECK_PHYSICALLY: 1.1,
    Action.RETURN_RESULT: 80,
    Action.DECIDE: 0.7,
    Action.DECIDE_AFTER_FAILURE: 5,
    Action.CARRY_OUT_MEASURE: 90,
    Action.FILE_DECLARATION: 4,
    Action.CORRECT_DECLARATION: 6,
    Action.ACCEPT_DECLARATION: 0.8,
    Action.PROVIDE_DOCUMENTS: 9,
    Action.PAY_DUTIES: 8,
    Action.FUND_ACCOUNT: 8,
    Action.CONTROL_GOODS: 7,
    Action.GRANT_RELEASE: 1,
    Action.COLLECT: 10,
}
"""Median delays. Invented (docs/limits.md): no figure was published."""
_SPREAD = 0.55
_AUTHORITIES = (Authority.SIVEP, Authority.CUSTOMS)
_FAMILIES = {"CHEDA": 0.4, "CHEDP": 1.15, "CHEDD": 1.3}


def next_move(life: Life) -> Move | None:
    """What should happen next; None when nothing more will."""
    now = life.situation
    if now.action == Action.NOTHING:
        return None
    if now.action == Action.ANNOUNCE_ARRIVAL:
        return Move(*arrivals.before_arrival(life))
    by = Authority.CARRIER if now.action == Action.COLLECT else now.actor or Authority.OPERATOR
    return Move(_delay(life, now.action, by), by, _SAY[now.action](life))


def _delay(life: Life, action: Action, by: Authority) -> timedelta:
    """Log-normal around the usual."""
    usual = usual_delay(action, by, life.ched.post_code, life.ched.ched_type)
    return timedelta(seconds=round(usual * exp(life.dice("delay").gauss(0, _SPREAD)) * 3600))


def usual_delay(action: Action, by: Authority, post_code: str, ched_type: str) -> float:
    """How many hours that usually takes: longer at some posts and for some goods."""
    if by not in _AUTHORITIES:
        return _HOURS[action]
    place = PLACES.get(post_code)
    return _HOURS[action] * (place.pace if place else 1) * _FAMILIES.get(ched_type, 1)
