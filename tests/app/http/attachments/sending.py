"""Sending a file to the doors of attachments, as a browser does."""

import pytest
from httpx import AsyncClient, Response

from app.tasks.examine_attachments import examine_once
from models.casework.attachments.rules import PIECE
from tests.app.http.portal import signed_in
from tests.factories import A
from tests.support.attaching import pdf

__all__ = ["sent"]

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
