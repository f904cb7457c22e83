"""Reports of containers put ashore or loaded."""

from datetime import UTC, datetime

import pytest

from models.border.messages.formats.recognition import read
from models.border.passage.content import Coarri, IncompleteMessage, UnknownFormat, UnreadableMessage
from tests.models.border.messages.formats.refusals import assert_french, refused

HEAD = ["BGM+44+r1+9", "TDT+20+012E+1+++++9V123:103::SEA ?'UNA STAR", "LOC+11+FRLEH:139:6"]
BOX = ["EQD+CN+MSKU 123456-5+45G1", "DTM+203:202607010913:203", "LOC+9+CNSHA:139:6", "SEL+H1?+2+SH"]


def interchange(*lines: str, una: str = "", prepared: str = "260701:1728") -> bytes:
    body = ["UNH+m1+COARRI:D:95B:UN", *lines, f"UNT+{len(lines) + 2}+m1"]
    return una.encode() + "'\n".join([f"UNB+UNOA:2+A+B+{prepared}+i1", *body, "UNZ+1+i1", ""]).encode()


def report(body: bytes) -> Coarri:
    content = read(body).content
    assert isinstance(content, Coarri)
    return content


def test_discharge() -> None:
    """SES-02: the arrival of a container, at French legal time."""
    (moved,) = report(interchange(*HEAD, *BOX, "CNT+16:1")).movements
    assert (moved.container, moved.movement, moved.port) == ("MSKU1234565", "discharged", "FRLEH")
    assert moved.at == datetime(2026, 7, 1, 7, 13, tzinfo=UTC)
    assert (moved.vessel, moved.voyage, moved.seals) == ("SEA 'UNA STAR", "012E", ("H1+2",))


def test_loading_takes_the_port_of_loading() -> None:
    (moved,) = report(interchange("BGM+46+r1+9", "LOC+9+FRFOS:139:6", *BOX[:2])).movements
    assert (moved.movement, moved.port) == ("loaded", "FRFOS")


def test_folded_lines_and_own_separators() -> None:
    plain = interchange(*HEAD, *BOX)
    folded = b"\r\n".join(plain.replace(b"\n", b"")[i : i + 20] for i in range(0, len(plain), 20))
    assert report(folded) == report(plain)
    plain = interchange(*HEAD, *BOX[:3])
    swapped = plain.translate(bytes.maketrans(b":+", b"+:"))
    assert report(b"UNA+:.? '" + swapped) == report(b"UNA:+.? '" + plain)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTM+132:202606301000:203"], datetime(2026, 6, 30, 8, tzinfo=UTC)),
        (["DTM+132:202606301000:203", "DTM+178:202606301100:203"], datetime(2026, 6, 30, 9, tzinfo=UTC)),
        ([], datetime(2026, 7, 1, 15, 28, tzinfo=UTC)),
    ],
)
def test_undated_container(lines: list[str], expected: datetime) -> None:
    parsed = read(interchange(*HEAD, *lines, BOX[0]))
    assert isinstance(parsed.content, Coarri)
    assert parsed.content.movements[0].at == expected
    assert_french(*parsed.warnings)


@pytest.mark.parametrize(("number", "word"), [("MSKU1234566", "clé"), ("TRAILER9", "forme")])
def test_wrong_container_number_is_kept_with_a_remark(number: str, word: str) -> None:
    parsed = read(interchange(*HEAD, f"EQD+CN+{number}", BOX[1]))
    assert isinstance(parsed.content, Coarri)
    assert parsed.content.movements[0].container == number
    assert word in parsed.warnings[0]


GOOD = interchange(*HEAD, *BOX)


@pytest.mark.parametrize("cut", range(12, len(GOOD) - 2, 7))
def test_cut_anywhere(cut: int) -> None:
    refused(GOOD[:cut], UnreadableMessage)


@pytest.mark.parametrize(
    "body",
    [
        GOOD.replace(b"UNT+9", b"UNT+8"),
        GOOD.replace(b"UNZ+1", b"UNZ+2"),
        GOOD.replace(b"UNT+9+m1'", b""),
        GOOD.replace(b"SEL+", b"'"),
        GOOD + GOOD,
        GOOD + b"UNH+1+COARRI'",
        GOOD.replace(b"FRLEH", b"FR\x00EH"),
        b"UNB'",
        b"UNB+'",
        b"UNA",
        b"UNA::::::" + GOOD,
        GOOD.replace(b"UNH", b"UNA:+.? 'UNH"),
        b"UNB+UNOA:2+A+B+260701:1728+i1'UNT+1+2'",
    ],
)
def test_broken(body: bytes) -> None:
    refused(body, UnreadableMessage)


def test_others_are_unknown() -> None:
    refused(GOOD.replace(b"COARRI", b"COPRAR"), UnknownFormat)
    refused(GOOD.replace(b"BGM+44+r1+9", b"BGM+44+r1+1"), UnknownFormat)


def test_a_nature_that_is_not_read_is_named_alone() -> None:
    """Its containers are there: they are not what is missing."""
    error = refused(GOOD.replace(b"BGM+44", b"BGM+270"), UnknownFormat)
    assert "270" in error.detail
    assert "non prise en charge" in error.detail
    assert "conteneur" not in error.detail


def test_a_nature_that_is_not_read_spoils_no_other_report() -> None:
    message = GOOD[GOOD.index(b"UNH") : GOOD.index(b"UNZ")]
    both = GOOD.replace(message, message + message.replace(b"BGM+44", b"BGM+270")).replace(b"UNZ+1", b"UNZ+2")
    parsed = read(both)
    assert parsed.content == read(GOOD).content
    assert any("270" in warning for warning in parsed.warnings)
    assert_french(*parsed.warnings)


def test_incomplete() -> None:
    assert refused(GOOD.replace(b"BGM+44", b"BGM+"), IncompleteMessage).missing == (
        "nature du compte rendu (BGM 44, débarquement, ou 46, embarquement)",
    )
    assert refused(interchange(*HEAD), IncompleteMessage).missing == ("numéro de conteneur",)
    wrong = refused(GOOD.replace(b"202607010913", b"202613010913"), IncompleteMessage)
    assert "MSKU1234565" in wrong.missing[-1]


def test_many_remarks_are_counted() -> None:
    """A hostile report must cost neither hours nor an endless answer."""
    boxes = [f"EQD+CN+BOX{rank}" for rank in range(3000)]
    parsed = read(interchange(*HEAD, *boxes))
    assert isinstance(parsed.content, Coarri)
    assert len(parsed.content.movements) == 3000
    assert len(parsed.warnings) == 51
    assert "5\u00a0950" in parsed.warnings[-1]
