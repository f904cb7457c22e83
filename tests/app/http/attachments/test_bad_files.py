"""/fichiers: what is not taken, held back, cut or senseless gets a clear answer, and loses nothing (CTX-06, SES-50, SES-53)."""

from collections.abc import AsyncIterator
from hashlib import sha256

import pytest
from httpx import AsyncClient
from starlette.requests import ClientDisconnect

from models.casework.attachments import storage
from models.casework.attachments.rules import PIECE
from models.casework.attachments.storage import StorageAway
from models.casework.attachments.vocabulary import Reason, State
from models.kernel.settings.portal import settings
from tests.app.http.attachments.sending import append, begin, headers, send, sent
from tests.app.http.portal import portal
from tests.support.accounts import cheap_passwords
from tests.support.attaching import dossiers, image, pdf, rows

__all__ = ["cheap_passwords", "dossiers", "portal", "sent"]
pytestmark = pytest.mark.usefixtures("dossiers")

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
