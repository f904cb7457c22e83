"""Declared forms: whatever comes back is read, or refused in French beside its field.

Seen to fail: a reader that hands what is no text on to pydantic; one that keeps the first error alone.
"""

from datetime import date
from typing import Annotated, ClassVar

import pytest
from annotated_types import Ge, Le
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, model_validator

from models.kernel.forms.declaration import LONGEST_SHOWN, Fault, Form
from models.kernel.forms.inputs import TICKED, Input, Kind


def _even(number: int) -> int:
    if number % 2:
        raise Fault("Donnez un nombre pair.")
    return number


class Sample(Form):
    """One field of each kind."""

    key: ClassVar[str] = "sample"

    name: Annotated[str, Input("Nom", missing="Donnez un nom.", longest=10)]
    number: Annotated[
        int, Ge(0), Le(100), AfterValidator(_even), Input("Nombre", invalid="Donnez un nombre, de 0 à 100.")
    ] = 0
    since: Annotated[date | None, Input("Depuis", Kind.DATE, invalid="Donnez un jour.")] = None
    choice: Annotated[
        str,
        Input("Choix", Kind.SELECT, invalid="Choisissez dans la liste.", choices={"a": "Un", "b": "Deux"}),
    ] = "a"
    ticked: Annotated[bool, Input("Case", Kind.TICK)] = False
    secret: Annotated[str, Input("Secret", Kind.PASSWORD)] = ""
    kept: Annotated[str, Input("Jeton", Kind.HIDDEN, longest=4)] = ""
    text: Annotated[str, Input("Texte", Kind.AREA, longest=20)] = ""

    @model_validator(mode="after")
    def _consistent(self) -> "Sample":
        if self.choice == "b" and not self.number:
            raise Fault("Avec ce choix, donnez le nombre.", "number")
        return self


def test_what_is_right_is_read_with_its_type() -> None:
    reading = Sample.read(
        {
            "name": " Lise  K ",
            "number": "12",
            "since": "2026-03-24",
            "ticked": True,
            "text": " a\nb ",
            "other": 1,
        }
    )
    assert reading.errors == {}
    assert reading.values == Sample(
        name="Lise K", number=12, since=date(2026, 3, 24), ticked=True, text="a\nb"
    )
    assert (reading.typed["name"], reading.typed["ticked"]) == (" Lise  K ", TICKED)


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_fields() -> None:
    raw = {"text": "x" * 21, "choice": "c", "since": "hier", "number": "101", "name": ""}
    reading = Sample.read(raw)
    assert reading.values is None
    assert list(reading.errors.items()) == [
        ("name", "Donnez un nom."),
        ("number", "Donnez un nombre, de 0 à 100."),
        ("since", "Donnez un jour."),
        ("choice", "Choisissez dans la liste."),
        ("text", "Raccourcissez\u00a0: 20 caractères au plus."),
    ]
    assert {name: reading.typed[name] for name in raw} == raw


@pytest.mark.parametrize(
    ("raw", "errors"),
    [
        ({"name": "x", "number": "3"}, {"number": "Donnez un nombre pair."}),
        ({"name": "x", "choice": "b"}, {"number": "Avec ce choix, donnez le nombre."}),
    ],
)
def test_a_check_says_which_field_it_is_about(raw: dict[str, str], errors: dict[str, str]) -> None:
    assert Sample.read(raw).errors == errors


def test_a_secret_is_taken_to_the_character_and_never_shown_again() -> None:
    reading = Sample.read({"name": "x", "secret": " a\u200bb "})
    assert reading.values is not None
    assert reading.values.secret == " a\u200bb "
    assert "secret" not in reading.typed


def test_what_nobody_typed_blocks_nothing() -> None:
    """A hidden value that is too long is none: no person could correct it."""
    reading = Sample.read({"name": "x", "kept": "x" * 5})
    assert reading.values is not None
    assert reading.values.kept == ""


_anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.lists(st.text()),
    st.just("x" * 9000), st.just("9" * 5000), st.just("a\0\u202e\ud800b"),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*Sample.asked, "other"]), _anything))
def test_whatever_comes_back_is_read(raw: dict[str, object]) -> None:
    """Values or reasons, never both, never neither; nothing unseen, nothing endless is shown again."""
    reading = Sample.read(raw)
    assert (reading.values is None) is bool(reading.errors)
    assert all(len(text) <= LONGEST_SHOWN and "\0" not in text for text in reading.typed.values())


def test_a_field_that_does_not_say_how_it_is_asked_is_no_field() -> None:
    with pytest.raises(TypeError, match="how it is asked"):
        type("Bare", (Form,), {"__annotations__": {"name": str}})
    with pytest.raises(TypeError, match="no default"):
        type("Open", (Form,), {"__annotations__": {"name": Annotated[str, Input("Nom")]}})
