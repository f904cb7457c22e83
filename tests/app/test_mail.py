"""Letters as they leave: a real SMTP server, one that refuses, one that is away, and files where there is none."""

import email
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.mail.delivery import FOLDER
from app.tasks.send_mail import send_due
from models.identity.access.credentials import DEAD_LINK, ask_password_link, set_password
from models.identity.letters.actions import post_letter, take_due
from models.identity.letters.kinds import LETTERS, letter
from models.identity.letters.tables import Email
from models.kernel import clock
from models.kernel.outbox.actions import DELAYS, LEASE, without_addresses
from models.kernel.settings.portal import settings
from tests.support.accounts import NOW, cheap_passwords, make_account
from tests.support.databases import both_databases, reading, transaction
from tests.support.letters import token_to
from tests.support.mailbox import link_in
from tests.support.smtp import Server, server

__all__ = ["cheap_passwords", "server"]

TO = "lise@kerdrel.example"
pytestmark = pytest.mark.usefixtures("database")


async def post(kind: str = "password_changed", **details: Any) -> None:
    async with transaction() as db:
        post_letter(db, kind, to=TO, **details)


async def rows() -> list[Email]:
    async with reading() as db:
        return list(db.exec(select(Email)).all())


async def row() -> Email:
    (only,) = await rows()
    return only


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def read_only_file(folder: Path) -> tuple[str, int, bytes]:
    (file,) = folder.iterdir()
    return file.name, file.stat().st_mode, file.read_bytes()


@both_databases
async def test_a_letter_is_delivered_once(server: Server) -> None:
    """COM-03: text and HTML, in French, with what mail servers look for."""
    with clock.fixed(NOW):
        await post()
        assert await send_due() == 1
        assert await send_due() == 0
    kept = await row()
    assert (kept.sent_at, kept.due_at, kept.attempts) == (NOW, None, 1)
    (message,) = server.postbox.taken
    assert message["Subject"] == "Votre mot de passe a été changé"
    assert message["From"] == "Passavant <ne-pas-repondre@localhost>"
    assert message["To"] == TO
    assert message["Message-ID"] == f"<{kept.id}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOW
    text, html = parts(message)
    assert "Vos autres sessions sont fermées." in text
    assert "Si ce n’était pas vous" in text
    assert '<html lang="fr">' in html
    assert "http://localhost:8000/mot-de-passe" in html


async def test_a_refused_address_is_given_up_at_once_with_the_reason(server: Server) -> None:
    server.postbox.refusals[TO] = f"550 5.1.1 <{TO}>: no such user"
    with clock.fixed(NOW):
        await post()
        assert await send_due() == 0
    kept = await row()
    assert (kept.given_up_at, kept.due_at, kept.sent_at) == (NOW, None, None)
    assert kept.problem == "550 5.1.1 (adresse): no such user"


@pytest.mark.parametrize("where", [TO, "DATA"])
async def test_a_server_that_asks_to_come_back_is_asked_again(server: Server, where: str) -> None:
    server.postbox.refusals[where] = "451 4.7.1 greylisted"
    with clock.fixed(NOW):
        await post()
        assert await send_due() == 0
    kept = await row()
    assert (kept.due_at, kept.given_up_at) == (NOW + DELAYS[0], None)
    server.postbox.refusals.clear()
    with clock.fixed(NOW + DELAYS[0]):
        assert await send_due() == 1


async def test_a_server_that_is_away_gets_the_letters_when_it_is_back(server: Server) -> None:
    server.stop()
    at = NOW
    with clock.fixed(at):
        await post()
    for delay in DELAYS[:3]:
        with clock.fixed(at):
            assert await send_due() == 0
        at += delay
    assert (await row()).attempts == 3
    assert (await row()).problem
    server.start()
    with clock.fixed(at - timedelta(seconds=1)):
        assert await send_due() == 0, "before its time it is left alone"
    with clock.fixed(at):
        assert await send_due() == 1
    kept = await row()
    assert (kept.attempts, kept.problem) == (4, "")
    assert [message["Message-ID"] for message in server.postbox.taken] == [f"<{kept.id}@localhost>"]


