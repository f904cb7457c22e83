"""Letters of notices before a mail server that is away, slow, or refuses them or an address (SES-31, SES-32)."""

import asyncio
from datetime import timedelta

import pytest

from app.tasks.relay_notices import relay_due
from app.tasks.send_mail import send_due
from models.identity.accounts.tables import Account
from models.identity.letters.actions import post_letter
from models.kernel import clock
from models.kernel.database import read
from models.kernel.outbox.actions import DELAYS
from models.kernel.refusal import Refusal
from models.signals.notifications import marks
from models.signals.notifications.choices import set_preference, undeliverable
from models.signals.notifications.queries.notices import set_aside
from tests.app.letter_scene import SOON, mine, to, world
from tests.factories import NOW
from tests.support.accounts import journal
from tests.support.databases import both_databases, transaction
from tests.support.notices import World, action_required, letters, notices, viewer
from tests.support.smtp import Server, server

__all__ = ["server", "world"]

pytestmark = pytest.mark.usefixtures("world")


@both_databases
async def test_ses_32_a_server_that_is_away_gets_each_letter_once_it_is_back(
    server: Server, world: World
) -> None:
    """SES-32: tried later and later; nothing is lost, nothing is new, nothing leaves twice."""
    server.stop()
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        assert await send_due() == 0
    kept = await mine(world.lise)
    assert (kept.attempts, kept.due_at) == (1, NOW + DELAYS[0])
    server.start()
    with clock.fixed(NOW + DELAYS[0]):
        assert await send_due() == 2
        assert await send_due() == 0
    assert len(to(server, "lise")) == 1


async def test_a_slow_recipient_does_not_hold_the_others_up(server: Server) -> None:
    """The server answers about Lise when it has Paul's letter."""
    server.postbox.slow["lise@example.org"] = 1
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        assert await asyncio.wait_for(send_due(), 10) == 2
    assert [one["To"] for one in server.postbox.taken] == ["paul@example.org", "lise@example.org"]


@both_databases
async def test_ses_31_an_address_that_is_refused_is_flagged_to_its_holder(
    server: Server, world: World
) -> None:
    """SES-31: in the portal, once; no more letters of notices go there, and their facts show in the portal."""
    server.postbox.refusals["lise@example.org"] = "550 5.1.1 no such user"
    lise = await viewer(world.lise)
    with clock.fixed(NOW):
        await set_preference(lise, "action_required", "portal", "off")
        await action_required()
        await relay_due()
        await send_due()
        await relay_due()
    assert [one.kind for one in await notices(world.lise)] == ["email_undeliverable"]
    assert await read(lambda db: undeliverable(db, lise)) is True
    assert (await mine(world.lise)).given_up_at == NOW
    with clock.fixed(SOON):
        await action_required(action="pay_duties")
        await relay_due()
    assert len(await letters(world.lise)) == 1
    shown = [one.kind for one in await notices(world.lise)]
    assert shown == ["email_undeliverable", "action_required"]
    (entry,) = await journal("account.email_undeliverable")
    assert (entry.actor, entry.payload) == ("system", {"account_id": world.lise})


async def test_ses_31_the_flag_falls_with_another_address_or_a_letter_that_arrives(
    server: Server, world: World
) -> None:
    """SES-31: another address is given its chance; and so is one to which a letter could be handed over."""
    server.postbox.refusals["lise@example.org"] = "550 no"
    lise = await viewer(world.lise)
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        await send_due()
        async with transaction() as db:
            db.get_one(Account, world.lise).email = "new@example.org"
        assert await read(lambda db: undeliverable(db, lise)) is False
        async with transaction() as db:
            db.get_one(Account, world.lise).email = "lise@example.org"
        assert await read(lambda db: undeliverable(db, lise)) is True
        server.postbox.refusals.clear()
        async with transaction() as db:
            post_letter(db, "password_changed", to="lise@example.org", account_id=world.lise)
        assert await send_due() == 1
    assert await read(lambda db: undeliverable(db, lise)) is False


async def test_a_server_that_refuses_the_message_flags_nobody(server: Server, world: World) -> None:
    """It may be the words that it dislikes: set aside, for those who run the service."""
    server.postbox.refusals["DATA"] = "554 spam"
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        await send_due()
    assert await journal("account.email_undeliverable") == []
    assert (await mine(world.lise)).given_up_at == NOW


async def test_what_was_set_aside_is_seen_and_replayed_by_those_who_run_the_service(
    server: Server, world: World
) -> None:
    """SES-32: with the server's reason, and nobody's name; it leaves under the same Message-ID."""
    server.postbox.refusals["DATA"] = "554 spam"
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        await send_due()
    boss, lise = await viewer(world.boss), await viewer(world.lise)
    assert isinstance(await read(lambda db: set_aside(db, lise)), Refusal)
    assert isinstance(await read(lambda db: set_aside(db, None)), Refusal)
    found = await read(lambda db: set_aside(db, boss))
    assert isinstance(found, list)
    assert {(one.channel, one.kind, one.problem) for one in found} == {("email", "notices", "554 spam")}
    assert isinstance(await marks.replay(lise, found[0].id), Refusal)
    assert isinstance(await marks.replay(boss, "nothing"), Refusal)
    server.postbox.refusals.clear()
    with clock.fixed(NOW + timedelta(days=1)):
        for one in found:
            assert await marks.replay(boss, one.id) is None
        assert isinstance(await marks.replay(boss, found[0].id), Refusal)
        assert await send_due() == 2
    assert {one["Message-ID"] for one in server.postbox.taken} == {f"<{one.id}@localhost>" for one in found}
    assert len(await journal("notification.replayed")) == 2
