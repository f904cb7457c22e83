"""Web push as it leaves: to a push service on this machine that refuses, forgets, goes away and comes back (SES-30)."""

from datetime import timedelta

import pytest
from sqlmodel import col, update

from app.tasks.relay_notices import relay_due
from app.tasks.send_push import push_due
from models.identity.habilitations.tables import Habilitation
from models.kernel import clock
from models.kernel.database import read
from models.kernel.outbox.actions import DELAYS
from models.kernel.refusal import Refusal
from models.signals.notifications.choices import set_preference
from models.signals.notifications.queries.notices import set_aside
from models.signals.notifications.rules import PUSH_SETTLING
from models.signals.notifications.subscriptions import unsubscribe_device
from tests.app.push_scene import add, read_devices, service, urgent, world
from tests.factories import NOW, reference
from tests.support.databases import both_databases, transaction
from tests.support.notices import World, happen, notices, pushes, viewer
from tests.support.pushing import PushService

__all__ = ["service", "world"]


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
        db.execute(update(Habilitation).where(held).values(withdrawn_at=NOW))
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