async def test_a_server_that_stays_away_is_given_up_with_the_reason(server: Server) -> None:
    server.stop()
    at = NOW
    with clock.fixed(at):
        await post()
    for delay in (*DELAYS, timedelta()):
        with clock.fixed(at):
            await send_due()
        at += delay
    kept = await row()
    assert kept.attempts == len(DELAYS) + 1
    assert kept.due_at is None
    assert kept.given_up_at is not None
    assert "Connect" in kept.problem


async def test_com_05_a_link_s_life_starts_when_its_letter_leaves(server: Server) -> None:
    """COM-05: a mail server away for two hours does not deliver dead links; and no token stands in a row."""
    with clock.fixed(NOW):
        await make_account(TO)
        await ask_password_link(TO)
    leaves = NOW + timedelta(hours=2)
    with clock.fixed(leaves):
        assert await send_due() == 1
    (message,) = server.postbox.taken
    address = link_in(message)
    token = address.rpartition("lien=")[2]
    assert address.startswith("http://localhost:8000/mot-de-passe/nouveau?lien=")
    assert token not in str((await row()).model_dump())
    with clock.fixed(leaves + timedelta(minutes=29)):
        assert await set_password(token, "Quai-3-froid-2026") == TO


async def test_a_link_that_was_used_does_not_live_again(server: Server) -> None:
    """COM-05: its letter leaves twice, the second time after its use."""
    with clock.fixed(NOW):
        await make_account(TO)
        await ask_password_link(TO)
        assert len(await take_due()) == 1
        token = await token_to(TO)
        await set_password(token, "Quai-3-froid-2026")
    with clock.fixed(NOW + LEASE):
        assert await send_due() == 2
        again = link_in(server.postbox.taken[0]).rpartition("lien=")[2]
        assert await set_password(again, "Another-2026!") == DEAD_LINK


@pytest.mark.usefixtures("database")
@both_databases
async def test_one_relay_at_a_time_has_a_letter() -> None:
    """Several workers: what one took, the next one leaves alone, until the first is known to be dead."""
    with clock.fixed(NOW):
        await post()
        (first,), second = await take_due(), await take_due()
    assert second == []
    with clock.fixed(NOW + LEASE):
        (again,) = await take_due()
    assert (again.id, again.attempts) == (first.id, 2)


async def test_without_a_server_letters_are_files_of_ours_alone() -> None:
    with clock.fixed(NOW):
        await post()
        assert await send_due() == 1
    (name, mode, body) = read_only_file(settings().data_dir / FOLDER)
    assert name.endswith(".eml")
    assert mode & 0o077 == 0
    assert email.message_from_bytes(body, policy=default)["To"] == TO


async def test_a_letter_that_cannot_be_written_does_not_hold_the_others_up() -> None:
    with clock.fixed(NOW):
        async with transaction() as db:
            db.add(Email(id="x", kind="no such letter", to=TO, created_at=NOW, due_at=NOW))
        await post()
        assert await send_due() == 1
    assert sorted(one.problem for one in await rows()) == ["", "not written: KeyError"]


async def test_what_is_rolled_back_is_never_sent() -> None:
    async def half_way() -> None:
        async with transaction() as db:
            post_letter(db, "password_changed", to=TO)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await half_way()
    assert await send_due() == 0


@pytest.mark.parametrize("kind", LETTERS)
def test_ses_50_every_letter_reads_as_french(kind: str) -> None:
    """SES-50: a subject, sentences, one way on, and nothing that somebody else may have typed."""
    told = {
        "company": "Kerdrel Primeurs",
        "siren": "912345675",
        "reference": "AIDE-2026-000001",
        "at": "24 nov.",
        "from": "25 nov.",
        "factor": "passkey",
    }
    written = letter(kind, {"link": "abc", "name": "<b>Mallory</b>", **told})
    assert 10 < len(written.subject) < 60
    assert written.before[0].startswith("Bonjour")
    assert bool(written.button) == bool(written.address)
    assert "Mallory" not in str(written)


def test_reasons_name_nobody() -> None:
    assert (
        without_addresses(f"550 <{TO}> and\r\n{TO.upper()} refused") == "550 (adresse) and (adresse) refused"
    )
