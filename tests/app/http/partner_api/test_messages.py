"""POST /api/v1/messages, as the contract says it (SES-02)."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient
from sqlmodel import select

from demo.writers.contents import write_ched, write_coarri, write_customs_response, write_event
from models.border.consignments.tables import Consignment
from models.border.messages.tables import Message, MessageBody
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.access.cookies import session_cookie
from models.kernel import clock
from models.kernel.settings.portal import settings
from tests import factories
from tests.app.http.portal import bearer, count_of, portal
from tests.support.accounts import cheap_passwords
from tests.support.databases import reading

__all__ = ["cheap_passwords", "portal"]

URL = "/api/v1/messages"


def bodies() -> dict[str, bytes]:
    """One message of each format, all about the same consignment."""
    return {
        "ched": write_ched(factories.ched()),
        "wco": write_customs_response(factories.customs()),
        "coarri": write_coarri(factories.coarri(at=clock.now().replace(second=0, microsecond=0))),
        "event": write_event(factories.event(StepKind.PHYSICAL, StepStatus.STARTED)),
    }


@pytest.mark.parametrize("format_", ["ched", "wco", "coarri", "event"])
async def test_ses_02_every_format_is_taken_in_and_once(portal: AsyncClient, format_: str) -> None:
    """SES-02: 202 with exactly the promised members; the same again says so, and changes nothing."""
    if format_ != "ched":
        await portal.post(URL, content=bodies()["ched"], headers=bearer())
    body = bodies()[format_]
    first = await portal.post(URL, content=body, headers=bearer("messages:write"))
    again = await portal.post(URL, content=body, headers=bearer("messages:write"))
    assert (first.status_code, again.status_code) == (202, 202)
    told = first.json()
    assert set(told) >= {"message_id", "format", "duplicate", "consignments"}
    assert (told["format"], told["duplicate"], told["consignments"]) == (
        format_,
        False,
        [factories.reference()],
    )
    assert again.json() == told | {"duplicate": True}
    assert await count_of(Message) == (1 if format_ == "ched" else 2)
    assert await count_of(Consignment) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\x00\x01\x02", 400),
        (b"<SPSCertificate", 400),
        (b"{", 400),
        (b"UNA:+.? 'UNB+", 400),
        (b"bonjour", 422),
        (b"%PDF-1.7", 422),
        (b"<html></html>", 422),
        (b"<unknown/>", 422),
        (b'{"type": "step"}', 422),
        (b"[]", 422),
    ],
)
async def test_what_cannot_be_read_is_refused_in_french_and_kept(
    portal: AsyncClient, body: bytes, status: int
) -> None:
    """SES-02, SES-50: an RFC 9457 document, and the very bytes under the identifier that it gives."""
    response = await portal.post(URL, content=body, headers=bearer())
    document = response.json()
    assert (response.status_code, document["status"]) == (status, status)
    assert response.headers["content-type"] == "application/problem+json"
    assert document["title"]
    assert document["detail"].endswith((".", "!"))
    async with reading() as db:
        message = db.exec(select(Message).where(Message.id == document["message_id"])).one()
        kept = db.exec(select(MessageBody.content)).one()
    assert (message.status, message.refusal, kept) == ("refused", document["detail"], body)
    again = (await portal.post(URL, content=body, headers=bearer())).json()
    assert again == document | {"duplicate": True}


async def test_missing_fields_are_named(portal: AsyncClient) -> None:
    """SES-02: 422 tells what a complete message would have had."""
    response = await portal.post(URL, content=b'{"type": "step", "step": "physical"}', headers=bearer())
    assert {"consignment", "status", "at"} <= set(response.json()["missing"])


@pytest.mark.parametrize("scopes", [("consignments:read",), ("accounts:read", "figures:write")])
async def test_another_scope_does_not_open_the_door(portal: AsyncClient, scopes: tuple[str, ...]) -> None:
    response = await portal.post(URL, content=bodies()["ched"], headers=bearer(*scopes))
    assert (response.status_code, response.headers["content-type"]) == (403, "application/problem+json")
    assert "messages:write" in response.json()["detail"]
    assert await count_of(Message) == 0


async def test_nobody_and_a_browser_s_session_are_refused(portal: AsyncClient) -> None:
    """SES-04: a person's cookie is not a partner's token."""
    value = session_cookie("s")
    for headers in ({}, {"authorization": f"Bearer {value}"}, {"cookie": f"passavant_session={value}"}):
        response = await portal.post(URL, content=bodies()["ched"], headers=headers)
        assert (response.status_code, response.headers["content-type"]) == (401, "application/problem+json")
        assert response.json()["title"] == "Authentification requise"
    assert await count_of(Message) == 0


async def test_413_comes_while_the_body_still_arrives(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-02: a message without end is dropped at the limit, not after."""
    monkeypatch.setenv("PASSAVANT_MESSAGE_LIMIT", "1000000")
    settings.cache_clear()
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield b" " * 100_000

    response = await portal.post(URL, content=endless(), headers=bearer())
    assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")
    assert response.json()["detail"].startswith("Un message compte au plus 1\u00a0Mo.")
    assert taken <= 12
    # That it came is kept, with the reason; its bytes are not.
    assert (await count_of(Message), await count_of(MessageBody)) == (1, 0)


async def test_a_message_at_the_limit_is_read(portal: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    body = bodies()["ched"]
    monkeypatch.setenv("PASSAVANT_MESSAGE_LIMIT", str(len(body)))
    settings.cache_clear()
    assert (await portal.post(URL, content=body, headers=bearer())).status_code == 202
    assert (await portal.post(URL, content=body + b" ", headers=bearer())).status_code == 413
