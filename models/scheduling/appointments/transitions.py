"""The workflow of an appointment: what may be done with it, from which status, by whom, and what follows (SES-11, SES-13).

One row an action, which models/scheduling/appointments/workflow.py carries out; docs/workflow.md prints them, the tests
enumerate them. Why somebody may not act, in French, is said by the verb that asks; a transition from a status that has no row is a
mistake of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.scheduling.slots.vocabulary import COMING, UNDER_WAY, Side, Status

S = Status


class Action(StrEnum):
    """What is done with an appointment, by either side or by the portal itself."""

    HOLD = "hold"
    BOOK = "book"
    REQUEST = "request"
    CONFIRM_HOLD = "confirm_hold"
    REQUEST_HOLD = "request_hold"
    RELEASE = "release"
    APPROVE = "approve"
    REFUSE = "refuse"
    MOVE = "move"
    PROPOSE = "propose"
    OFFER = "offer"
    """An earlier time, from the waiting list."""
    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    """Nobody answered a proposal in time, or its place is no more."""
    WAIT = "wait"
    STOP_WAITING = "stop_waiting"
    CANCEL = "cancel"
    VOID = "void"
    """Nothing is left to inspect."""
    VOID_HOLD = "void_hold"
    ARRIVE = "arrive"
    START = "start"
    FINISH = "finish"
    FINISH_BY_RESULT = "finish_by_result"
    """The result of its control was recorded on the consignment."""
    MISS = "miss"
    TURN_AWAY = "turn_away"
    LEAVE_UNRECORDED = "leave_unrecorded"


class Needs(StrEnum):
    """What must be so before an action."""

    CUT_OFF = "cut_off"
    """The post's cut-off has not come."""
    PLACE = "place"
    """A free place at that time."""
    REASON = "reason"
    """Why: the other side must know."""
    REASON_OF_POST = "reason_of_post"
    """Why, if it is the post that acts."""
    PROPOSAL = "proposal"
    """Another time is proposed to whoever answers, and still holds."""
    DAY = "day"
    """Its time is twelve hours away at most."""
    TIME_PAST = "time_past"
    """Its time has come."""
    HOLDER = "holder"
    """Whoever holds the place."""


class Frees(StrEnum):
    """Which places go back."""

    NOTHING = "nothing"
    PROPOSAL = "proposal"
    """Those that a proposal kept: no other time is talked about any more."""
    ALL = "all"
    """Every place, and the controls may be booked anew."""
    CONTROLS = "controls"
    """Those of a proposal, and the controls; its own places are past, and stay as the proof of what was done where."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the workflow."""

    action: Action
    before: frozenset[Status]
    """From where; empty for an appointment that begins."""
    after: Status | None
    """None: it stays where it is."""
    kind: str
    """Of the journal's entry."""
    by: frozenset[Side]
    needs: tuple[Needs, ...] = ()
    frees: Frees = Frees.NOTHING
    raises: bool = False
    """Whether calendars must take it as changed: the sequence of RFC 5545."""


