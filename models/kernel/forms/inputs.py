"""What a field of a form is: how it is asked, what it takes, and the French reasons for which it takes no other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.kernel import french


class Kind(StrEnum):
    """How a field is filled in; those that are none of ours are types of <input>."""

    LINE = "text"
    AREA = "textarea"
    SELECT = "select"
    RADIOS = "radios"
    TICK = "checkbox"
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    """The one that the person has; taken as it is typed, and never shown again."""
    NEW_PASSWORD = "new-password"  # noqa: S105 - the same
    EMAIL = "email"
    PHONE = "tel"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    HIDDEN = "hidden"


SECRET = frozenset({Kind.PASSWORD, Kind.NEW_PASSWORD})
TICKED = "on"
"""What a ticked box is sent as."""


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """One field of a form, as its declaration says it beside its type; its name is that of the model's field."""

    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    missing: str = ""
    """Why it cannot be left empty; empty where it may be."""
    invalid: str = "Vérifiez cette valeur."
    """Why a value that is not of the field's type, or beyond its limits, will not do."""
    longest: int = 200
    """Characters."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Labels by value; empty where they depend on who looks, and are checked by the verb."""
    completion: str = "off"
    """What a browser may fill it in with (`autocomplete`)."""
    input_mode: str = ""
    """The keyboard of a phone, where it is not that of the kind."""
    least: str = ""
    most: str = ""
    step: str = ""
    """Limits of a number, a day or an hour, as HTML has them."""
    rows: int = 3
    """Lines of a large field that are shown."""

    def __post_init__(self) -> None:
        for name in ("label", "hint", "missing", "invalid"):
            object.__setattr__(self, name, french.typeset(getattr(self, name)))

    @property
    def too_long(self) -> str:
        """Why a text beyond its limit will not do."""
        return french.typeset(f"Raccourcissez : {self.longest} caractères au plus.")
