"""Web push as it leaves: to a push service on this machine that refuses, forgets, goes away and comes back (SES-30)."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import col, update

from app.push import addresses
from app.push.addresses import NotPublic, public_address
from app.tasks.relay_notices import relay_due
from app.tasks.send_push import push_due
from models import clock
from models.consignments.policy import Refusal
from models.database import read, transaction
from models.habilitations.tables import Habilitation
from models.notifications.choices import set_preference
from models.notifications.queries import set_aside, subscriptions
from models.notifications.rules import DELAYS, PUSH_SETTLING
from models.notifications.subscribing import MOST, is_endpoint, subscribe, unsubscribe_device
from models.notifications.tables import PushSubscription
from models.notifications.vapid import FILE, public_key
from models.settings import settings
from tests.factories import NOW, reference
from tests.support.databases import both_databases
from tests.support.notices import (
    World,
    action_required,
    browser_keys,
    happen,
    notices,
    populate,
    pushes,
    viewer,
)
from tests.support.pushing import Browser, PushService


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, database: str) -> Iterator[PushService]:  # noqa: ARG001 - after it
    monkeypatch.setenv("PASSAVANT_PUSH_ANYWHERE", "1")
    settings.cache_clear()
    made = PushService()
    yield made
    made.stop()


@pytest.fixture
async def world(service: PushService) -> World:  # noqa: ARG001 - before it
    with clock.fixed(NOW):
        return await populate()


async def add(service: PushService, account_id: int, name: str = "one") -> Browser:
    browser = service.browser(name)
    refused = await subscribe(
        await viewer(account_id), browser.endpoint, *browser.keys, "Firefox sur Android"
    )
    assert refused is None
    return browser


async def urgent() -> None:
    with clock.fixed(NOW):
        await action_required()
        await relay_due()


@both_databases
async def test_ses_30_a_phone_is_told_in_one_sentence_that_names_nobody(
    service: PushService, world: World
) -> None:
    """SES-30: encrypted for the browser alone, signed as ours, and it names neither people nor consignments."""
    browser = await add(service, world.lise)
    await urgent()
    with clock.fixed(NOW):
        assert await push_due() == 1
        assert await push_due() == 0
    (taken,) = service.taken
    told = browser.read(taken.body)
    seq = (await notices(world.lise))[0].last_seq
    assert (told["title"], told["body"]) == ("Action requise", "Un envoi attend une action de votre part.")
    assert told["url"] == f"/notifications/aller/{seq}"
    assert set(told) == {"title", "body", "url", "tag"}
    assert not any(
        word in str(told) for word in (reference(1), "Avocats", "Lise", "912345675", "consignment")
    )
    assert taken.headers["content-encoding"] == "aes128gcm"
    assert (taken.headers["urgency"], taken.headers["topic"]) == ("high", told["tag"])
    assert int(taken.headers["ttl"]) > 3600
    claims = taken.claims(service.url)
    assert claims["sub"] == "mailto:ne-pas-repondre@localhost"
    assert 0 < claims["exp"] - NOW.timestamp() <= 24 * 3600
    (device,) = await read_devices(world.lise)
    assert (device.used_at, device.failed_at, device.label) == (NOW, None, "Firefox sur Android")


async def read_devices(account_id: int) -> list[PushSubscription]:
    who = await viewer(account_id)
    return await read(lambda db: subscriptions(db, who))


async def test_a_burst_is_one_message_of_what_matters_most(service: PushService, world: World) -> None:
    """On each browser; a later one about the same consignment takes its place on the phone."""
    phone, desk = await add(service, world.lise), await add(service, world.lise, "two")
    with clock.fixed(NOW):
        for _ in range(5):
            await happen(facts=[{"step": "decision", "status": "satisfactory"}])
        await relay_due()
        assert await push_due() == 0
    with clock.fixed(NOW + PUSH_SETTLING):
        assert await push_due() == 2
        await happen(state="released", action="collect")
        await relay_due()
    with clock.fixed(NOW + 2 * PUSH_SETTLING):
        assert await push_due() == 2
    told = {path: [] for path in ("/one", "/two")}  # type: dict[str, list[dict[str, str]]]
    for one in service.taken:
        told[one.path].append((phone if one.path == "/one" else desk).read(one.body))
    assert [one["title"] for one in told["/one"]] == ["Décision rendue", "Envoi libéré"]
    assert len({one["tag"] for one in told["/one"]}) == 1
    assert told["/one"][0]["tag"] != told["/two"][0]["tag"]


async def test_ses_04_a_right_lost_between_the_fact_and_the_delivery_sends_nothing(
    service: PushService, world: World
) -> None:
    """SES-04: the message is closed as withheld."""
    await add(service, world.lise)
    await urgent()
    async with transaction() as db:
        held = col(Habilitation.account_id) == world.lise
        await db.execute(update(Habilitation).where(held).values(withdrawn_at=NOW))
    with clock.fixed(NOW):
        assert await push_due() == 0
    assert service.taken == []
    assert [one.withheld_at for one in await pushes(world.lise)] == [NOW]


async def test_a_browser_forgotten_or_passed_on_meanwhile_gets_nothing(
    service: PushService, world: World
) -> None:
    """Somebody else signed in there: it is not Lise's any more."""
    browser = await add(service, world.lise)
    await urgent()
    await add(service, world.rival)
    with clock.fixed(NOW):
        assert await push_due() == 0
    assert await read_devices(world.lise) == []
    rival = await viewer(world.rival)
    assert await unsubscribe_device(rival, browser.endpoint) is None
    assert isinstance(await unsubscribe_device(rival, browser.endpoint), Refusal)


