"""/fichiers: files sent and taken over HTTP, by people and by programs (CTX-05, CTX-06, SES-53).

Seen to fail: without the check of another site's page, without the owner of each piece, and with `inline` for a file.
"""

from collections.abc import AsyncIterator
from hashlib import sha256

import pytest
from httpx import AsyncClient, Response
from starlette.requests import ClientDisconnect

from app.tasks.examine_attachments import examine_once, keep_once
from demo.commands.accounts import DEMO_CLIENT
from models.casework.attachments import storage
from models.casework.attachments.rules import PIECE
from models.casework.attachments.storage import StorageAway
from models.casework.attachments.vocabulary import Reason, State
from models.identity.companies.tables import PartnerMandate
from models.kernel import clock
from models.kernel.settings.portal import settings
from tests.app.http.portal import bearer, portal, signed_in
from tests.factories import A, C
from tests.support.accounts import cheap_passwords
from tests.support.attaching import CLOSED, dossiers, image, pdf, rows
from tests.support.databases import transaction

__all__ = ["cheap_passwords", "dossiers", "portal"]
pytestmark = pytest.mark.usefixtures("dossiers")

OURS = {"origin": "http://localhost:8000"}


async def headers(who: str) -> dict[str, str]:
    return OURS | await signed_in(who)


async def begin(
    client: AsyncClient, who: dict[str, str], content: bytes, name: str = "facture.pdf", **more: object
) -> Response:
    told = {"subject": f"dossier:{A}", "name": name, "size": len(content), **more}
    return await client.post("/fichiers", json=told, headers=who)


async def append(
    client: AsyncClient, who: dict[str, str], address: str, start: int, piece: bytes
) -> Response:
    return await client.patch(address, content=piece, headers=who | {"upload-offset": str(start)})


async def send(
    client: AsyncClient, who: dict[str, str], content: bytes, name: str = "facture.pdf"
) -> Response:
    """The whole file, in pieces; the answer to the last, or to what was refused before it."""
    begun = await begin(client, who, content, name)
    if begun.status_code != 201:
        return begun
    answer = begun
    for start in range(0, len(content), PIECE):
        address = begun.headers["location"]
        answer = await append(client, who, address, start, content[start : start + PIECE])
    answer.headers["location"] = begun.headers["location"]
    return answer


@pytest.fixture
async def sent(portal: AsyncClient) -> str:
    """A file of company A that was looked at; its address."""
    answer = await send(portal, await headers("importateur"), pdf("à lire"), "Facture n° 12.pdf")
    assert answer.status_code == 204
    await examine_once()
    return answer.headers["location"]


async def test_ctx_06_sent_in_pieces_then_had_by_those_who_see_its_subject(portal: AsyncClient) -> None:
    """CTX-05, CTX-06: byte for byte, to be saved and never shown; in check before."""
    content, who = pdf("gros", padding=900_000), await headers("importateur")
    first_end = 500_000
    begun = await begin(portal, who, content, sha256=sha256(content).hexdigest(), type="application/pdf")
    address = begun.headers["location"]
    assert begun.json() == {
        "id": address.rpartition("/")[2],
        "name": "facture.pdf",
        "offset": 0,
        "piece_bytes": PIECE,
    }
    first = await append(portal, who, address, 0, content[:first_end])
    assert (first.status_code, first.headers["upload-offset"]) == (204, str(first_end))
    asked = await portal.head(address, headers=who)
    assert (asked.status_code, asked.headers["upload-offset"]) == (200, str(first_end))
    assert asked.headers["upload-length"] == str(len(content))
    again = await append(portal, who, address, 0, content[:first_end])
    assert (again.status_code, again.json()["offset"]) == (409, first_end)
    last = await append(portal, who, address, first_end, content[first_end:])
    assert (last.status_code, last.headers["upload-state"]) == (204, State.QUARANTINED)
    assert (await portal.get(address, headers=who)).status_code == 409
    await examine_once()
    assert (await portal.get(address, headers=who)).content == content
    had = await portal.get(address, headers=await headers("douane"))
    assert (had.status_code, had.content) == (200, content)
    expected = {
        "content-type": "application/pdf",
        "content-disposition": "attachment; filename*=UTF-8''facture.pdf",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    }
    assert had.headers.items() >= expected.items()


async def test_the_picture_of_a_page_is_ours(portal: AsyncClient, sent: str) -> None:
    """CTX-06: shown in the page, as an image that we made; no page beyond the last."""
    who = await headers("douane")
    shown = await portal.get(f"{sent}/pages/1", headers=who)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.content[8:12] == b"WEBP"
    for page in ("0", "2", "-1", "1e9", "9999", "x"):
        assert (await portal.get(f"{sent}/pages/{page}", headers=who)).status_code == 404


