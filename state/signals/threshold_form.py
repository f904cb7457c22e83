"""The dialog that sets a threshold: which one it is about, and what its form proposes (SES-20)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.kernel.forms.inputs import TICKED
from models.signals.alerts import words
from models.signals.alerts.forms import ThresholdForm
from models.signals.alerts.rules import Threshold
from models.signals.alerts.thresholds import Proposed


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
    error: str = ""
    """Why what the form proposes, each field being right, cannot be set."""
    checked: bool = False
    """Whether what it would raise is shown, and it can be set."""
    raises: str = ""
    lines: list[str] = field(default_factory=list)
    stamp: str = ""
    """Of what was checked."""


def editing(threshold: Threshold, posts: Mapping[str, str]) -> Editing:
    """The dialog of a threshold that is there."""
    return Editing(
        True,
        False,
        words.QUANTITIES[threshold.quantity],
        words.where(posts.get(threshold.post_code, threshold.post_code), threshold.ched_type, threshold.step),
        threshold.quantity,
        threshold.post_code,
        threshold.ched_type,
        threshold.step,
    )


def known_of(threshold: Threshold) -> dict[str, str]:
    """Its form, as it is filled in."""
    return {
        "opens_at": str(threshold.opens_at),
        "closes_at": str(threshold.closes_at),
        "active": TICKED if threshold.active else "",
    }


def adding() -> Editing:
    """The dialog of a threshold that is not there yet."""
    return Editing(True, True, "Nouveau seuil")


def proposed(form: ThresholdForm, about: Editing) -> Proposed:
    """What the form proposes; where the threshold holds changes only while it is being added."""
    place = (
        (form.quantity, form.post, form.ched_type, form.step)
        if about.adds
        else (about.quantity, about.post, about.ched_type, about.step)
    )
    return Proposed(*place, form.opens_at, form.closes_at, form.active)
