"""Letters of notices as they leave: through a real server that refuses, is slow, goes away and comes back (SES-30, SES-32)."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import col, update

from app.tasks.relay_notices import relay_due
from app.tasks.send_mail import send_due
from models import clock
from models.accounts.tables import Account
from models.consignments.policy import Refusal
from models.consignments.tables import Consignment
from models.database import read, transaction
from models.habilitations.tables import Habilitation
from models.notifications import marking, outbox
from models.notifications.actions import post_letter, take_due
from models.notifications.choices import preferences, set_preference, undeliverable
from models.notifications.queries import page, set_aside
from models.notifications.rules import DELAYS, LEASE, SETTLING
from models.notifications.tables import Email
from models.settings import settings
from tests.factories import NOW, A, ched, keep, reference, row, tell
from tests.support.accounts import journal
from tests.support.databases import both_databases
from tests.support.notices import World, action_required, happen, letters, notices, populate, viewer
from tests.support.smtp import Server

SOON = NOW + SETTLING


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, database: str) -> Iterator[Server]:  # noqa: ARG001 - after it
    made = Server()
    monkeypatch.setenv("PASSAVANT_SMTP_URL", made.url)
    settings.cache_clear()
    made.start()
    yield made
    made.stop()


@pytest.fixture
async def world(server: Server) -> World:  # noqa: ARG001 - before it
    with clock.fixed(NOW):
        return await populate()


def to(server: Server, name: str) -> list[EmailMessage]:
    return [one for one in server.postbox.taken if one["To"] == f"{name}@example.org"]


def text(message: EmailMessage) -> str:
    plain = message.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


async def mine(account_id: int) -> Email:
    (only,) = await letters(account_id)
    return only


@both_databases
async def test_ses_30_a_burst_is_one_letter_that_tells_it_all(server: Server, world: World) -> None:
    """SES-30, SES-50: of which consignments, what happened, what to do, where; what matters most first."""
    with clock.fixed(NOW):
        await keep(row(2, title="Mangues du Brésil"))
        await happen(facts=[{"step": "decision", "status": "satisfactory"}])
        await happen(consignment_id=2, facts=[{"step": "decision", "status": "unsatisfactory"}])
        await action_required(consignment_id=2)
        await relay_due()
        assert await send_due() == 2
    (message,) = to(server, "lise")
    assert message["Subject"] == "Action requise"
    assert message["Message-ID"] == f"<{(await mine(world.lise)).id}@localhost>"
    said = text(message)
    first, second = said.index(f"Mangues du Brésil ({reference(2)})"), said.index("Avocats du Pérou")
    assert first < second
    assert "Déposez la déclaration en douane." in said
    assert "Décision sur le DSCE\u00a0: non conforme." in said
    assert "/profil" in said


async def test_a_letter_about_one_consignment_leads_to_it(server: Server, world: World) -> None:
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        await send_due()
    (message,) = to(server, "lise")
    assert message["Subject"] == "Action requise\u00a0: Avocats du Pérou (CHEDPP.FR.2026.0000001)"
    seq = (await notices(world.lise))[0].last_seq
    assert f"http://localhost:8000/notifications/aller/{seq}" in text(message)


@both_databases
async def test_ses_04_a_right_lost_between_the_fact_and_the_delivery_sends_nothing(
    server: Server, world: World
) -> None:
    """SES-04: the letter is closed as withheld; a colleague's leaves. Fails when letter_of() does not ask anew."""
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        async with transaction() as db:
            held = col(Habilitation.account_id) == world.lise
            await db.execute(update(Habilitation).where(held).values(withdrawn_at=NOW))
        assert await send_due() == 1
    assert [one["To"] for one in server.postbox.taken] == ["paul@example.org"]
    kept = await mine(world.lise)
    assert (kept.withheld_at, kept.sent_at, kept.due_at) == (NOW, None, None)


async def test_ses_04_what_changed_hands_is_left_out(server: Server, world: World) -> None:  # noqa: ARG001
    """SES-04: what is still theirs is told."""
    with clock.fixed(NOW):
        await keep(row(2, title="Mangues du Brésil"))
        await action_required()
        await action_required(consignment_id=2)
        await relay_due()
        async with transaction() as db:
            gone = col(Consignment.reference) == reference(1)
            await db.execute(update(Consignment).where(gone).values(siren="880164207"))
        await send_due()
    (message,) = to(server, "lise")
    assert "Mangues" in text(message)
    assert "Avocats" not in text(message)


async def test_what_was_switched_off_meanwhile_is_not_sent(server: Server, world: World) -> None:
    with clock.fixed(NOW):
        await happen(facts=[{"step": "decision", "status": "satisfactory"}])
        await relay_due()
        await set_preference(await viewer(world.lise), "decision", "email", "off")
    with clock.fixed(SOON):
        assert await send_due() == 1
    assert to(server, "lise") == []


async def test_a_letter_goes_to_the_address_that_the_account_has_by_then(
    server: Server, world: World
) -> None:
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        async with transaction() as db:
            (await db.get_one(Account, world.lise)).email = "new@example.org"
        await send_due()
    assert (len(to(server, "new")), to(server, "lise")) == (1, [])