@pytest.mark.parametrize("who", ["concurrent", "sivep", None])
async def test_ses_04_a_file_does_not_exist_for_others(
    portal: AsyncClient, sent: str, who: str | None
) -> None:
    """SES-04: neither the file, nor its pages, nor its upload; 401 for who is nobody."""
    asking = await headers(who) if who else OURS
    expected = 404 if who else 401
    never = f"/fichiers/{'0' * 32}"
    for address in (sent, never):
        told = [
            await portal.get(address, headers=asking),
            await portal.get(f"{address}/pages/1", headers=asking),
            await portal.head(address, headers=asking),
            await append(portal, asking, address, 0, b"x"),
            await portal.delete(address, headers=asking),
        ]
        assert [one.status_code for one in told] == [expected] * len(told)
    assert (await begin(portal, asking, pdf())).status_code == expected


async def test_only_who_sends_a_file_brings_its_pieces_and_takes_it_back(
    portal: AsyncClient, sent: str
) -> None:
    """CTX-06: an officer who sees it has no hand in it."""
    officer = await headers("douane")
    assert (await portal.head(sent, headers=officer)).status_code == 404
    assert (await portal.delete(sent, headers=officer)).status_code == 404
    assert (await portal.delete(sent, headers=await headers("importateur"))).status_code == 204
    assert (await portal.get(sent, headers=officer)).status_code == 404
    assert (await portal.get(sent, headers=await headers("importateur"))).status_code == 410


async def test_another_site_sends_nothing(portal: AsyncClient, sent: str) -> None:
    """SES-53"""
    foreign = await signed_in("importateur") | {"origin": "https://evil.example"}
    assert (await begin(portal, foreign, pdf())).status_code == 403
    assert (await append(portal, foreign, sent, 0, b"x")).status_code == 403
    assert (await portal.delete(sent, headers=foreign)).status_code == 403


