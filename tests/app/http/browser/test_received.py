"""The bytes of refused messages, and their corrected copies, over HTTP (SES-02, SES-05, COM-23)."""

import pytest
from httpx import AsyncClient, Response

from demo.writers.contents import write_ched
from models.border.messages.actions import receive
from models.border.messages.tables import Message
from models.identity.access.cookies import FLASH_COOKIE, Flash, read_flash_cookie
from models.kernel.settings.portal import settings
from tests import factories
from tests.app.http.portal import count_of, portal, signed_in
from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords", "portal"]

GOOD = write_ched(factories.ched())
CUT = GOOD[:-30]


@pytest.fixture
async def refused(portal: AsyncClient) -> str:  # noqa: ARG001
    """The number of a message about Le Havre that cannot be read."""
    return (await receive(CUT, "partner:test")).message_id


async def send(client: AsyncClient, number: str, body: bytes, who: str, **headers: str) -> Response:
    """The copy, as the page's form sends it."""
    return await client.post(
        f"/messages-recus/{number}/copie",
        files={"copie": ("copie.xml", body)},
        headers=(await signed_in(who)) | {"origin": "http://localhost:8000"} | headers,
    )


def said(response: Response) -> Flash:
    """What the page that follows will say."""
    flash = read_flash_cookie(f"{FLASH_COOKIE}={response.cookies[FLASH_COOKIE]}")
    assert flash is not None
    return flash


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("superviseur", 200),
        ("sivep", 200),
        ("douane", 200),
        ("sivep-cdg", 404),
        ("importateur", 404),
        ("assistant", 404),
        ("dgitm", 404),
        (None, 401),
    ],
)
async def test_ses_05_com_23_the_bytes_are_for_those_who_may_read_them(
    portal: AsyncClient, refused: str, who: str | None, status: int
) -> None:
    """SES-05, COM-23: for the others the message does not exist; it is never shown as what it claims to be."""
    answer = await portal.get(f"/messages-recus/{refused}", headers=await signed_in(who) if who else {})
    assert answer.status_code == status
    if status == 200:
        assert answer.content == CUT
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
    else:
        assert b"FRLEH1" not in answer.content


@pytest.mark.parametrize("number", ["unknown", "a%00b", "..%2f..", "x" * 500])
async def test_an_unknown_number_is_404(portal: AsyncClient, number: str) -> None:
    for method in ("GET", "POST"):
        path = f"/messages-recus/{number}" + ("/copie" if method == "POST" else "")
        answer = await portal.request(
            method, path, headers=await signed_in("dgitm") | {"origin": "http://localhost:8000"}
        )
        assert answer.status_code == 404


async def test_ses_02_a_corrected_copy_is_taken_in(portal: AsyncClient, refused: str) -> None:
    """SES-02: 303 back to the page, which says to what it was applied; the original stays."""
    answer = await send(portal, refused, GOOD, "superviseur")
    assert (answer.status_code, answer.headers["location"]) == (303, "/agent/messages")
    assert said(answer).sentence == f"Elle est appliquée à {factories.reference()}."
    assert await count_of(Message) == 2


@pytest.mark.parametrize("who", ["sivep", "douane", "sivep-cdg"])
async def test_ses_05_only_supervision_corrects(portal: AsyncClient, refused: str, who: str) -> None:
    """SES-05: a copy speaks for an authority, of any post: an officer's is refused, with the reason."""
    assert "supervision" in said(await send(portal, refused, GOOD, who)).sentence
    assert await count_of(Message) == 1


async def test_ses_04_an_operator_has_no_such_form(portal: AsyncClient, refused: str) -> None:
    """SES-04"""
    assert (await send(portal, refused, GOOD, "importateur")).status_code == 404
    assert await count_of(Message) == 1


async def test_a_copy_is_checked_by_reading_it(portal: AsyncClient, refused: str) -> None:
    """SES-02: whatever its name says."""
    assert "PDF" in said(await send(portal, refused, b"%PDF-1.7", "superviseur")).sentence
    assert await count_of(Message) == 1


async def test_another_site_sends_nothing(portal: AsyncClient, refused: str) -> None:
    """SES-04: a form elsewhere cannot use the supervisor's cookie."""
    answer = await send(portal, refused, GOOD, "superviseur", origin="https://evil.example")
    assert answer.status_code == 403
    assert await count_of(Message) == 1


async def test_a_copy_without_end_is_dropped(
    portal: AsyncClient, refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: 413 past the limit of a message, before all of it came."""
    monkeypatch.setenv("PASSAVANT_MESSAGE_LIMIT", "1000000")
    settings.cache_clear()
    answer = await send(portal, refused, b"x" * 1_100_000, "superviseur")
    assert answer.status_code == 413
    assert "1\u00a0Mo" in answer.text


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-www-form-urlencoded", b"copie=x", 415),
        ("multipart/form-data", b"", 400),
        ("multipart/form-data; boundary=b", b"--b", 400),
        (
            "multipart/form-data; boundary=b",
            b"--b\r\nContent-Disposition: nothing\r\n\r\nx\r\n--b--\r\n",
            400,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="copie"\r\n\r\ntext\r\n--b--\r\n',
            400,
        ),
        ("", b"", 415),
    ],
)
async def test_another_form_is_refused(
    portal: AsyncClient, refused: str, kind: str, body: bytes, status: int
) -> None:
    answer = await portal.post(
        f"/messages-recus/{refused}/copie",
        content=body,
        headers=await signed_in("superviseur") | {"content-type": kind, "origin": "http://localhost:8000"},
    )
    assert answer.status_code == status
    assert await count_of(Message) == 1
