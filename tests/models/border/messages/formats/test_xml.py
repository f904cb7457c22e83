"""XML is read safely (no entity, no network, no depth) and leniently (prefixes), and never in part."""

import pytest

from models.border.messages.formats.parts.elements import text_of
from models.border.messages.formats.xml import MAX_MARKUPS, REPAIRED, parse
from models.border.passage.content import UnreadableMessage
from tests.models.border.messages.formats.refusals import refused

DEEP = 100_000


@pytest.mark.parametrize(
    "body",
    [
        b"<ns6:a><ns8:b>x</ns8:b></ns6:a>",
        b"<a xmlns:p='urn:p'><p:b>x</p:c></a>".replace(b"p:c", b"q:b"),
        b"<a><b xsi:type='t'>x</b></a>",
    ],
)
def test_prefixes_are_repaired(body: bytes) -> None:
    root, warnings = parse(body)
    assert text_of(root, "b") == "x"
    assert warnings == (REPAIRED,)


def test_declared_prefixes_need_no_repair() -> None:
    root, warnings = parse(b"<p:a xmlns:p='urn:p'><p:b>x</p:b></p:a>")
    assert text_of(root, "b") == "x"
    assert warnings == ()


def test_repair_leaves_content_alone() -> None:
    root, _ = parse(
        b"<p:a k='<'/>".replace(b"<'", b"q:x>'").replace(
            b"/>", b"><!-- <r:c> --><![CDATA[<s:d>]]> t:e &lt;u:f&gt;</p:a>"
        )
    )
    assert root.get("k") == "q:x>"
    assert root.text == "<s:d> t:e <u:f>"


def test_repair_merges_no_attributes() -> None:
    root, _ = parse(b"<p:a u:id='1' v:id='2'/>")
    assert (root.get("u_id"), root.get("v_id")) == ("1", "2")


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"<a><b>x</b>", "tronqué"),
        (b"<p:a><p:b>x</p:b>", "tronqué"),
        (b"<p:a><p:b>x</p:b></p:", "fermée"),
        (b"<a><b></a></b>", "mal fermée"),
        (b"<p:a><p:b></p:a></p:b>", "mal fermée"),
        (b"<a>&who;</a>", "entité"),
        (b"<a>\x00</a>", "interdit"),
        (b"<a/><b/>", "mal formé"),
        (b"<a>" * DEEP, "imbriqués"),
        (b"<a>" * DEEP + b"</a>" * DEEP, "imbriqués"),
        (b"<p:a>" * DEEP + b"</p:a>" * DEEP, "imbriqués"),
        (b"<?xml version='1.0' encoding='utf-8'?><a>\xe9</a>", "octet 42"),
        (b"<?xml version='1.0' encoding='utf-16'?><a/>", "UTF-16"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "utf-7"),
        (b"<?xml version='1.0'", "déclaration"),
        ("<a>é</a>".encode("utf-16")[:-1], "UTF-16"),
        (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "DOCTYPE"),
        (b"<?pi?><!-- c --> <!doctype a><a/>", "DOCTYPE"),
        (b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>", "DOCTYPE"),
        (b"<!DOCTYPE a [<!ENTITY l 'll'><!ENTITY m '&l;&l;&l;'>]><a>&m;</a>", "DOCTYPE"),
    ],
)
def test_refused(body: bytes, word: str) -> None:
    assert word in refused(body, UnreadableMessage).detail


@pytest.mark.parametrize(
    "body",
    [
        b"<!--" * 300_000,
        b"<p:a>" + b"<![CDATA[" * 300_000,
        b"<p:a " + b'x="' * 1_000_000,
        b"<p:a " + b" " * 3_000_000 + b"<",
        b"<p:a x" + b"=" * 3_000_000,
        b"<?xml" + b" " * 3_000_000,
        b"<a/>" * (MAX_MARKUPS + 1),
    ],
)
def test_broken_giants_are_refused_at_once(body: bytes) -> None:
    """Every scan is linear: a quadratic one would take hours here."""
    refused(body, UnreadableMessage)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15"])
def test_declared_encodings(encoding: str) -> None:
    root, _ = parse(f"<?xml version='1.0' encoding='{encoding}'?><a>forêt</a>".encode(encoding))
    assert root.text == "forêt"


def test_utf_16_needs_its_mark() -> None:
    root, _ = parse("<?xml version='1.0' encoding='UTF-16'?><a>forêt</a>".encode("utf-16"))
    assert root.text == "forêt"


def test_line_numbers_survive_the_declaration() -> None:
    assert "ligne 4" in refused(b"<?xml\n version='1.0'?>\n<a>\n<b></c></a>", UnreadableMessage).detail


def test_comments_do_not_cut_texts() -> None:
    assert parse(b"<a>12<!-- x -->34<?y?>56</a>")[0].text == "123456"
