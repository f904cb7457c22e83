"""What a screen keeps of a form: what was typed, what is wrong by field, and when it is drawn anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import reflex as rx

from models.kernel import french
from models.kernel.forms.declaration import Form, Reading
from state.kit.fields import Wrong

F = TypeVar("F", bound=Form)


@dataclass
class Draft:
    """A form as it stands: components/kit/declared.py draws it."""

    typed: dict[str, str] = field(default_factory=dict)
    """What is in its fields, by their names; no password."""
    errors: dict[str, str] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    """The same errors, as their summary leads to the fields."""
    attempt: int = 0
    """Of the summary: another one takes the focus anew."""
    version: int = 0
    """Another one draws the fields anew."""


def blank(was: Draft, known: Mapping[str, str] | None = None) -> Draft:
    """The form anew, filled in with what is known already."""
    return Draft(dict(known or {}), version=was.version + 1)


def prefilled(was: Draft, known: Mapping[str, str] | None = None) -> Draft:
    """The form of a page that opens: drawn anew only to say something else, since one may be typing in it already."""
    same = was.typed == (known or {}) and not was.errors
    return was if same else blank(was, known)


def with_faults(form: type[Form], draft: Draft, errors: Mapping[str, str]) -> Draft:
    """The form with what is wrong with it; what is typed stays."""
    reasons = {name: french.typeset(reason) for name, reason in errors.items()}
    wrong = [Wrong(f"#{form.id_of(name)}", form.asked[name].label) for name in reasons]
    return replace(draft, errors=reasons, wrong=wrong, attempt=draft.attempt + 1)


def as_typed(form: type[Form], reading: Reading[F], was: Draft) -> Draft:
    """The form as it was read: what was typed, what is wrong."""
    return with_faults(form, replace(was, typed=reading.typed), reading.errors)


class FormScreen(rx.State, mixin=True):
    """A page, or a piece of it, with one form: the draft is kept until what it asks for is done."""

    draft: Draft = Draft()

    def _blank(self, known: Mapping[str, str] | None = None) -> None:
        """Show the form anew: opened, or after its act was done."""
        self.draft = blank(self.draft, known)

    def _prefill(self, known: Mapping[str, str] | None = None) -> None:
        """The page opens: the form is drawn by the server already."""
        self.draft = prefilled(self.draft, known)

    def _read(self, form: type[F], raw: Mapping[str, object]) -> F | None:
        """What was typed, as values; None when there is something to correct, which the form then says."""
        reading = form.read(raw)
        self.draft = as_typed(form, reading, self.draft)
        return reading.values

    def _beside(self, name: str, reason: str) -> None:
        """Say of a field that was just left what is wrong with it, or nothing any more; no summary, no focus."""
        others = {field: known_reason for field, known_reason in self.draft.errors.items() if field != name}
        self.draft = replace(self.draft, errors=others | ({name: french.typeset(reason)} if reason else {}))

    def _fault(self, form: type[Form], **errors: str) -> None:
        """Say what only the verb knew to be wrong, by field."""
        self.draft = with_faults(form, self.draft, errors)