_BOTH, _ANYBODY = frozenset({Side.OPERATOR, Side.POST}), frozenset(Side)
_OPERATOR, _POST, _PORTAL = frozenset({Side.OPERATOR}), frozenset({Side.POST}), frozenset({Side.SYSTEM})
_NEW: frozenset[Status] = frozenset()
_HELD, _REQUESTED = frozenset({S.HELD}), frozenset({S.REQUESTED})
_TO_COME = frozenset({S.REQUESTED, S.CONFIRMED})
_MAY_START = frozenset({S.CONFIRMED, S.ARRIVED})
_MAY_FINISH = frozenset({S.CONFIRMED, S.ARRIVED, S.STARTED, S.UNRECORDED})
_MAY_MISS = frozenset({S.REQUESTED, S.CONFIRMED, S.UNRECORDED})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Action.HOLD, _NEW, S.HELD, "appointment.held", _OPERATOR, (Needs.PLACE,)),
    Transition(Action.BOOK, _NEW, S.CONFIRMED, "appointment.confirmed", _OPERATOR, (Needs.PLACE,)),
    Transition(Action.REQUEST, _NEW, S.REQUESTED, "appointment.requested", _OPERATOR, (Needs.PLACE,)),
    Transition(Action.CONFIRM_HOLD, _HELD, S.CONFIRMED, "appointment.confirmed", _OPERATOR, (Needs.HOLDER,)),
    Transition(Action.REQUEST_HOLD, _HELD, S.REQUESTED, "appointment.requested", _OPERATOR, (Needs.HOLDER,)),
    Transition(Action.RELEASE, _HELD, S.LAPSED, "appointment.released", _ANYBODY, frees=Frees.ALL),
    Transition(Action.APPROVE, _REQUESTED, S.CONFIRMED, "appointment.confirmed", _POST, raises=True),
    Transition(
        Action.REFUSE, _REQUESTED, S.REFUSED, "appointment.refused", _POST, (Needs.REASON,), Frees.ALL, True
    ),
    Transition(
        Action.MOVE, _TO_COME, None, "appointment.moved", _BOTH, (Needs.CUT_OFF, Needs.PLACE), raises=True
    ),
    Transition(Action.PROPOSE, _TO_COME, None, "appointment.proposed", _BOTH, (Needs.CUT_OFF, Needs.PLACE)),
    Transition(Action.OFFER, _TO_COME, None, "appointment.offered", _PORTAL, (Needs.PLACE,)),
    Transition(
        Action.ACCEPT, _TO_COME, S.CONFIRMED, "appointment.moved", _BOTH, (Needs.PROPOSAL,), raises=True
    ),
    Transition(
        Action.DECLINE,
        _TO_COME,
        None,
        "appointment.declined",
        _BOTH,
        (Needs.PROPOSAL, Needs.REASON),
        Frees.PROPOSAL,
    ),
    Transition(Action.LAPSE, _TO_COME, None, "appointment.offer_lapsed", _ANYBODY, frees=Frees.PROPOSAL),
    Transition(Action.WAIT, _TO_COME, None, "appointment.waiting", _OPERATOR),
    Transition(Action.STOP_WAITING, COMING | UNDER_WAY, None, "appointment.waiting_ended", _OPERATOR),
    Transition(
        Action.CANCEL,
        _TO_COME,
        S.CANCELLED,
        "appointment.cancelled",
        _BOTH,
        (Needs.CUT_OFF, Needs.REASON_OF_POST),
        Frees.ALL,
        True,
    ),
    Transition(
        Action.VOID, _TO_COME, S.CANCELLED, "appointment.cancelled", _PORTAL, frees=Frees.ALL, raises=True
    ),
    Transition(Action.VOID_HOLD, _HELD, S.LAPSED, "appointment.released", _PORTAL, frees=Frees.ALL),
    Transition(
        Action.ARRIVE, _TO_COME, S.ARRIVED, "appointment.arrived", _POST, (Needs.DAY,), Frees.PROPOSAL
    ),
    Transition(
        Action.START, _MAY_START, S.STARTED, "appointment.started", _POST, (Needs.DAY,), Frees.PROPOSAL
    ),
    Transition(
        Action.FINISH, _MAY_FINISH, S.DONE, "appointment.done", _POST, (Needs.DAY,), Frees.CONTROLS, True
    ),
    Transition(
        Action.FINISH_BY_RESULT,
        COMING | UNDER_WAY,
        S.DONE,
        "appointment.done",
        _PORTAL,
        frees=Frees.CONTROLS,
        raises=True,
    ),
    Transition(
        Action.MISS,
        _MAY_MISS,
        S.NOT_PRESENTED,
        "appointment.not_presented",
        _POST,
        (Needs.TIME_PAST,),
        Frees.ALL,
        True,
    ),
    Transition(
        Action.TURN_AWAY,
        _MAY_FINISH,
        S.TURNED_AWAY,
        "appointment.turned_away",
        _POST,
        (Needs.DAY, Needs.REASON),
        Frees.ALL,
        True,
    ),
    Transition(
        Action.LEAVE_UNRECORDED,
        COMING | UNDER_WAY,
        S.UNRECORDED,
        "appointment.unrecorded",
        _PORTAL,
        frees=Frees.CONTROLS,
    ),
)
ROWS: Mapping[Action, Transition] = {row.action: row for row in TRANSITIONS}
