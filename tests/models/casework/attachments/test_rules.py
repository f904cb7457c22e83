"""What may be attached, said before a byte is sent: names, sizes, numbers, formats (CTX-06)."""

from hashlib import sha256

import pytest

from models.casework.attachments import actions, words
from models.casework.attachments.actions import Begun
from models.casework.attachments.content import FILE_TYPES, JPEG, PDF, PNG, FileType, Inspection
from models.casework.attachments.names import LONGEST, clean
from models.casework.attachments.rules import MOST_UNFINISHED, Announced, Fault, fault, megabytes, register
from models.casework.attachments.vocabulary import Reason, State
from models.kernel.database import dispose
from models.kernel.french import NBSP
from models.kernel.subject import Subject
from tests.support.accounts import A, cheap_passwords, make_account
from tests.support.attaching import (
    CLOSED,
    DOSSIER,
    OTHER,
    RULES,
    SHUT,
    begin_many,
    coming,
    dossiers,
    image,
    pdf,
    person,
    rows,
    sent,
)
from tests.support.databases import both_databases
from tests.support.racing import race

__all__ = ["cheap_passwords", "dossiers"]

NAMES = {
    "certificat.pdf": "certificat.pdf",
    "C:\\fakepath\\certificat.pdf": "certificat.pdf",
    "../../etc/passwd.pdf": "passwd.pdf",
    "/": "",
    "...": "",
    ".pdf": "pdf",
    "a\u202efdp.exe": "afdp.exe",
    "a\x00b\nc.pdf": "ab c.pdf",
    'a"b<c>:d|e?f*.pdf': "a_b_c__d_e_f_.pdf",
    "  facture   n° 12 .pdf": "facture n° 12.pdf",
    "é" * 300 + ".pdf": "é" * 118 + ".pdf",
    "x" * 300 + ".pdf": "x" * (LONGEST - 4) + ".pdf",
    "x" * 300: "x" * LONGEST,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_without_its_path_and_not_too_long(name: str) -> None:
    """CTX-06: 300 characters, a path, what is not seen or turns the direction; its ending stays."""
    assert clean(name) == NAMES[name]
    assert clean(clean(name)) == clean(name)


@pytest.mark.parametrize(
    ("announced", "reason"),
    [
        (Announced("a.pdf", 5_000_000), None),
        (Announced("a.PDF", 1, "application/pdf; charset=binary"), None),
        (Announced("a.jpeg", 1, "application/octet-stream"), None),
        (Announced("a.pdf", 5_000_001), Reason.TOO_LARGE),
        (Announced("a.pdf", 0), Reason.EMPTY),
        (Announced("a.png", 1), Reason.NOT_ADMITTED),
        (Announced("a.pdf.exe", 1), Reason.NOT_ADMITTED),
        (Announced("pdf", 1), Reason.NOT_ADMITTED),
        (Announced("a.pdf", 1, "image/jpeg"), Reason.OTHER_CONTENT),
        (Announced("/", 1), Reason.NAMELESS),
    ],
)
def test_ctx_06_pdf_and_jpeg_of_5_mb_at_most(announced: Announced, reason: Reason | None) -> None:
    """CTX-06: each refusal is a sentence that says what to do."""
    found = fault(RULES, announced)
    assert (found and found.reason) == reason
    if found:
        assert found.sentence.endswith(".")
        assert "'" not in found.sentence


def test_what_people_read_before_they_choose() -> None:
    assert RULES.told == f"5{NBSP}fichiers au plus, de 5{NBSP}Mo chacun{NBSP}: PDF, image JPEG"
    assert (megabytes(1_250_000), megabytes(400_000)) == (f"1,2{NBSP}Mo", f"0,4{NBSP}Mo")


def _fault(expected: FileType, content: bytes) -> Reason | None:
    inspection = Inspection()
    for at in range(0, len(content), 777):
        inspection.feed(content[at : at + 777])
    assert inspection.sha256 == sha256(content).hexdigest()
    return inspection.fault(expected)


def wide(content: bytes) -> bytes:
    """The same JPEG, which says that it is of 20,000 by 20,000 points."""
    at = content.index(b"\xff\xc0")
    return content[: at + 5] + (20_000).to_bytes(2) * 2 + content[at + 9 :] + bytes(2_000_000) + b"\xff\xd9"


ZIP = b"PK\x05\x06" + bytes(18)
CONTENTS = {
    "a PDF": (PDF, pdf(), None),
    "a JPEG": (JPEG, image(), None),
    "a progressive JPEG with a colour profile": (
        JPEG,
        image(progressive=True, icc_profile=bytes(90_000)),
        None,
    ),
    "a PNG": (PNG, image("PNG"), None),
    "renamed": (PDF, image(), Reason.OTHER_CONTENT),
    "renamed the other way": (JPEG, pdf(), Reason.OTHER_CONTENT),
    "a PDF behind other bytes": (PDF, b"<html>" + pdf(), Reason.OTHER_CONTENT),
    "a truncated PDF": (PDF, pdf()[:-30], Reason.TRUNCATED),
    "a truncated JPEG": (JPEG, image()[:-400], Reason.TRUNCATED),
    "a truncated PNG": (PNG, image("PNG")[:-20], Reason.TRUNCATED),
    "400 megapixels in 2 MB": (JPEG, wide(image()), Reason.TOO_MANY_PIXELS),
    "a PDF that is an archive too": (PDF, pdf() + ZIP, Reason.AMBIGUOUS),
    "an image that is a PDF too": (
        JPEG,
        image()[:2] + b"\xff\xfe\x00\x0c%PDF-1.4\n\n" + image()[2:],
        Reason.AMBIGUOUS,
    ),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_the_content_is_what_the_name_says_and_nothing_else(name: str) -> None:
    """CTX-06"""
    expected, content, reason = CONTENTS[name]
    assert _fault(expected, content) == reason


def test_whatever_the_bytes_no_reading_fails() -> None:
    """SES-53: at every length that a file may be cut at."""
    for expected, content in ((JPEG, wide(image())[:3000]), (PNG, image("PNG")), (PDF, pdf())):
        for end in range(0, len(content), 7):
            _fault(expected, content[:end])
    assert _fault(JPEG, b"\xff\xd8" + b"\xff" * 70_000) == Reason.TRUNCATED


def test_every_reason_that_is_kept_has_its_sentence() -> None:
    for reason in words._SENTENCES:
        for kind in FILE_TYPES:
            assert words.sentence(reason, kind).endswith(".")
    assert set(words.STATES) == set(State)


def test_a_kind_of_subject_has_its_rules_once(dossiers: None) -> None:  # noqa: ARG001
    with pytest.raises(ValueError, match="dossier"):
        register(RULES)


@both_databases
async def test_ctx_06_six_files_at_once_where_five_are_allowed(database: str, dossiers: None) -> None:  # noqa: ARG001
    """CTX-06: from two processes, on both engines: five, and a sentence for the sixth."""
    await make_account()
    await dispose()
    outcomes, _ = race(begin_many, database, [(0, 3), (3, 3)])
    assert dict(outcomes) == {"Begun": 5, Reason.TOO_MANY: 1}
    assert len(await rows()) == 5


@pytest.mark.usefixtures("database", "dossiers")
async def test_ctx_06_five_files_then_no_more_until_one_is_taken_back() -> None:
    """CTX-06"""
    await make_account()
    begun = [await actions.begin(person(), DOSSIER, Announced(f"{n}.pdf", 1_000)) for n in range(5)]
    sixth = await actions.begin(person(), DOSSIER, Announced("6.pdf", 1))
    assert isinstance(sixth, Fault)
    assert sixth.sentence.startswith(f"5{NBSP}fichiers au plus peuvent être joints")
    assert isinstance(begun[0], Begun)
    assert await actions.take_back(person(), begun[0].reference) is None
    assert isinstance(await actions.begin(person(), DOSSIER, Announced("6.pdf", 1)), Begun)


@pytest.mark.usefixtures("database", "dossiers")
async def test_ctx_06_all_files_together_weigh_no_more_than_their_service_says() -> None:
    await make_account()
    for n in range(2):
        assert isinstance(await actions.begin(person(), DOSSIER, Announced(f"{n}.pdf", 5_000_000)), Begun)
    refused = await actions.begin(person(), DOSSIER, Announced("3.pdf", 2_000_001))
    assert isinstance(refused, Fault)
    assert refused.reason is Reason.TOO_MUCH
    assert f"il reste 2{NBSP}Mo" in refused.sentence


@pytest.mark.usefixtures("database", "dossiers")
async def test_the_same_file_twice_is_told_under_which_name_it_is_there() -> None:
    """CTX-06: announced with its digest, at once; without, when its last piece came. Nothing of the second is kept."""
    await make_account()
    content = pdf("une")
    await sent(content, "premier.pdf")
    digest = sha256(content).hexdigest()
    twice = await actions.begin(
        person(), DOSSIER, Announced("autre.pdf", len(content), sha256=digest.upper())
    )
    assert isinstance(twice, Fault)
    assert f"«{NBSP}premier.pdf{NBSP}»" in twice.sentence
    late = await sent(content, "autre.pdf")
    assert not isinstance(late, Fault)
    assert (late.state, late.reason) == (State.REFUSED, Reason.TWICE)
    assert not isinstance(await sent(content, subject=DOSSIER, caller=person(account_id=1)), Fault)


@pytest.mark.usefixtures("database", "dossiers")
async def test_what_came_must_be_what_was_announced() -> None:
    """CTX-06: a digest that the sender computed is verified."""
    await make_account()
    begun = await actions.begin(person(), DOSSIER, Announced("a.pdf", len(pdf()), sha256="0" * 64))
    assert isinstance(begun, Begun)
    outcome = await actions.receive(person(), begun.reference, 0, coming(pdf()))
    assert outcome == actions.Progress(len(pdf()), len(pdf()), State.REFUSED, Reason.ALTERED, "pdf")


@pytest.mark.usefixtures("database", "dossiers")
async def test_ctx_05_one_attaches_to_what_one_sees_and_as_its_service_says() -> None:
    """CTX-05, SES-04: what one does not see does not exist; a closed dossier says so."""
    await make_account()
    announced = Announced("a.pdf", 10)
    assert await actions.begin(person(), OTHER, announced) is None
    assert await actions.begin(person(), Subject("nothing", A), announced) is None
    assert await actions.begin(person(), SHUT, announced) == Fault(Reason.NOT_ALLOWED, CLOSED.reason)


@pytest.mark.usefixtures("database", "dossiers")
async def test_ses_53_one_sender_begins_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: about whatever."""
    await make_account()
    monkeypatch.setattr(actions, "MOST_UNFINISHED", 2)
    assert MOST_UNFINISHED > 2
    for n in range(2):
        assert isinstance(await actions.begin(person(), DOSSIER, Announced(f"{n}.pdf", 10)), Begun)
    third = await actions.begin(person(), Subject("dossier", f"{A}-2"), Announced("3.pdf", 10))
    assert isinstance(third, Fault)
    assert third.reason is Reason.TOO_MANY_UNFINISHED