REFUSED = {
    "renamed": (image(), "facture.pdf", 415, "Son contenu n’est pas celui"),
    "truncated": (pdf()[:-20], "facture.pdf", 415, "Il est incomplet"),
    "of another kind": (image("PNG"), "photo.png", 415, "n’est pas d’un format admis"),
    "too large": (bytes(5_000_001), "facture.pdf", 413, "un fichier pèse au plus 5\u00a0Mo"),
    "empty": (b"", "facture.pdf", 422, "est vide"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_ctx_06_what_is_not_taken_says_why(portal: AsyncClient, name: str) -> None:
    """CTX-06: at once where the announcement tells, else at the last piece; nothing of it is kept."""
    content, file, status, words = REFUSED[name]
    answer = await send(portal, await headers("importateur"), content, file)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]
    for row in await rows():
        assert (row.state, storage.listed(row.reference[:2])) == (State.REFUSED, [])


async def test_a_refusal_is_told_when_it_is_asked_again(portal: AsyncClient) -> None:
    """The answer to the last piece may be lost: the next one says the same."""
    who = await headers("importateur")
    answer = await send(portal, who, image(), "facture.pdf")
    again = await append(portal, who, answer.headers["location"], len(image()), b"")
    assert (again.status_code, again.json()["reason"]) == (415, Reason.OTHER_CONTENT)


async def test_a_file_is_held_until_it_was_scanned(
    portal: AsyncClient, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CTX-06: unless the installation allows what was not; with it, the answer says so."""
    who = await headers("douane")
    assert (await portal.get(sent, headers=who)).headers["warning"] == '299 - "Not scanned"'
    monkeypatch.setenv("PASSAVANT_UNSCANNED_FILES", "hold")
    settings.cache_clear()
    held = await portal.get(sent, headers=who)
    assert (held.status_code, "antivirus" in held.json()["detail"]) == (409, True)


BODIES: dict[str, tuple[bytes, int]] = {
    "not JSON": (b"\xff{", 400),
    "too long": (b"[" * 20_000, 413),
    "deep": (b"[" * 15_000, 400),
    "no name": (b'{"subject": "dossier:1", "size": 1}', 422),
    "a negative size": (b'{"subject": "dossier:1", "name": "a.pdf", "size": -1}', 422),
    "an unknown member": (b'{"subject": "dossier:1", "name": "a.pdf", "size": 1, "admin": true}', 422),
    "a zero byte": (b'{"subject": "dossier:\\u0000", "name": "a.pdf", "size": 1}', 422),
    "half a character": (b'{"subject": "dossier:\\ud800", "name": "a.pdf", "size": 1}', 400),
    "no such kind": (b'{"subject": "nothing:1", "name": "a.pdf", "size": 1}', 404),
}


@pytest.mark.parametrize("name", BODIES)
async def test_ses_50_an_announcement_that_makes_no_sense(portal: AsyncClient, name: str) -> None:
    body, status = BODIES[name]
    answer = await portal.post("/fichiers", content=body, headers=await headers("importateur"))
    assert answer.status_code == status
    assert answer.json()["detail"]


async def test_ses_53_pieces_that_make_no_sense(portal: AsyncClient) -> None:
    """SES-53: beyond five megabytes, beyond the file, anywhere, nowhere; the upload stands as it was."""
    who = await headers("importateur")
    address = (await begin(portal, who, bytes(500_010))).headers["location"]
    assert (await append(portal, who, address, 0, bytes(PIECE + 1))).status_code == 413
    assert (await append(portal, who, address, 0, bytes(500_000))).status_code == 204
    assert (await append(portal, who, address, 500_000, bytes(11))).status_code == 409
    assert (await append(portal, who, address, 499_999, bytes(1))).status_code == 409
    for offset in ("", "-1", "x", "9" * 30, "1.5"):
        told = await portal.patch(address, content=b"x", headers=who | {"upload-offset": offset})
        assert told.status_code == 400
    assert (await portal.head(address, headers=who)).headers["upload-offset"] == "500000"
    for reference in ("x", "%00", "A" * 32, "../x", "é" * 32):
        assert (await portal.get(f"/fichiers/{reference}", headers=who)).status_code == 404


async def test_a_piece_that_could_not_be_kept_is_sent_again(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-50: a storage that is away or full: 503, and the upload stands where it was."""
    who, content = await headers("importateur"), pdf()
    address = (await begin(portal, who, content)).headers["location"]

    def away(*_: object) -> None:
        raise StorageAway

    with monkeypatch.context() as patch:
        patch.setattr(storage.Draft, "close", away)
        answer = await append(portal, who, address, 0, content)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert (await portal.head(address, headers=who)).headers["upload-offset"] == "0"
    assert (await append(portal, who, address, 0, content)).status_code == 204


async def test_a_connection_that_is_cut_keeps_what_came(portal: AsyncClient) -> None:
    """CTX-06: at 99 %: the last hundredth is sent again, and nothing else."""
    who, content = await headers("importateur"), pdf("coupé", padding=900_000)
    address, cut_at = (await begin(portal, who, content)).headers["location"], len(content) - 9_000
    told = who | {"upload-offset": "0", "content-length": str(len(content))}

    async def cut() -> AsyncIterator[bytes]:
        yield content[:500_000]
        yield content[500_000:cut_at]
        raise ClientDisconnect

    await portal.patch(address, content=cut(), headers=told)
    assert (await portal.head(address, headers=who)).headers["upload-offset"] == str(cut_at)
    last = await append(portal, who, address, cut_at, content[cut_at:])
    assert (last.status_code, last.headers["upload-state"]) == (204, State.QUARANTINED)
    assert (await rows())[0].sha256 == sha256(content).hexdigest()


async def test_a_program_sends_for_a_company_that_mandated_it(portal: AsyncClient) -> None:
    """SES-04, CTX-05: with the scope of the subject; for no other company, and not without the scope."""
    program = bearer("consignments:read")
    assert (await begin(portal, bearer("messages:write"), pdf())).status_code == 404
    async with transaction() as db:
        for mandate in db.query(PartnerMandate).all():
            if mandate.siren == C:
                db.delete(mandate)
    assert (await begin(portal, program, pdf(), subject=f"dossier:{C}")).status_code == 404
    answer = await send(portal, program, pdf("programme"))
    assert answer.status_code == 204
    await examine_once()
    (row,) = await rows()
    assert (row.client_id, row.account_id, row.side) == (DEMO_CLIENT, None, "company")
    assert (await portal.get(answer.headers["location"], headers=program)).content == pdf("programme")
    assert (
        await portal.get(answer.headers["location"], headers={"authorization": "Bearer x"})
    ).status_code == 401


async def test_a_dossier_that_is_closed_says_so(portal: AsyncClient) -> None:
    """CTX-15: and its files cannot be taken back any more."""
    answer = await begin(portal, await headers("importateur"), pdf(), subject=f"dossier:{A}-closed")
    assert (answer.status_code, answer.json()["detail"]) == (403, CLOSED.reason)


async def test_the_tasks_outlive_what_fails(portal: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A storage that is away ends a round, not the task."""
    answer = await send(portal, await headers("importateur"), pdf())

    def away(*_: object) -> None:
        raise StorageAway

    with monkeypatch.context() as patch:
        patch.setattr(storage, "stream", away)
        patch.setattr(storage, "listed", away)
        await examine_once()
        await keep_once(answer.headers["location"].rpartition("/")[2][:2])
    (row,) = await rows()
    assert row.state == State.QUARANTINED
    with clock.fixed(row.look_at or clock.now()):
        await examine_once()
    assert (await rows())[0].state == State.UNSCANNED
