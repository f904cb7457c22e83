"""A page of another site, in the browser of somebody who is signed in here: no websocket, no CORS (COM-23).

Seen to fail: without `cors_allowed_origins` in rxconfig.py, Reflex lets every origin in, with credentials.
"""

import httpx
import pytest

from tests.attacks.wire import ConnectionRefused, connected, cookie_of
from tests.support.served import ServedApp

FOREIGN = (
    "https://evil.example",
    "null",
    "http://localhost",
    "http://localhost:1",
    "https://localhost:{port}",
    "http://localhost:{port}.evil.example",
    "http://evil.example:{port}",
    "http://localhost:{port}@evil.example",
    "*",
)


def _at(served: ServedApp, origin: str) -> str:
    return origin.replace("{port}", served.url.rpartition(":")[2])


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_origin_is_refused_at_the_handshake(served_app: ServedApp, origin: str) -> None:
    """COM-23, SES-04: even with a good cookie."""
    cookie = await cookie_of(served_app, "importateur")
    with pytest.raises(ConnectionRefused):
        async with connected(served_app, cookie, origin=_at(served_app, origin)):
            pass


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
async def test_our_own_pages_connect(served_app: ServedApp, name: str) -> None:
    """The same handshake from our own page: what was refused above was the origin."""
    cookie = await cookie_of(served_app, "importateur")
    own = _at(served_app, f"http://{name}:{{port}}")
    async with connected(served_app, cookie, origin=own) as wire:
        assert "Kerdrel Primeurs" in "".join(await wire.send("State.hydrate_and_load"))


@pytest.mark.parametrize(
    "path", ["/", "/health/ready", "/api/v1/messages", "/fichiers/x.zip", "/session", "/_event/"]
)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
async def test_no_other_site_reads_an_answer(served_app: ServedApp, path: str, method: str) -> None:
    """COM-23: CORS names no other origin, whatever is asked."""
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    async with httpx.AsyncClient(base_url=served_app.url) as client:
        answer = await client.request(method, path, headers=asked)
    assert answer.headers.get("access-control-allow-origin") is None
    assert answer.status_code != 500


async def test_polling_is_not_a_way_round(served_app: ServedApp) -> None:
    """COM-23: Engine.IO's other transport is closed."""
    async with httpx.AsyncClient(base_url=served_app.url) as client:
        answer = await client.get("/_event/?EIO=4&transport=polling", headers={"Origin": served_app.url})
    assert answer.status_code == 400