async def test_what_was_switched_off_meanwhile_is_not_sent(service: PushService, world: World) -> None:
    await add(service, world.lise)
    await urgent()
    await set_preference(await viewer(world.lise), "action_required", "push", "off")
    with clock.fixed(NOW):
        assert await push_due() == 0
    assert service.taken == []


@pytest.mark.parametrize("status", [404, 410])
@both_databases
async def test_a_browser_that_is_gone_is_forgotten(service: PushService, world: World, status: int) -> None:
    """404 and 410 (RFC 8030): nothing is set aside, nothing is sent there again."""
    service.answers["/one"] = status
    await add(service, world.lise)
    await urgent()
    with clock.fixed(NOW):
        assert await push_due() == 0
    assert await read_devices(world.lise) == []
    assert [(one.withheld_at, one.given_up_at) for one in await pushes(world.lise)] == [(NOW, None)]


@pytest.mark.parametrize("status", [408, 429, 500, 503])
async def test_a_service_that_asks_to_come_back_is_asked_again(
    service: PushService, world: World, status: int
) -> None:
    service.answers["/one"] = status
    await add(service, world.lise)
    await urgent()
    with clock.fixed(NOW):
        assert await push_due() == 0
    (kept,) = await pushes(world.lise)
    assert (kept.due_at, kept.problem) == (NOW + DELAYS[0], str(status))
    service.answers.clear()
    with clock.fixed(NOW + DELAYS[0]):
        assert await push_due() == 1


async def test_ses_32_a_service_that_is_away_gets_the_message_when_it_is_back(
    service: PushService, world: World
) -> None:
    """SES-32: and when it stays away, it is set aside for those who run the service."""
    await add(service, world.lise)
    await urgent()
    service.stop()
    at = NOW
    for delay in DELAYS:
        with clock.fixed(at):
            assert await push_due() == 0
        at += delay
    service.start()
    with clock.fixed(at):
        assert await push_due() == 1
    assert len(service.taken) == 1


@pytest.mark.parametrize("status", [301, 307, 400, 413])
async def test_a_refusal_for_good_is_set_aside_and_no_redirection_is_followed(
    service: PushService, world: World, status: int
) -> None:
    """A redirection would lead the portal's own request wherever its author likes (SSRF)."""
    service.answers["/one"] = status
    await add(service, world.lise)
    await urgent()
    at = NOW
    for delay in (*DELAYS, timedelta()):
        with clock.fixed(at):
            assert await push_due() == 0
        at += delay
    boss = await viewer(world.boss)
    found = await read(lambda db: set_aside(db, boss))
    assert isinstance(found, list)
    assert [(one.channel, one.problem) for one in found] == [("push", str(status))]
    assert service.taken == []


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
async def test_an_endpoint_that_may_be_a_machine_of_ours_is_refused(database: str, endpoint: str) -> None:  # noqa: ARG001
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
    monkeypatch.setattr(addresses, "settings", lambda: type("S", (), {"push_anywhere": False}))
    with clock.fixed(NOW):
        assert await push_due() == 0
    assert service.taken == []
    assert [one.problem for one in await pushes(world.lise)] == ["not a public address"]


@pytest.mark.parametrize(
    ("p256dh", "auth"), [("", ""), ("AAAA", "AAAA"), ("!" * 87, "A" * 22), ("A" * 87, "A" * 22)]
)
async def test_keys_that_are_none_are_refused(
    service: PushService, world: World, p256dh: str, auth: str
) -> None:
    lise = await viewer(world.lise)
    assert isinstance(await subscribe(lise, service.url, p256dh, auth, "x"), Refusal)
    assert isinstance(await subscribe(None, service.url, *browser_keys(), "x"), Refusal)


async def test_a_person_has_so_many_browsers(service: PushService, world: World) -> None:
    """One more takes the place of the oldest; the same again is the same."""
    for number in range(MOST + 1):
        await add(service, world.lise, f"b{number}")
    await add(service, world.lise, f"b{MOST}")
    assert len(await read_devices(world.lise)) == MOST


async def test_one_browser_of_the_list_is_forgotten_by_its_holder_alone(
    service: PushService, world: World
) -> None:
    await add(service, world.lise)
    (device,) = await read_devices(world.lise)
    number = device.id or 0
    assert isinstance(await unsubscribe_device(await viewer(world.paul), device=number), Refusal)
    assert isinstance(await unsubscribe_device(None, device=number), Refusal)
    assert await unsubscribe_device(await viewer(world.lise), device=number) is None


def test_the_portal_s_key_is_drawn_once_and_is_nobody_else_s(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Browsers subscribed with it: another key would lose them all."""
    first = public_key()
    assert public_key() == first
    assert len(first) == 87
    path = settings().data_dir / FILE
    assert path.stat().st_mode & 0o077 == 0
    assert tmp_path_factory.getbasetemp() in path.parents
