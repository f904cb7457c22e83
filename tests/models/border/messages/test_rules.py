"""Which posts a text names: who may read a message that has no subject yet (SES-05)."""

import codecs

import pytest

from models.border.messages.rules import codes_in


@pytest.mark.parametrize(
    "text", ["poste FRLEH1", "<ID>frleh1</ID>", "FRLEH1.", '{"post": "FrLeh1"}', "FRLEH1-SIVEP"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_ses_05_a_post_is_found_whatever_the_writing(text: str, encoding: str) -> None:
    """SES-05: case and encoding."""
    assert codes_in(f"<a>{text}</a>".encode(encoding)) == {"FRLEH1"}


def test_ses_05_a_broken_text_names_what_can_be_read_of_it() -> None:
    """SES-05"""
    assert codes_in(codecs.BOM_UTF16_LE + b" FRLEH1 \xd8") == {"FRLEH1"}
    assert codes_in(b"FRLEHX XFRLEH12 1FRLEH1") == frozenset()


def test_ses_05_a_list_of_posts_names_none() -> None:
    """SES-05"""
    assert codes_in(b" ".join(b"FRAB%c1" % letter for letter in range(65, 91)) * 1) != frozenset()
    many = b" ".join(b"FRA%c%c1" % (one, two) for one in range(65, 91) for two in range(65, 70))
    assert codes_in(many) == frozenset()