async def test_a_long_letter_stays_short(server: Server, world: World) -> None:
    """Twenty subjects, and how many more."""
    with clock.fixed(NOW):
        await keep(*(row(number) for number in range(2, 31)))
        for number in range(1, 31):
            await action_required(consignment_id=number)
        await relay_due()
        await send_due()
    said = text(to(server, "lise")[0])
    assert said.count("Avocats du Pérou") == 20
    assert "Et encore 10\u00a0autres." in said
    assert (await mine(world.lise)).sent_at == NOW


async def test_a_digest_says_how_much_it_tells(server: Server, world: World) -> None:  # noqa: ARG001
    with clock.fixed(NOW):
        await tell(ched(2), ched(3))
        await relay_due()
    with clock.fixed(NOW + timedelta(days=1)):
        await send_due()
    assert to(server, "lise")[0]["Subject"] == "2 nouvelles sur vos envois"


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


async def test_a_slow_recipient_does_not_hold_the_others_up(server: Server, world: World) -> None:  # noqa: ARG001
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
            (await db.get_one(Account, world.lise)).email = "new@example.org"
        assert await read(lambda db: undeliverable(db, lise)) is False
        async with transaction() as db:
            (await db.get_one(Account, world.lise)).email = "lise@example.org"
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
    assert isinstance(await marking.replay(lise, found[0].id), Refusal)
    assert isinstance(await marking.replay(boss, "nothing"), Refusal)
    server.postbox.refusals.clear()
    with clock.fixed(NOW + timedelta(days=1)):
        for one in found:
            assert await marking.replay(boss, one.id) is None
        assert isinstance(await marking.replay(boss, found[0].id), Refusal)
        assert await send_due() == 2
    assert {one["Message-ID"] for one in server.postbox.taken} == {f"<{one.id}@localhost>" for one in found}
    assert len(await journal("notification.replayed")) == 2


async def test_a_mail_program_unsubscribes_in_one_click(server: Server, world: World) -> None:
    """RFC 8058: the kinds that the letter told and that may be switched off; what must be told stays on."""
    with clock.fixed(NOW):
        await happen(facts=[{"step": "decision", "status": "satisfactory"}])
        await action_required()
        await relay_due()
        await send_due()
    (message,) = to(server, "lise")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = message["List-Unsubscribe"].strip("<>").partition("jeton=")[2]
    with clock.fixed(NOW + timedelta(days=30)):
        assert await marking.unsubscribe(token) is None
        assert isinstance(await marking.unsubscribe(token[:-3] + "abc"), Refusal)
    lise = await viewer(world.lise)
    modes = {one.kind: one.modes["email"] for one in await read(lambda db: preferences(db, lise))}  # type: ignore[index]
    assert (modes["decision"], modes["action_required"], modes["released"]) == ("off", "on", "on")


async def test_what_must_be_told_has_no_such_link(server: Server, world: World) -> None:  # noqa: ARG001
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        await send_due()
    assert to(server, "lise")[0]["List-Unsubscribe"] is None


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_ses_32_several_relays_at_once_take_each_letter_once(server: Server, world: World) -> None:  # noqa: ARG001
    """SES-32: eight relays over forty letters. Fails when rows are taken without a lock, and without a lease."""
    with clock.fixed(NOW):
        async with transaction() as db:
            for number in range(40):
                post_letter(db, "password_changed", to=f"p{number}@example.org")
        taken = await asyncio.gather(*(take_due(5) for _ in range(8)))
        assert len({one.id for some in taken for one in some}) == sum(map(len, taken)) == 40
        assert all(taken)
    with clock.fixed(NOW + LEASE):
        assert sum(await asyncio.gather(*(send_due() for _ in range(4)))) == 40
    assert len({one["Message-ID"] for one in server.postbox.taken}) == len(server.postbox.taken) == 40


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_a_relay_passes_by_what_another_is_taking(server: Server, world: World) -> None:  # noqa: ARG001
    """SKIP LOCKED: it waits for nobody. Fails without `skip_locked`."""
    with clock.fixed(NOW):
        async with transaction() as db:
            for number in range(10):
                post_letter(db, "password_changed", to=f"p{number}@example.org")
        async with outbox.aside() as db:
            first = await outbox.take(db, Email, 5)
            await db.flush()
            second = await asyncio.wait_for(take_due(5), 10)
    assert len({one.id for one in [*first, *second]}) == 10


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_taking_waits_for_nobody_who_writes_a_fact(server: Server, world: World) -> None:  # noqa: ARG001
    """SKIP LOCKED outside of the writers' lock: letters leave while a long verb runs."""
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        async with transaction() as db:
            post_letter(db, "password_changed", to="z@example.org")
            await db.flush()
            assert await asyncio.wait_for(send_due(), 10) == 2


async def test_the_list_shows_what_a_letter_told(server: Server, world: World) -> None:  # noqa: ARG001
    """Channels do not hide one another."""
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        await send_due()
        lise = await viewer(world.lise, A)
        assert len(await read(lambda db: page(db, lise))) == 1
