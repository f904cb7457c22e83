"""SES-40, SES-04: the papers of a consignment, for those who may see it and whole."""

import pytest

from models.border.documents.queries import Document, content, contents, of_consignment
from models.border.messages.actions import receive
from models.border.passage.content import Content
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from tests.factories import (
    NOW,
    A,
    B,
    add_basics,
    body_of,
    ched,
    coarri,
    customs,
    event,
    officer,
    operator,
    reference,
    tell,
)
from tests.support.databases import reading

_ALL: list[Content] = [
    ched(),
    customs("01"),
    customs("08", hours=2, cited=()),
    event(StepKind.PHYSICAL, StepStatus.STARTED, hours=3),
]


@pytest.fixture(autouse=True)
async def _companies(database: str) -> None:  # noqa: ARG001
    await add_basics()


async def _documents(viewer: Viewer, number: int = 1) -> list[Document]:
    async with reading() as db:
        return of_consignment(db, viewer, reference(number))


async def _download(viewer: Viewer, document_id: str, number: int = 1) -> bytes | None:
    async with reading() as db:
        found = content(db, viewer, reference(number), document_id)
    return found[1] if found else None


async def test_ses_40_documents_come_back_byte_for_byte() -> None:
    """SES-40: one by one or all together, oldest first, each under a name of its own."""
    await tell(*_ALL)
    expected = [body_of(one) for one in _ALL]
    listed = await _documents(operator())
    assert [await _download(operator(), one.id) for one in listed] == expected
    async with reading() as db:
        together = list(contents(db, operator(), reference()))
    assert together == list(zip(listed, expected, strict=True))
    assert [one.size for one in listed] == [len(body) for body in expected]
    assert len({one.name for one in listed}) == len(listed)


async def test_ses_40_a_document_says_what_it_is() -> None:
    """SES-40, SES-50: in French, with a file name in the post's time."""
    await tell(*_ALL)
    listed = await _documents(operator())
    assert [one.title for one in listed] == [
        "DSCE, nouveau",
        "Réponse de la douane, déclaration validée",
        "Réponse de la douane, BAE",
        "Événement, contrôle physique",
    ]
    assert listed[0].name.startswith("CHEDPP.FR.2026.0000001_DSCE_2026-03-24_10h00_")
    assert [one.name.rpartition(".")[2] for one in listed] == ["xml", "xml", "xml", "json"]
    assert listed[3].media_type == "application/json"


@pytest.mark.parametrize(
    "viewer",
    [
        operator(B),
        operator(A, follows=False),
        operator(None),
        officer(Role.SIVEP, "FRCDG4"),
        officer(Role.DGITM),
    ],
    ids=["other company", "no habilitation", "no company", "other post", "dgitm"],
)
async def test_ses_04_ses_05_others_have_no_document(viewer: Viewer) -> None:
    """SES-04, SES-05: not in the list, nor by its number, nor all together."""
    await tell(ched())
    (mine,) = await _documents(operator())
    assert await _documents(viewer) == []
    assert await _download(viewer, mine.id) is None
    async with reading() as db:
        assert list(contents(db, viewer, reference())) == []


@pytest.mark.parametrize("viewer", [officer(), officer(Role.CUSTOMS), officer(Role.SUPERVISOR)])
async def test_ses_05_officers_of_the_post_read_them(viewer: Viewer) -> None:
    """SES-05"""
    await tell(ched())
    assert len(await _documents(viewer)) == 1


async def test_ses_04_a_document_is_read_through_its_own_consignment_only() -> None:
    """SES-04: somebody's own reference does not open another's document, and unknown ones open nothing."""
    await tell(ched(), ched(2, B, containers=()))
    (theirs,) = await _documents(operator(B), 2)
    assert await _download(operator(A), theirs.id) is None
    assert await _download(operator(A), theirs.id, 2) is None
    assert await _download(operator(A), "nothing") is None
    assert await _documents(operator(A), 3) == []


async def test_ses_04_a_report_of_containers_is_nobodys_document() -> None:
    """SES-04: not even the one that names a single container of ours."""
    await tell(ched(), coarri())
    for viewer in (operator(), officer()):
        assert [one.format for one in await _documents(viewer)] == ["ched"]


@pytest.mark.parametrize("other", [B, "unmatched"])
async def test_ses_04_an_answer_about_several_companies_is_nobodys_document(other: str) -> None:
    """SES-04: what it says stands in the timeline of each."""
    await tell(ched(), ched(2, other, containers=()), customs(cited=(1, 2)))
    for viewer, number in ((operator(A), 1), (operator(B), 2), (officer(), 1)):
        assert "wco" not in [one.format for one in await _documents(viewer, number)]


async def test_ses_04_an_answer_that_cites_an_unknown_ched_is_nobodys_document_yet() -> None:
    """SES-04: it may be another company's; once it is known to be ours, the answer is too."""
    await tell(ched(), customs(cited=(1, 2)))
    assert [one.format for one in await _documents(operator())] == ["ched"]
    await tell(ched(2, containers=()))
    assert [one.format for one in await _documents(operator())] == ["ched", "wco"]


async def test_ses_40_an_answer_about_several_consignments_of_one_company_is_its_document() -> None:
    """SES-40"""
    await tell(ched(), ched(2, containers=()), customs(cited=(1, 2)))
    assert "wco" in [one.format for one in await _documents(operator(), 1)]
    assert "wco" in [one.format for one in await _documents(operator(), 2)]


async def test_ses_40_what_was_refused_or_waits_is_no_document() -> None:
    """SES-40"""
    with clock.fixed(NOW):
        await receive(b"<SPSCertificate", "partner:test")
    await tell(ched(), customs(cited=(9,)))
    assert [one.format for one in await _documents(officer(Role.SUPERVISOR))] == ["ched"]
