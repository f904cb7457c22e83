"""A form: a model whose fields say how they are asked, and which reads whatever comes back for them.

The names of its fields are those of the HTML. `read` never raises: whatever a browser, or a program that passes for
one, sends is read into the form's values or into a French reason for each field that will not do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from models.kernel import french
from models.kernel.forms.inputs import SECRET, TICKED, Input, Kind
from models.kernel.legible import legible

V = TypeVar("V")
LONGEST_SHOWN = 4000
"""Characters of a field that are shown again: what is beyond, nobody typed."""


class Fault(ValueError):
    """Why a value will not do, as the check of a declaration says it: of its own field, or of the one that is named."""

    def __init__(self, reason: str, name: str = "") -> None:
        """`name`: the field, for a check of several of them."""
        super().__init__(reason)
        self.reason, self.name = reason, name


@dataclass(frozen=True, slots=True)
class Reading(Generic[V]):
    """What came back for a form."""

    values: V | None
    """None when there is something to correct."""
    typed: dict[str, str]
    """What was typed, by field, to be shown again; no password."""
    errors: dict[str, str] = field(default_factory=dict)
    """Why, in French, by field; in their order. What is wrong with the form as a whole is its first field's."""


class Form(BaseModel):
    """A declared form: `name: Annotated[type, Input(...)]`, in the order in which it is asked.

    An optional field has a default; `key` distinguishes the forms of one page, in the ids of their fields.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=False)

    key: ClassVar[str] = ""
    asked: ClassVar[Mapping[str, Input]] = {}
    """How each field is asked, by its name."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Gather how its fields are asked.

        Raises:
            TypeError: a field that says nothing of it, or may be empty without a default; when the module is read.
        """
        asked = {}
        for name, known in cls.model_fields.items():
            inputs = [note for note in known.metadata if isinstance(note, Input)]
            if len(inputs) != 1:
                raise TypeError(f"{cls.__name__}.{name} does not say how it is asked")
            if known.is_required() and not inputs[0].missing:
                raise TypeError(f"{cls.__name__}.{name} may be empty, and has no default")
            asked[name] = inputs[0]
        cls.asked = asked

    @classmethod
    def id_of(cls, name: str) -> str:
        """The id of that field in the page."""
        return f"{cls.key}-{name}" if cls.key else name

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Reading[Self]:
        """Read what came back, whatever it is."""
        answers = {name: _taken(asked, raw.get(name)) for name, asked in cls.asked.items()}
        typed = {
            name: _shown(asked, raw.get(name), answers[name])
            for name, asked in cls.asked.items()
            if asked.kind not in SECRET
        }
        errors = {name: _refused(cls.asked[name], text) for name, text in answers.items()}
        errors = {name: reason for name, reason in errors.items() if reason}
        values = None
        try:
            values = cls.model_validate({name: text for name, text in answers.items() if text})
        except ValidationError as error:
            for name, reason in _reasons(cls, error).items():
                errors.setdefault(name, reason)
        ordered = {name: french.typeset(errors[name]) for name in cls.asked if name in errors}
        return Reading(None if ordered else values, typed, ordered)


def _taken(asked: Input, answer: object) -> str:
    """What was typed, as it is read: a line without spaces around or in a row; a secret, to the character."""
    if asked.kind is Kind.TICK:
        return TICKED if answer is True or (isinstance(answer, str) and answer) else ""
    if not isinstance(answer, str):
        return ""
    if asked.kind in SECRET:
        return answer
    text = legible(answer)
    if asked.kind is Kind.HIDDEN and len(text) > asked.longest:
        return ""  # no person typed it, and none could correct it
    return text.strip() if asked.kind is Kind.AREA else " ".join(text.split())


def _shown(asked: Input, answer: object, taken: str) -> str:
    """What is shown again: as it was typed, beyond its limit too, but for what nobody sees in it."""
    return (
        taken if asked.kind is Kind.TICK or not isinstance(answer, str) else legible(answer)[:LONGEST_SHOWN]
    )


def _refused(asked: Input, text: str) -> str:
    """Why the text will not do, whatever the type of its field."""
    if not text:
        return asked.missing
    if len(text) > asked.longest:
        return asked.too_long
    return asked.invalid if asked.choices and text not in asked.choices else ""


def _reasons(form: type[Form], error: ValidationError) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        fault = detail.get("ctx", {}).get("error")
        name = str(detail["loc"][0]) if detail["loc"] else next(iter(form.asked))
        reason = form.asked[name].invalid
        if isinstance(fault, Fault):
            name, reason = fault.name or name, fault.reason
        reasons.setdefault(name, reason)
    return reasons
