"""The request's form and the hotline's hours (PPR-52)."""

from datetime import UTC, datetime

import pytest

from models.kernel.french import NBSP
from models.signals.assistance.forms import HelpForm
from models.signals.assistance.rules import hours_now, is_open

FAIR = {
    "name": "Lise Marchand",
    "email": " Lise@Kerdrel.example ",
    "siren": "912 345 675",
    "company": "Kerdrel",
    "subject": "payment",
    "text": "Je ne vois pas ma TVA.",
}


def test_ppr_52_a_fair_request_is_tidied() -> None:
    """PPR-52: spaces and capitals are ours to mend."""
    form = HelpForm.read(FAIR).values
    assert form is not None
    assert (form.email, form.siren) == ("lise@kerdrel.example", "912345675")


def test_ppr_52_each_mistake_is_told_beside_its_field() -> None:
    """PPR-52: all at once, and the company may be left out."""
    assert set(HelpForm.read({}).errors) == {"name", "email", "subject", "text"}
    assert set(HelpForm.read(FAIR | {"siren": "912345674"}).errors) == {"siren"}
    assert HelpForm.read(FAIR | {"siren": "", "company": ""}).errors == {}


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 24, 9, tzinfo=UTC), f"Ouverte jusqu’à 18{NBSP}h"),
        (datetime(2026, 11, 24, 6, 59, tzinfo=UTC), f"Fermée. Elle rouvre aujourd’hui à 8{NBSP}h."),
        (datetime(2026, 11, 24, 17, tzinfo=UTC), f"Fermée. Elle rouvre demain à 8{NBSP}h."),
        (datetime(2026, 11, 27, 17, tzinfo=UTC), f"Fermée. Elle rouvre lundi 30{NBSP}nov. à 8{NBSP}h."),
        # New Year's Day is a Friday: closed from Thursday evening to Monday.
        (datetime(2026, 12, 31, 18, tzinfo=UTC), f"Fermée. Elle rouvre lundi 4{NBSP}janv. à 8{NBSP}h."),
        # The clocks went back in the night: 8 h in Paris is 7 h UTC now.
        (datetime(2026, 10, 26, 7, tzinfo=UTC), f"Ouverte jusqu’à 18{NBSP}h"),
    ],
)
def test_ppr_52_the_hotline_says_when_it_answers(at: datetime, told: str) -> None:
    """PPR-52: working days of France, Paris clocks."""
    assert hours_now(at) == told
    assert is_open(at) is told.startswith("Ouverte")
