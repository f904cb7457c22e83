"""The terms of use over HTTP (COM-10): downloaded by anybody, accepted once and kept, enforced before anything else.

Seen to fail: `files._viewer` without its check serves the archive; `accept` without its check keeps a version that
nobody read.
"""

import asyncio
from datetime import date, timedelta
from io import BytesIO

import pytest
from httpx import AsyncClient
from pypdf import PdfReader
from sqlmodel import select

from app.http.server.kept_files import KeptFiles
from models.identity.accounts import terms
from models.identity.accounts.tables import TermsAcceptance
from models.identity.accounts.terms import BlockKind, Version
from models.kernel import clock
from tests.support.accounts import EMAIL, NOW, RIGHT, C, add_company, grant, journal, make_account
from tests.support.databases import reading

LATER = Version("2026-07", date(2026, 7, 1))
FORM = {"version": "2026-01", "following": "/suivi?q=avocats"}


@pytest.fixture
def two_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second version, which starts in July."""
    monkeypatch.setattr(terms, "VERSIONS", (*terms.VERSIONS, LATER))


async def accepted() -> list[TermsAcceptance]:
    async with reading() as db:
        return list(db.exec(select(TermsAcceptance)).all())


async def sign_in(client: AsyncClient) -> None:
    await client.post("/session", data={"email": EMAIL, "password": RIGHT})


async def test_com_10_what_was_accepted_and_when_is_kept_once(client: AsyncClient) -> None:
    """COM-10: with a journal entry that names the version; then on to where one wanted to go."""
    number = await make_account(terms=False)
    with clock.fixed(NOW):
        await sign_in(client)
        for _ in range(2):
            answer = await client.post("/cgu/acceptation", data=FORM)
            assert (answer.status_code, answer.headers["location"]) == (303, "/suivi?q=avocats")
    (kept,) = await accepted()
    assert (kept.account_id, kept.version, kept.accepted_at) == (number, "2026-01", NOW)
    (entry,) = await journal("terms.accepted")
    assert entry.payload == {"account_id": number, "version": "2026-01"}


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("version", ["2025-01", "2026-07", "", "x"])
async def test_com_10_only_the_version_in_force_can_be_accepted(client: AsyncClient, version: str) -> None:
    """COM-10: neither an old one nor one to come, whatever a form says."""
    await make_account(terms=False)
    with clock.fixed(NOW):
        await sign_in(client)
        await client.post("/cgu/acceptation", data=FORM | {"version": version})
    assert await accepted() == []


async def test_com_10_no_route_of_signed_in_use_answers_before(client: AsyncClient) -> None:
    """COM-10: files and the choice of a company; afterwards they do."""
    number = await make_account(terms=False)
    await add_company(C, "Nutri Estuaire")
    await grant(number, C)
    with clock.fixed(NOW):
        await sign_in(client)
        refused = await client.get("/fichiers/CHEDPP.FR.2026.0000001.zip")
        assert refused.status_code == 403
        assert "conditions d’utilisation" in refused.json()["detail"]
        led = await client.post("/session/company", data={"siren": C, "next": "/suivi"})
        assert led.headers["location"] == "/cgu?suite=%2Fsuivi"
        await client.post("/cgu/acceptation", data=FORM)
        assert (await client.get("/fichiers/CHEDPP.FR.2026.0000001.zip")).status_code == 404
        chosen = await client.post("/session/company", data={"siren": C, "next": "/suivi"})
        assert chosen.headers["location"] == "/suivi"


@pytest.mark.usefixtures("two_versions")
async def test_com_10_a_new_version_is_asked_for_on_its_day(client: AsyncClient) -> None:
    """COM-10: what was accepted before stays kept."""
    await make_account()
    with clock.fixed(NOW):
        await sign_in(client)
        assert (await client.get("/fichiers/x.zip")).status_code == 404
    day = NOW.replace(month=7, day=1)
    with clock.fixed(day - timedelta(days=1)):
        await sign_in(client)
        assert (await client.get("/fichiers/x.zip")).status_code == 404
    with clock.fixed(day):
        await sign_in(client)
        assert (await client.get("/fichiers/x.zip")).status_code == 403
        await client.post("/cgu/acceptation", data=FORM | {"version": "2026-07"})
        assert (await client.get("/fichiers/x.zip")).status_code == 404
    assert [one.version for one in await accepted()] == ["2026-01", "2026-07"]


async def test_com_10_the_terms_download_as_a_pdf(client: AsyncClient) -> None:
    """COM-10, COM-11: to anybody, text and all; the same bytes each time."""
    answer = await client.get("/cgu.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert "passavant-conditions-2026-01.pdf" in answer.headers["content-disposition"]
    reader = PdfReader(BytesIO(answer.content))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for words in ("Conditions d’utilisation de Passavant", "article 441-1 du code pénal", "Votre compte"):
        assert words in text
    assert "?" not in text.replace("fonctions ?", "")
    assert (await client.get("/cgu.pdf?version=2026-01")).content == answer.content
    for unknown in ("2027-01", "../../etc/passwd"):
        assert (await client.get("/cgu.pdf", params={"version": unknown})).status_code == 404


def test_every_version_has_its_text() -> None:
    """COM-10, COM-11: it begins with a heading, and reminds of what a false statement costs."""
    for version in terms.VERSIONS:
        blocks = terms.text_of(version.number)
        assert blocks[0].kind is BlockKind.HEADING
        whole = " ".join(block.text for block in blocks)
        assert "441-1" in whole
        assert "45\u00a0000" in whole.replace(" 000", "\u00a0000")
    assert list(terms.VERSIONS) == sorted(terms.VERSIONS, key=lambda one: one.starts_on)


@pytest.mark.usefixtures("two_versions")
def test_com_10_versions_follow_one_another() -> None:
    """COM-10: in Paris, where the day starts before it does in UTC; before the first, the first."""
    first, second = terms.VERSIONS[0], LATER
    midnight = NOW.replace(month=6, day=30, hour=22)
    with clock.fixed(midnight - timedelta(seconds=1)):
        assert (terms.in_force(), terms.started()) == (first, (first,))
        assert terms.version_of(second.number) is None
    with clock.fixed(midnight):
        assert (terms.in_force(), terms.started()) == (second, (second, first))
    with clock.fixed(NOW.replace(year=2020)):
        assert terms.in_force() == first


async def test_ses_53_the_terms_are_written_once_however_many_ask(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: a quarter of a second of processor each time, for anybody; fails without app/http/server/kept_files.py."""
    written: list[Version] = []

    def write(version: Version) -> bytes:
        written.append(version)
        return b"%PDF-1.7"

    monkeypatch.setattr("app.http.browser.terms.write", write)
    monkeypatch.setattr("app.http.browser.terms._versions", KeptFiles())
    answers = await asyncio.gather(*(client.get("/cgu.pdf") for _ in range(20)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, b"%PDF-1.7")}
    assert len(written) == 1
    tag = answers[0].headers["etag"]
    again = await client.get("/cgu.pdf", headers={"if-none-match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = await client.get("/cgu.pdf", params={"version": terms.VERSIONS[0].number})
    assert (other.status_code, len(written)) == (200, 1)


async def test_what_failed_once_is_written_again(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure is not kept."""

    def broken(_version: Version) -> bytes:
        raise OSError

    monkeypatch.setattr("app.http.browser.terms._versions", KeptFiles())
    with monkeypatch.context() as patch:
        patch.setattr("app.http.browser.terms.write", broken)
        assert (await client.get("/cgu.pdf")).status_code >= 500
    assert (await client.get("/cgu.pdf")).status_code == 200
