"""Where the portal never posts a push message: machines of ours, whatever name leads there (SSRF)."""

import asyncio

import httpx
import pytest

from app import outbound
from app.frontend.build import ROOT
from app.outbound import NotPublic, client, is_public, public_address
from app.tasks.send_push import push_due
from models.kernel import clock
from models.kernel.refusal import Refusal
from models.signals.notifications.subscriptions import is_endpoint, subscribe
from tests.app.push_scene import add, service, urgent, world
from tests.factories import NOW
from tests.support.notices import World, browser_keys, populate, pushes, viewer
from tests.support.pushing import PushService

__all__ = ["service", "world"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://127.1/x",
        "https://localhost/x",
        "https://printer.local/x",
        "https://db.internal/x",
        "https://user@push.example.org/x",
        "https://push.example.org:8443/x",
        "https://push.example.org:99999/x",
        "ftp://push.example.org/x",
        "https://push.example.org/\u00e9",
        "https://push.example.org/" + "x" * 1000,
        "",
    ],
)
async def test_an_endpoint_that_may_be_a_machine_of_ours_is_refused(endpoint: str) -> None:
    """SSRF: the portal posts there."""
    with clock.fixed(NOW):
        lise = await viewer((await populate()).lise)
    assert is_endpoint(endpoint) is False
    assert isinstance(await subscribe(lise, endpoint, *browser_keys(), "x"), Refusal)


def test_a_push_service_s_endpoint_is_taken() -> None:
    assert is_endpoint("https://updates.push.services.mozilla.com/wpush/v2/gAAAA")
    assert is_endpoint("https://fcm.googleapis.com/fcm/send/abc:def")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("127.0.0.1", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::1", False),
        ("2002:7f00:1::", False),
        ("2001:0:53aa:64c:0:fbff:80ff:fffe", False),
        ("::127.0.0.1", False),
        ("::", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("ff0e::1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("0.0.0.0", False),  # noqa: S104
        ("100.64.0.1", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("2a00:1450:4007:80e::200e", True),
    ],
)
async def test_a_public_name_that_leads_inside_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str, public: bool
) -> None:
    """SSRF: looked up at each delivery, and what was looked up is what is called."""

    async def found(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (address, 443))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    if public:
        assert await public_address("push.example.org", 443) == address
    else:
        with pytest.raises(NotPublic):
            await public_address("push.example.org", 443)


async def test_the_address_is_judged_before_anything_is_sent(
    service: PushService, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when delivery does not ask for the address."""
    await add(service, world.lise)
    await urgent()
    monkeypatch.setattr(outbound, "settings", lambda: type("S", (), {"push_anywhere": False}))
    with clock.fixed(NOW):
        assert await push_due() == 0
    assert service.taken == []
    assert [one.problem for one in await pushes(world.lise)] == ["not a public address"]


def test_no_client_leaves_by_another_way() -> None:
    """SSRF: whatever leaves by HTTP goes through app/outbound.py; the demonstration's co-owners are not the portal."""
    makers = (
        "httpx.AsyncClient(",
        "httpx.Client(",
        "httpx.get(",
        "httpx.post(",
        "urlopen(",
        "AsyncHTTPTransport(",
    )
    for folder in ("app", "models", "state"):
        for path in (ROOT / folder).rglob("*.py"):
            where = path.relative_to(ROOT).as_posix()
            if where == "app/outbound.py" or where.startswith(("demo/co_owners/", "demo/simulation/")):
                continue
            assert not [maker for maker in makers if maker in path.read_text()], where
    assert "transport=Pinned(" in (ROOT / "app/oidc/client.py").read_text()


async def test_what_was_judged_is_what_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """SSRF: the address, under the name that was asked for; a host that the settings name is called by its name."""
    asked: list[tuple[str, str, object]] = []

    async def found(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.215.14", 443))]

    async def sent(_self: object, request: httpx.Request) -> httpx.Response:
        asked.append((request.url.host, request.headers["host"], request.extensions.get("sni_hostname")))
        return httpx.Response(200)

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", sent)
    async with client(["inside.example"]) as sender:
        await sender.get("https://push.example.org/x")
        await sender.get("https://inside.example/x")
    assert asked == [
        ("93.184.215.14", "push.example.org", "push.example.org"),
        ("inside.example", "inside.example", None),
    ]
    assert not is_public("not an address")
