"""SES-50: a code that nobody listed reaches no screen, no letter, no paper: every place where codes become words.

Seen to fail: with a method of check, a country, a unit or a kind of package shown as it came.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, is_dataclass, replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from app.documents.certified import content, pdf
from app.http.partner_api.consignment_told import whole
from models.border.documents import queries as documents
from models.border.follow_up.queries import listing as queries
from models.border.messages.tables import Message
from models.border.passage.content import (
    Check,
    Container,
    Content,
    CustomsError,
    CustomsStatement,
    Decision,
    Goods,
    Package,
    Party,
    Quantity,
    ReferencedDocument,
    StepEvent,
    Transport,
)
from models.border.passage.vocabulary import CheckResult, ChedType, StepKind, StepStatus
from models.identity.access.subjects import Title
from models.identity.accounts.viewer import Viewer
from models.journal.sealing.keys import signer
from models.journal.tables import JournalEntry
from models.kernel.database import read
from models.signals.notifications.facts import facts_of
from models.signals.notifications.words import words
from state.border import file_view, rows
from tests import factories
from tests.factories import NOW, add_basics, after, ched, customs, officer, operator, reference, tell
from tests.support.databases import reading

pytestmark = pytest.mark.usefixtures("told")

ODD = "QZ"
"""What every unknown code here begins with; the country alone is nothing else."""
REPORTED = "(code\u00a0QZ12005, repère\u00a0QZ9[1]:QZ8)"
"""The one place for codes: the technical reference of an error of customs, after its words."""
PARTY = Party("importer", "Kerdrel", ODD, city="Brest", identifier=factories.A, identifier_scheme="QZ_SCHEME")
ODD_CHED = ched(
    ched_type=ChedType.PLANTS,
    status="777",
    purpose="QZ_PURPOSE",
    origin_country=ODD,
    export_country=ODD,
    quantity=Quantity(Decimal(5), "QZU"),
    packages=(Package("QZP", "Kind", 6),),
    parties=(PARTY,),
    goods=(
        Goods(
            1,
            cn_code="99999999",
            product_type="QZ_PRODUCT",
            origin_country=ODD,
            quantity=Quantity(Decimal(5), "QZU"),
            packages=(Package("QZP", "Kind", 6),),
        ),
    ),
    containers=(Container("OSTU4812053"),),
    transports=(Transport("other", "9321483"),),
    documents=(ReferencedDocument("QZ1", "QZ paper", "P1", country=ODD),),
    checks=(
        Check(StepKind.DOCUMENTARY, CheckResult.SATISFACTORY, after(1), "QZ_METHOD"),
        Check(StepKind.IDENTITY, CheckResult.SATISFACTORY, after(2), "QZ_METHOD"),
        Check(StepKind.PHYSICAL, CheckResult.NOT_DONE, after(3), "", "QZ_WHY"),
    ),
)
ACCEPTED = replace(ODD_CHED, issued_at=after(4), decision=Decision("ACCEPTABLE_FOR_QZ", after(4)))
REFUSED = replace(
    ODD_CHED,
    issued_at=after(4),
    decision=Decision("NOT_ACCEPTABLE_QZ", after(4), "QZ_MEASURE", "QZ_EXTENT", ("QZ_REASON", "QZ_OTHER")),
)
REJECTED = customs(
    "03",
    hours=5,
    statements=(CustomsStatement("QZ2"), CustomsStatement("QZ3", "Voir le bureau.")),
    errors=(CustomsError("QZ12005", "", "QZ9[1]:QZ8"),),
)
LIVES: dict[str, tuple[Content, ...]] = {
    "notified": (ODD_CHED,),
    "accepted": (ACCEPTED,),
    "refused": (REFUSED,),
    "rejected by customs": (ACCEPTED, REJECTED),
    "held by customs": (ACCEPTED, replace(REJECTED, function="11")),
    "unknown answer": (ACCEPTED, replace(REJECTED, function="99")),
    "told by a partner": (
        ODD_CHED,
        StepEvent(reference(), StepKind.PHYSICAL, StepStatus.UNSATISFACTORY, after(5), "QZ_AUTHORITY"),
    ),
}


def said(value: Any) -> Iterator[str]:
    """Every text in a value, at whatever depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from said(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from said(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from said(asdict(value))


def raw(texts: Iterator[str], drawn: Sequence[str] = ()) -> list[str]:
    """Those that show a code which should have become words; identifiers `drawn` at random may hold any letters."""
    return [text for text in texts if ODD in _without(text, REPORTED, *drawn)]


def _without(text: str, *parts: str) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text


@pytest.fixture(params=LIVES)
async def told(request: pytest.FixtureRequest, database: str) -> str:  # noqa: ARG001
    """One consignment whose messages hold nothing but codes that we do not know."""
    await add_basics()
    receipts = await tell(*LIVES[request.param])
    assert not any(receipt.refusal for receipt in receipts)
    return str(request.param)


@pytest.mark.parametrize("viewer", [operator(), officer()])
async def test_ses_50_no_screen_shows_a_raw_code(viewer: Viewer) -> None:
    """SES-50: the list, the page of the consignment, its timeline, goods, papers and parties."""
    detail = await read(lambda db: queries.one(db, viewer, reference()))
    papers = await read(lambda db: documents.of_consignment(db, viewer, reference()))
    assert detail is not None
    assert raw(said(rows.row(detail.listed, viewer, NOW))) == []
    page = file_view.file(detail, papers, viewer, NOW)
    assert page.goods[0].quantity == "5 (unité non précisée)"
    messages = await _messages()
    drawn = [
        part for one in messages for part in (one.id, f"_{one.id[:4]}.")
    ]  # addresses, and names of files
    assert raw(said(page), drawn) == []
    assert raw(said([one.summary for one in messages])) == []


async def test_ses_50_the_certified_copy_prints_no_raw_code() -> None:
    """SES-50, SES-52"""
    copy = await content.read(operator(), reference())
    assert copy is not None
    pages = PdfReader(BytesIO(pdf.write(copy, signer()))).pages
    text = " ".join(page.extract_text() for page in pages)
    printed = " ".join(text.split()).replace("\u00a0", " ")
    assert ODD not in printed.replace(REPORTED.replace("\u00a0", " "), "")


async def test_ses_50_the_words_beside_the_codes_are_words() -> None:
    """SES-50: the partner API gives each code as received, and beside it what a person may read."""
    detail = await read(lambda db: queries.one(db, operator(), reference()))
    assert detail is not None
    labels = list(_labels(whole(detail, []).model_dump()))
    assert labels
    assert raw(iter(labels)) == []


async def test_ses_50_no_letter_nor_notice_holds_a_raw_code() -> None:
    """SES-30, SES-50: they are made of the journal, whose codes are ours."""
    async with reading() as db:
        entries = db.exec(select(JournalEntry)).all()
    facts = [fact for entry in entries for fact in facts_of(entry, None)]
    assert facts
    title = Title(reference(), "Marchandise")
    assert raw(said([words(fact.kind, fact.side, fact.details, fact.subject, title) for fact in facts])) == []


def _labels(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _labels(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _labels(inner, name)
    elif isinstance(value, str) and (name.endswith("_label") or name in {"title", "packages", "detail"}):
        yield value


async def _messages() -> list[Message]:
    async with reading() as db:
        return list(db.exec(select(Message)).all())
