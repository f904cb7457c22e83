"""/fichiers: one's own documents, byte for byte; those of others do not exist (SES-40, SES-04)."""

import zipfile
from io import BytesIO

import pytest
from httpx import AsyncClient
from sqlmodel import select

from demo.writers.contents import write_ched, write_coarri
from models.border.messages.actions import receive
from models.identity.access.sessions import revoke_sessions
from models.identity.accounts.tables import Account
from models.kernel import clock
from tests import factories
from tests.app.http.portal import portal, signed_in
from tests.support.accounts import cheap_passwords
from tests.support.databases import both_databases, reading

__all__ = ["cheap_passwords", "portal"]

REFERENCE = factories.reference()
ARCHIVE = f"/fichiers/{REFERENCE}.zip"
OWN = ("importateur", "sivep", "douane", "superviseur")
OTHERS = ("comptable", "assistant", "concurrent", "sivep-cdg", "dgitm")


@pytest.fixture
async def document(portal: AsyncClient) -> str:  # noqa: ARG001 - its database
    """The consignment of A at Le Havre; the address of its CHED."""
    receipt = await receive(write_ched(factories.ched()), "partner:tests")
    await receive(write_ched(factories.ched(2, siren=factories.C)), "partner:tests")
    return f"/fichiers/{REFERENCE}/{receipt.message_id}"


def expected_headers(disposition: str) -> dict[str, str]:
    """What keeps a document from being shown, guessed at or kept."""
    return {
        "content-disposition": disposition,
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }


@pytest.mark.parametrize("who", OWN)
async def test_ses_40_one_s_own_document_as_it_was_received(
    portal: AsyncClient, document: str, who: str
) -> None:
    """SES-40: the same bytes, as an attachment under a name that says what it is."""
    response = await portal.get(document, headers=await signed_in(who))
    assert (response.status_code, response.content) == (200, write_ched(factories.ched()))
    assert response.headers["content-type"].startswith("application/xml")
    disposition = response.headers["content-disposition"]
    assert disposition.startswith(f"attachment; filename*=UTF-8''{REFERENCE}_DSCE_")
    assert response.headers.items() >= expected_headers(disposition).items()


async def test_ses_40_the_archive_holds_them_all(portal: AsyncClient, document: str) -> None:
    """SES-40"""
    response = await portal.get(ARCHIVE, headers=await signed_in("importateur"))
    assert (response.status_code, response.headers["content-type"]) == (200, "application/zip")
    wanted = expected_headers(f"attachment; filename*=UTF-8''{REFERENCE}.zip")
    assert response.headers.items() >= wanted.items()
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        (name,) = archive.namelist()
        assert name.partition(".xml")[0].endswith(
            f"_{document.rsplit('/', 1)[1][:4]}"
        )  # which may hold a _ itself
        assert archive.read(name) == write_ched(factories.ched())


@pytest.mark.parametrize("who", OTHERS)
async def test_ses_04_those_of_others_do_not_exist(portal: AsyncClient, document: str, who: str) -> None:
    """SES-04, SES-05: 404 rather than 403, and the same answer as for what never was."""
    headers = await signed_in(who)
    never = await portal.get("/fichiers/CHEDPP.FR.2026.9999999/x", headers=headers)
    for path in (document, ARCHIVE):
        response = await portal.get(path, headers=headers)
        assert (response.status_code, response.content) == (404, never.content)
        assert response.headers["content-type"] == "application/problem+json"


async def test_signed_out_is_401(portal: AsyncClient, document: str) -> None:
    """SES-04: nobody, a forged cookie and an ended session alike."""
    ended = await signed_in("importateur")
    async with reading() as db:
        found = select(Account.id).where(Account.email == "importateur@demo.passavant.fr")
        number = db.exec(found).one()
    await revoke_sessions(number or 0)
    for headers in ({}, {"cookie": "passavant_session=x"}, ended):
        for path in (document, ARCHIVE, "/fichiers/nothing.zip"):
            response = await portal.get(path, headers=headers)
            assert (response.status_code, response.json()["title"]) == (401, "Session terminée")


async def test_a_document_is_found_under_its_own_consignment_only(portal: AsyncClient, document: str) -> None:
    """SES-04: an identifier of another's message is worth nothing under one's own reference."""
    number = document.rsplit("/", 1)[1]
    headers = await signed_in("concurrent")
    own = factories.reference(2)
    assert (await portal.get(f"/fichiers/{own}.zip", headers=headers)).status_code == 200
    assert (await portal.get(f"/fichiers/{own}/{number}", headers=headers)).status_code == 404


async def test_a_report_about_several_companies_is_nobody_s_document(
    portal: AsyncClient, document: str
) -> None:
    """SES-04, SES-40: what a port says of all its containers is not handed to one importer."""
    receipt = await receive(
        write_coarri(factories.coarri(at=clock.now().replace(second=0, microsecond=0))), "partner:tests"
    )
    assert len(receipt.consignments) == 2
    headers = await signed_in("importateur")
    assert (
        await portal.get(f"/fichiers/{REFERENCE}/{receipt.message_id}", headers=headers)
    ).status_code == 404
    assert (await portal.get(document, headers=headers)).status_code == 200


TRICKS = (
    "/fichiers/../secret_key/x",
    "/fichiers/..%2f..%2fetc%2fpasswd/x",
    f"/fichiers/{REFERENCE}/..%2f..%2fpassavant.db",
    f"/fichiers/{REFERENCE}/%00",
    "/fichiers/%00.zip",
    "/fichiers/%27%20OR%201=1.zip",
    f"/fichiers/{REFERENCE}/",
    "/fichiers/%0d%0aSet-Cookie:%20x=y.zip",
    f"/fichiers/{'x' * 5000}.zip",
    f"/fichiers/{REFERENCE}/%ed%a0%80",
)


@pytest.mark.parametrize("written", [REFERENCE.lower(), f"{REFERENCE}%20"])
async def test_a_reference_is_found_as_people_write_it(
    portal: AsyncClient, document: str, written: str
) -> None:
    """SES-40: by those who may see it, and saved under its own name."""
    for address in (f"/fichiers/{written}.zip", document.replace(REFERENCE, written)):
        response = await portal.get(address, headers=await signed_in("importateur"))
        assert response.status_code == 200
        assert REFERENCE in response.headers["content-disposition"]
        other = await portal.get(address, headers=await signed_in("concurrent"))
        assert other.status_code == 404


@both_databases
async def test_path_tricks_find_nothing(portal: AsyncClient, document: str) -> None:
    """SES-40, SES-50: on both engines; PostgreSQL itself refuses a zero byte."""
    headers = await signed_in("importateur")
    assert (await portal.get(document, headers=headers)).status_code == 200
    for path in TRICKS:
        response = await portal.get(path, headers=headers)
        assert (response.status_code, path) == (404, path)
        assert "set-cookie" not in response.headers
