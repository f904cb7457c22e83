"""How pages and files reach the browser: plain addresses, caching, protective headers (SES-50)."""

import base64
import hashlib
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from app.http.server.delivery import Delivery
from models.kernel.settings.portal import settings

PROTECTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture
def client(tmp_path: Path) -> AsyncClient:
    """A small site as the build leaves it, served as in production."""
    for name in ("index", "suivi", "404", "suivi/index"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.html").write_text(f"page {name}")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a-1.js").write_text("1")

    async def own(_request: object) -> HTMLResponse:
        return HTMLResponse("x", headers={"Cache-Control": "no-store", "X-Frame-Options": "SAMEORIGIN"})

    async def plain(_request: object) -> PlainTextResponse:
        return PlainTextResponse("x")

    form = Route("/suivi", plain, methods=["POST"])
    static = Mount("/", StaticFiles(directory=tmp_path, html=True))
    inner = Starlette(routes=[Route("/own", own), Route("/api/v1/x", plain), form, static])
    return AsyncClient(transport=ASGITransport(Delivery(inner, tmp_path)), base_url="http://localhost:8000")


async def test_a_page_is_served_where_it_was_asked_for(client: AsyncClient) -> None:
    """No redirect to http://…/suivi/, which would lose HTTPS behind a proxy."""
    response = await client.get("/suivi")
    assert (response.status_code, response.text) == (200, "page suivi")
    assert response.headers["cache-control"] == "no-cache"
    assert (await client.get("/suivi", params={"q": "x"})).status_code == 200


async def test_a_form_is_posted_to_the_address_of_its_page(client: AsyncClient) -> None:
    """As the payment of a notice is (PPR-31): the route gets it, not the file, which takes no form (405)."""
    response = await client.post("/suivi", data={"q": "x"})
    assert (response.status_code, response.text) == (200, "x")


async def test_what_the_build_hashed_is_kept_for_ever(client: AsyncClient) -> None:
    response = await client.get("/assets/a-1.js")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["/", "/suivi", "/assets/a-1.js", "/assets/gone.js", "/api/v1/x", "/nowhere"]
)
async def test_every_answer_is_protected(client: AsyncClient, path: str) -> None:
    """SES-50: nothing is framed, sniffed or told to other sites."""
    response = await client.get(path)
    assert response.headers.items() >= PROTECTED.items()
    assert "camera=()" in response.headers["permissions-policy"]
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert "strict-transport-security" not in response.headers


@pytest.mark.parametrize(
    ("path", "allowed"), [("/verifier", True), ("/verifier/FR-X-1", True), ("/verifiers", False)]
)
async def test_the_camera_is_for_the_page_that_scans(client: AsyncClient, path: str, allowed: bool) -> None:
    """CTX-14: once the person allows it, and on no other page."""
    policy = (await client.get(path)).headers["permissions-policy"]
    assert ("camera=(self)" in policy) == allowed
    assert "microphone=()" in policy


async def test_only_the_pages_own_scripts_run(tmp_path: Path, client: AsyncClient) -> None:
    """SES-50: an injected script is neither of ours by address nor by hash."""
    (tmp_path / "suivi.html").write_text("<script>start()</script><script src='/a.js'></script>")
    policy = Delivery(Starlette(), tmp_path)._policy
    digest = base64.b64encode(hashlib.sha256(b"start()").digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    served = (await client.get("/")).headers["content-security-policy"]
    assert "frame-ancestors 'none'" in served
    assert "object-src 'none'" in served


@pytest.mark.parametrize("path", ["/suivi", "/assets/a-1.js"])
async def test_a_file_that_the_browser_has_keeps_its_policy(client: AsyncClient, path: str) -> None:
    """SES-50: a header of a 304 replaces the one that came with the file (RFC 9111, 3.2): a page would run nothing.

    Seen to fail: with the policy of what is no page, the next visit of a page shows nothing but « Chargement ».
    """
    first = await client.get(path)
    again = await client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-security-policy" not in again.headers
    assert again.headers.items() >= PROTECTED.items()


async def test_the_worker_is_never_stale_and_reads_our_pages_alone(
    tmp_path: Path, client: AsyncClient
) -> None:
    """SES-50: a service worker is held to the policy of its own file; a page may have ours and no other."""
    (tmp_path / "sw.js").write_text("1")
    worker = await client.get("/sw.js")
    assert worker.headers["cache-control"] == "no-cache"
    assert "default-src 'none'" in worker.headers["content-security-policy"]
    served = (await client.get("/")).headers["content-security-policy"]
    assert "worker-src 'self'; manifest-src 'self';" in served


async def test_a_route_may_say_otherwise(client: AsyncClient) -> None:
    response = await client.get("/own")
    assert (response.headers["cache-control"], response.headers["x-frame-options"]) == (
        "no-store",
        "SAMEORIGIN",
    )


async def test_behind_https_browsers_are_told_to_stay_there(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSAVANT_PUBLIC_URL", "https://passavant.example")
    settings.cache_clear()
    assert (await client.get("/suivi")).headers["strict-transport-security"] == "max-age=31536000"


async def test_a_missing_asset_is_not_kept_for_ever(client: AsyncClient) -> None:
    """A file asked for during a deployment must not be missing for a year."""
    response = await client.get("/assets/gone-2.js")
    assert response.status_code == 404
    assert "immutable" not in response.headers.get("cache-control", "")


async def test_websockets_pass_through(tmp_path: Path) -> None:
    seen: list[str] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    async def silent() -> dict[str, str]:
        return {}

    async def send(_message: object) -> None:
        raise AssertionError("nothing is sent")

    await Delivery(inner, tmp_path)({"type": "websocket"}, silent, send)
    assert seen == ["websocket"]
