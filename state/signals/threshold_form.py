"""The form that sets a threshold: what is in it, and what a supervisor typed (SES-20)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.kernel.refusal import Refusal
from models.signals.alerts import words
from models.signals.alerts.rules import Threshold
from models.signals.alerts.thresholds import Proposed, is_an_age
from state.kit.fields import read_whole

_FIELDS = ("mesure", "poste", "type", "etape", "ouvre", "ferme")
_NOT_A_NUMBER = Refusal("Donnez des nombres entiers, sans unité.")


@dataclass
class Editing:
    """The threshold of the dialog; `adds` when it is a new one, whose place is still to be chosen."""

    shown: bool = False
    adds: bool = False
    title: str = ""
    where: str = ""
    quantity: str = ""
    post: str = ""
    ched_type: str = ""
    step: str = ""
    opens_at: str = ""
    closes_at: str = ""
    active: bool = True
    unit: str = ""
    error: str = ""
    checked: bool = False
    """Whether what it would raise is shown, and it can be set."""
    raises: str = ""
    lines: list[str] = field(default_factory=list)
    stamp: str = ""
    """Of what was checked."""


def editing(threshold: Threshold, posts: Mapping[str, str]) -> Editing:
    """The form of a threshold that is there."""
    return Editing(
        True,
        False,
        words.QUANTITIES[threshold.quantity],
        words.where(posts.get(threshold.post_code, threshold.post_code), threshold.ched_type, threshold.step),
        threshold.quantity,
        threshold.post_code,
        threshold.ched_type,
        threshold.step,
        str(threshold.opens_at),
        str(threshold.closes_at),
        threshold.active,
        "minutes" if is_an_age(threshold.quantity) else "nombre",
    )


def adding() -> Editing:
    """The form of a threshold that is not there yet."""
    return Editing(True, True, "Nouveau seuil", unit="minutes pour une durée, sinon nombre")


def typed(form: Mapping[str, str | bool | None], was: Editing) -> Editing:
    """The form as it was sent; where the threshold holds changes only while it is being added."""
    said = {name: str(form.get(name) or "").strip() for name in _FIELDS}
    place = (
        (said["mesure"], said["poste"], said["type"], said["etape"])
        if was.adds
        else (was.quantity, was.post, was.ched_type, was.step)
    )
    return Editing(
        True,
        was.adds,
        was.title,
        was.where,
        *place,
        said["ouvre"],
        said["ferme"],
        bool(form.get("actif")),
        was.unit,
    )


def proposed(it: Editing) -> Proposed | Refusal:
    """What the form proposes."""
    numbers = [read_whole(text, 7) for text in (it.opens_at, it.closes_at)]
    opens_at, closes_at = numbers
    if opens_at is None or closes_at is None:
        return _NOT_A_NUMBER
    return Proposed(it.quantity, it.post, it.ched_type, it.step, opens_at, closes_at, it.active)
