"""What nobody sees in a text is taken out, at every door by which text comes in (COM-23).

Seen to fail: `text_of` without `legible`. What the browser sends: tests/state/kit/test_registry.py.
"""

import json

import pytest
from lxml import etree
from pydantic import TypeAdapter, ValidationError

from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.messages.formats.recognition import read
from models.border.passage.content import StepEvent
from models.identity.access.forms import SignUpForm
from models.kernel.legible import is_legible, legible
from models.kernel.lines import Text

HOSTILE = "Kerdrel\u202e semirp\u200b\u2066\u00ad\ufe0f\u3164\U000e0041 Primeurs"
PLAIN = "Kerdrel semirp Primeurs"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (HOSTILE, PLAIN),
        ("Quai 3\u00a0: 12\u202f°C, œuvre à l’arrivée, 東京, مرحبا", None),
        ("une\r\ndeux\rtrois\u2028quatre\tcinq", "une\ndeux\ntrois\nquatre\tcinq"),
        ("\x1b[31mrouge\x07", "[31mrouge"),
        ("\ud800a\ue000b\uffa0", "ab"),
        ("", ""),
    ],
)
def test_what_is_not_seen_is_taken_out(text: str, kept: str | None) -> None:
    """COM-23: directions, joiners, fillers, tags; letters of any script and French spaces stay."""
    wanted = text if kept is None else kept
    assert legible(text) == wanted
    assert legible(wanted) == wanted
    assert is_legible(text) == (text == wanted)


def test_messages_are_legible() -> None:
    """COM-23: elements and attributes of XML, and the JSON event."""
    element = Element(etree.fromstring(f"<a b='{HOSTILE}'>{HOSTILE}</a>"))
    assert (text_of(element), attribute(element, "b")) == (PLAIN, PLAIN)
    event = {
        "type": "step", "consignment": "CHEDP.FR.2026.0000123", "step": "documentary", "status": "satisfactory",
        "at": "2026-11-22T09:00:00Z", "detail": HOSTILE,
    }  # fmt: skip
    said = read(json.dumps(event).encode()).content
    assert isinstance(said, StepEvent)
    assert said.detail == PLAIN


def test_what_co_owners_write_is_refused_and_newcomers_see_what_is_read() -> None:
    """COM-23: a reference is not changed behind anybody’s back; a form shows again what it read."""
    with pytest.raises(ValidationError):
        TypeAdapter(Text).validate_python(HOSTILE)
    reading = SignUpForm.read({"name": HOSTILE, "email": "a@b.fr", "siren": "912345675"})
    assert reading.typed["name"] == " ".join(PLAIN.split())
