"""What the demonstration shows at once: which consignment waits for what, whatever the hour. Data only.

Each line says how its consignment came to wait: timetable.py places that backwards from the present, at hours at which
people work. Nothing is searched for, so that no hour is without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from demo.commands.companies import DEMO_SIRENS, A, B, C
from models.border.passage.rules import Action


class Visiting(StrEnum):
    """Its visit to a bay, beside those that its checks took."""

    NONE = "none"
    NOW = "now"
    """It is there; while the post is closed it comes at the next opening instead."""
    AHEAD = "ahead"
    """It has its time."""
    MISSED = "missed"
    """It had its time, and nobody came."""
    TURNED_AWAY = "turned_away"
    """It came, and could not be inspected."""


@dataclass(frozen=True, slots=True)
class Line:
    """A consignment of the demonstration: what it waits for, whose it is, and how it came to that."""

    action: Action
    siren: str
    fates: Mapping[str, float] = field(default_factory=dict)
    ago: tuple[float, float] = (0.1, 1.5)
    """Hours since its last message, from and to; more when nobody was at work."""
    visiting: Visiting = Visiting.NONE
    begun: bool = False
    """Whether what it waits for was begun."""
    later: float = 0
    """Hours from now before which its visit to come does not begin."""
    post: str = ""


_CHECKED = {"identity": 0.0}
"""What happens to it, as fates (lives.py): its identity is checked, it is opened, sampled, refused…"""
_OPENED = {"identity": 0.0, "physical": 0.0}
_SAMPLED = _OPENED | {"laboratory": 0.0}
_FAILED = _OPENED | {"result physical": 0.0}
_CONTROLLED, _LACKS_PAPERS, _UNPAID, _UNFUNDED = ({"held": drawn} for drawn in (0.05, 0.12, 0.2, 0.26))
_NUTS, _FISH, _FRUIT, _MARKET, _ROOTS, _MEAT, _FLOWERS, _SPICES = DEMO_SIRENS[4:]
_ASKED, _ASKED_AGAIN = Action.PRESENT_FOR_IDENTITY, Action.PRESENT_FOR_PHYSICAL
_NOW, _AHEAD, _MISSED, _TURNED_AWAY = Visiting.NOW, Visiting.AHEAD, Visiting.MISSED, Visiting.TURNED_AWAY
_X = Action


def _just_landed(*sirens: str, every: float = 0.24) -> tuple[Line, ...]:
    """Put ashore one after the other, nobody looked at their papers yet: vessels and planes come at all hours."""
    return tuple(
        Line(_X.CHECK_DOCUMENTS, siren, ago=(every * (rank + 0.4), every * (rank + 0.9)))
        for rank, siren in enumerate(sirens)
    )


_LE_HAVRE = (
    Line(_X.CHECK_PHYSICALLY, A, _OPENED, visiting=_NOW),
    Line(_X.CHECK_IDENTITY, B, _OPENED, visiting=_NOW),
    *(Line(_ASKED, siren, _OPENED, visiting=_AHEAD) for siren in (B, _FRUIT, C, A, _MEAT, _ROOTS)),
    Line(_ASKED, A, _CHECKED, visiting=_AHEAD),
    Line(_ASKED, _SPICES, _OPENED, visiting=_AHEAD, later=30),
    Line(_ASKED, A, _OPENED, visiting=_AHEAD, later=44),
    Line(_ASKED, _FISH, _OPENED, visiting=_AHEAD, later=50),
    Line(_ASKED_AGAIN, A, _OPENED, visiting=_AHEAD),
    *(Line(_ASKED, siren, _CHECKED, visiting=_AHEAD) for siren in (_FISH, _NUTS, B, C)),
    *_just_landed(A, _FISH, _FRUIT, C, _MEAT, A, _ROOTS, B, _SPICES, _FRUIT),
    Line(_X.CHECK_DOCUMENTS, _NUTS, begun=True),
    Line(_X.CHECK_DOCUMENTS, _ROOTS, begun=True),
    Line(_X.DECIDE, B, _OPENED, (0.05, 0.3)),
    Line(_X.DECIDE, _FRUIT, _CHECKED, (0.05, 0.5)),
    Line(_X.DECIDE, A, _OPENED, (0.3, 1.2)),
    Line(_X.DECIDE, _NUTS, _OPENED, (0.3, 1.2)),
    Line(_X.DECIDE_AFTER_FAILURE, _MEAT, _FAILED, (0.2, 1.5)),
    Line(_ASKED, A, _CHECKED, (0.5, 4)),
    Line(_ASKED, A, _OPENED, (0.5, 6)),
    Line(_ASKED, B, _OPENED, (0.5, 4)),
    Line(_ASKED, C, _CHECKED, (0.5, 4)),
    Line(_ASKED, _NUTS, _CHECKED, (0.5, 3), _MISSED),
    Line(_ASKED, _ROOTS, _OPENED, (1.5, 4), _TURNED_AWAY),
    Line(_X.FILE_DECLARATION, A, _OPENED, (0.3, 2)),
    Line(_X.FILE_DECLARATION, C, _OPENED, (0.3, 3)),
    Line(_X.ACCEPT_DECLARATION, A, _CHECKED | {"filed": 0.0}),
    Line(_X.ACCEPT_DECLARATION, _FRUIT, _OPENED | {"filed": 0.0}),
    *(Line(_X.GRANT_RELEASE, siren, _OPENED) for siren in (B, _FRUIT, C, _ROOTS)),
    Line(_X.CONTROL_GOODS, A, _CHECKED | _CONTROLLED, (0.5, 4)),
    Line(_X.CONTROL_GOODS, B, _OPENED | _CONTROLLED, (0.5, 3)),
    Line(_X.PROVIDE_DOCUMENTS, A, _CHECKED | _LACKS_PAPERS, (0.5, 5)),
    *(Line(_X.COLLECT, siren, _OPENED, (0.2, 4)) for siren in (_FISH, A, _MEAT)),
    *(
        Line(_X.NOTHING, siren, fates, (0.3 * rank + 0.1, 0.3 * rank + 1))
        for rank, siren in enumerate((_FRUIT, C, B, A, _ROOTS, _SPICES, _NUTS, _MEAT))
        for fates in (_OPENED if rank % 3 else _CHECKED,)
    ),
    *(
        Line(_X.NOTHING, siren, _OPENED, (9.0 * rank + 16, 9.0 * rank + 24))
        for rank, siren in enumerate(
            (_FISH, _ROOTS, C, A, _MEAT, _FRUIT, B, _NUTS, _MARKET, _FRUIT, A, _FISH)
        )
    ),
    Line(_X.RETURN_RESULT, A, _SAMPLED, (20, 50)),
    Line(_X.RETURN_RESULT, B, _SAMPLED, (20, 50)),
    Line(_X.RETURN_RESULT, C, _SAMPLED, (20, 70)),
    Line(_X.CARRY_OUT_MEASURE, A, _FAILED, (10, 20)),
    Line(_X.NOTHING, A, _FAILED, (0.5, 4)),
    Line(_X.COMPLETE_NOTIFICATION, A, {"drafted": 0.0}, (0.5, 8)),
    *(Line(_X.ANNOUNCE_ARRIVAL, siren, ago=(2, 30)) for siren in (A, C, _FISH, _FRUIT, _NUTS)),
)
_ROISSY = (
    Line(_X.CHECK_IDENTITY, A, _OPENED, visiting=_NOW),
    *(Line(_ASKED, siren, _OPENED, visiting=_AHEAD) for siren in (_FLOWERS, A, B, _FLOWERS)),
    *_just_landed(A, _FLOWERS, B, _MEAT, _FRUIT, every=0.3),
    Line(_X.DECIDE, _FLOWERS, _OPENED, (0.05, 0.5)),
    Line(_X.DECIDE, B, _CHECKED, (0.2, 1)),
    Line(_X.DECIDE_AFTER_FAILURE, _FLOWERS, _FAILED, (0.2, 1.5)),
    Line(_ASKED, A, _CHECKED, (0.5, 3)),
    Line(_X.GRANT_RELEASE, _FLOWERS, _OPENED),
    Line(_X.CONTROL_GOODS, _FISH, _OPENED | _CONTROLLED),
    Line(_X.COLLECT, A, _OPENED, (0.2, 3)),
    *(Line(_X.NOTHING, siren, _OPENED, (0.2, 4)) for siren in (_FRUIT, _FLOWERS, B, _FISH)),
    *(Line(_X.ANNOUNCE_ARRIVAL, siren, ago=(1, 20)) for siren in (A, B, _FLOWERS)),
)
_MARSEILLE = (
    Line(_ASKED, A, _OPENED, visiting=_AHEAD),
    *_just_landed(_ROOTS),
    Line(_X.DECIDE_AFTER_FAILURE, A, _FAILED, (0.2, 1.5)),
    Line(_X.PAY_DUTIES, A, _CHECKED | _UNPAID, (0.5, 5)),
    Line(_X.GRANT_RELEASE, A, _OPENED),
    Line(_X.NOTHING, _MARKET, _OPENED, (0.2, 4)),
)
_DUNKERQUE = (
    *_just_landed(_FLOWERS),
    Line(_X.CORRECT_DECLARATION, A, _CHECKED | {"rejected": 0.0}, (0.5, 4)),
    Line(_X.ANNOUNCE_ARRIVAL, A, ago=(2, 30)),
    Line(_X.NOTHING, C, _CHECKED, (0.2, 4)),
    Line(_X.FUND_ACCOUNT, A, _CHECKED | _UNFUNDED, (0.5, 5)),
)
_AT = {"FRLEH1": _LE_HAVRE, "FRCDG4": _ROISSY, "FRMRS1": _MARSEILLE, "FRDKK1": _DUNKERQUE}
SHOWCASE = tuple(replace(line, post=post) for post, lines in _AT.items() for line in lines)
