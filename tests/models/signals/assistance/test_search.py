"""Answers found from questions typed in haste, and silence where we do not know (PPR-52)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.signals.assistance.faq import ENTRIES
from models.signals.assistance.search import answer, search

ASKED = {
    "mot de passe oublie": "password",
    "jai perdu mon mdp": "password",
    "comment m'inscrire": "create",
    "vérouillé": "locked",
    "changer mon mail": "email",
    "où voir mes habilitations ?": "none",
    "mon conteneur est introuvable": "missing",
    "comment regler une creance": "pay",
    "payer sans me connecter": "notice",
    "virment pas visible": "transfer",
    "qui peut clore un mandat": "iban",
    "je suis transitaire": "mandate",
    "donnees personelles": "data",
}


@pytest.mark.parametrize(("question", "key"), ASKED.items())
def test_ppr_52_a_question_in_haste_finds_its_answer(question: str, key: str) -> None:
    """PPR-52: without accents, with typing errors, in other words."""
    found = answer(question)
    assert found is not None
    assert (found.key, search(question)[0].key) == (key, key)


@pytest.mark.parametrize(
    "question", ["recette de la tarte aux pommes", "quelle heure est-il", "prix du gazole", "", "?!"]
)
def test_ppr_52_what_is_not_known_is_said(question: str) -> None:
    """PPR-52: the assistant answers nothing rather than anything."""
    assert answer(question) is None


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_question_finds_itself(entry: object) -> None:
    """A question of the list, asked word for word, comes first."""
    assert search(entry.question)[0] is entry  # type: ignore[attr-defined]


@given(st.text(max_size=200))
def test_nothing_typed_breaks_it(text: str) -> None:
    """Whatever is typed, an answer or none."""
    assert set(search(text)) <= set(ENTRIES)
