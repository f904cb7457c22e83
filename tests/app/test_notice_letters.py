"""Letters of notices as they leave through a real server: to whom, what they say, how to have no more (SES-30)."""

from datetime import timedelta

import pytest
from sqlmodel import col, update

from app.tasks.relay_notices import relay_due
from app.tasks.send_mail import send_due
from models.border.consignments.tables import Consignment
from models.identity.accounts.tables import Account
from models.identity.habilitations.tables import Habilitation
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.subject import Subject
from models.signals.notifications import marks
from models.signals.notifications.choices import preferences, set_preference
from models.signals.notifications.queries.notices import page
from tests.app.letter_scene import SOON, mine, text, to, world
from tests.factories import NOW, A, ched, keep, reference, row, tell
from tests.support.databases import both_databases, transaction
from tests.support.notices import World, action_required, happen, notices, viewer
from tests.support.smtp import Server, server

__all__ = ["server", "world"]

pytestmark = pytest.mark.usefixtures("server", "world")


@both_databases
async def test_ses_30_a_burst_is_one_letter_that_tells_it_all(server: Server, world: World) -> None:
    """SES-30, SES-50: of which consignments, what happened, what to do, where; what matters most first."""
    with clock.fixed(NOW):
        await keep(row(2, title="Mangues du Brésil"))
        await happen(facts=[{"step": "decision", "status": "satisfactory"}])
        await happen(
            subject=Subject.of("consignment", 2), facts=[{"step": "decision", "status": "unsatisfactory"}]
        )
        await action_required(subject=Subject.of("consignment", 2))
        await relay_due()
        assert await send_due() == 2
    (message,) = to(server, "lise")
    assert message["Subject"] == "Action requise"
    assert message["Message-ID"] == f"<{(await mine(world.lise)).id}@localhost>"
    said = text(message)
    first, second = said.index(f"Mangues du Brésil ({reference(2)})"), said.index("Avocats du Pérou")
    assert first < second
    assert "Déposez la déclaration en douane." in said
    assert "Entrée refusée. Motif\u00a0: à préciser par le poste." in said
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
            db.execute(update(Habilitation).where(held).values(withdrawn_at=NOW))
        assert await send_due() == 1
    assert [one["To"] for one in server.postbox.taken] == ["paul@example.org"]
    kept = await mine(world.lise)
    assert (kept.withheld_at, kept.sent_at, kept.due_at) == (NOW, None, None)


async def test_ses_04_what_changed_hands_is_left_out(server: Server) -> None:
    """SES-04: what is still theirs is told."""
    with clock.fixed(NOW):
        await keep(row(2, title="Mangues du Brésil"))
        await action_required()
        await action_required(subject=Subject.of("consignment", 2))
        await relay_due()
        async with transaction() as db:
            gone = col(Consignment.reference) == reference(1)
            db.execute(update(Consignment).where(gone).values(siren="880164207"))
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
            db.get_one(Account, world.lise).email = "new@example.org"
        await send_due()
    assert (len(to(server, "new")), to(server, "lise")) == (1, [])


async def test_a_long_letter_stays_short(server: Server, world: World) -> None:
    """Twenty subjects, and how many more."""
    with clock.fixed(NOW):
        await keep(*(row(number) for number in range(2, 31)))
        for number in range(1, 31):
            await action_required(subject=Subject.of("consignment", number))
        await relay_due()
        await send_due()
    said = text(to(server, "lise")[0])
    assert said.count("Avocats du Pérou") == 20
    assert "Et encore 10\u00a0autres." in said
    assert (await mine(world.lise)).sent_at == NOW


async def test_a_digest_says_how_much_it_tells(server: Server) -> None:
    with clock.fixed(NOW):
        await tell(ched(2), ched(3))
        await relay_due()
    with clock.fixed(NOW + timedelta(days=1)):
        await send_due()
    assert to(server, "lise")[0]["Subject"] == "2 nouvelles sur vos envois"


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
        assert await marks.unsubscribe(token) is None
        assert isinstance(await marks.unsubscribe(token[:-3] + "abc"), Refusal)
    lise = await viewer(world.lise)
    modes = {one.kind: one.modes["email"] for one in await read(lambda db: preferences(db, lise))}  # type: ignore[index]
    assert (modes["decision"], modes["action_required"], modes["released"]) == ("off", "on", "on")


async def test_what_must_be_told_has_no_such_link(server: Server) -> None:
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        await send_due()
    assert to(server, "lise")[0]["List-Unsubscribe"] is None


async def test_the_list_shows_what_a_letter_told(world: World) -> None:
    """Channels do not hide one another."""
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        await send_due()
        lise = await viewer(world.lise, A)
        assert len(await read(lambda db: page(db, lise))) == 1
