"""Alerts about services, told to those who use them in that mode, and to nobody else (MET-11, SES-30)."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import col, update

from models.identity.accounts.partners import Scope, create_client
from models.identity.accounts.tables import Account
from models.identity.habilitations.tables import Habilitation
from models.identity.letters.actions import take_due
from models.identity.letters.tables import Email
from models.identity.people.mandates import end as end_mandate
from models.identity.people.mandates import let
from models.kernel import clock
from models.kernel.database import read
from models.signals.notifications import derivation
from models.signals.notifications.cursors import PEOPLE
from models.signals.notifications.preparation import letter_of
from models.signals.notifications.queries.cursors import position
from models.signals.notifications.queries.notices import NoticeRow, destination, page, unread_count
from models.signals.notifications.queries.people import people
from models.signals.notifications.tables import Notice
from models.signals.services import actions
from models.signals.services.policy import CommandLine
from models.signals.services.queries import used_by
from tests.factories import NOW, A, C
from tests.support.accounts import cheap_passwords, grant
from tests.support.databases import both_databases, transaction
from tests.support.notices import World, happen, letters, notices, relayed, rows, told, viewer

__all__ = ["cheap_passwords"]

EVERYBODY = {"lise", "paul", "agent", "rival", "idle", "sivep", "customs", "elsewhere", "boss"}
SAID = "Les validations n'aboutissent pas."


async def started(service: str = "DELTA_G", mode: str = "DTI") -> int:
    """An alert in force, told; its number."""
    number = await actions.start(CommandLine(), service, mode, SAID)
    assert isinstance(number, int)
    await relayed()
    return number


async def who(world: World) -> set[str]:
    """Who was told anything."""
    return {name for name in EVERYBODY if await told(getattr(world, name))}


async def listed(account_id: int) -> list[NoticeRow]:
    """The person's notices, as they may still see them, and what their bell counts."""
    seen = await viewer(account_id)
    found = await read(lambda db: page(db, seen))
    assert await read(lambda db: unread_count(db, seen)) == len(found)
    return found


async def made(letter: Email) -> tuple[str, Any] | None:
    """What leaves for it, by now."""
    return await read(partial(letter_of, email=letter))


async def take_back(account_id: int) -> None:
    """Whatever they hold."""
    async with transaction() as db:
        mine = col(Habilitation.account_id) == account_id
        db.execute(update(Habilitation).where(mine).values(withdrawn_at=NOW))


async def connect(siren: str) -> None:
    """A program may act for that company."""
    await create_client("planner", "Planif’Quai", "s" * 20, [Scope.APPOINTMENTS_WRITE])
    assert await let(siren, "planner") is None


@both_databases
async def test_met_11_users_of_that_service_and_mode_are_told_and_nobody_else(world: World) -> None:
    """MET-11: not who follows consignments alone, not who uses another service, not an officer."""
    await grant(world.lise, A, "DELTA_G", "declarer")
    await grant(world.rival, C, "DELTA_H7", "declarer")
    number = await started()
    assert await who(world) == {"lise"}
    (row,) = await listed(world.lise)
    assert (row.title, row.href) == ("Météo des services", "/tableau-de-bord")
    assert row.sentence == (
        "DELTA G, mode DTI (saisie à l’écran)\u00a0: une alerte est en cours depuis le 24\u00a0mars\u00a02026 à "
        "10\u00a0h\u00a000. Ce qu’il faut savoir est en haut de votre tableau de bord."
    )
    assert {way for _, way in await told(world.lise)} == {"portal", "email"}
    with clock.fixed(NOW + timedelta(minutes=3)):
        assert await actions.end(CommandLine(), number) is None
        await relayed()
    (row,) = await listed(world.lise)
    assert "est terminée" in row.sentence, "of a burst, what stands in the end"
    assert row.count == 2
    assert await who(world) == {"lise"}


async def test_met_11_edi_is_for_companies_that_let_a_program_act(world: World) -> None:
    """MET-11: as long as they do."""
    await grant(world.lise, A, "DELTA_G", "declarer")
    await grant(world.rival, C, "DELTA_G", "declarer")
    await connect(A)
    await started(mode="EDI")
    assert await who(world) == {"lise"}
    assert await end_mandate(A, "planner") is None
    assert await listed(world.lise) == []
    await started()
    assert await who(world) == {"lise", "rival"}


async def test_met_11_the_portal_is_everybody_s_but_who_published_it(world: World) -> None:
    """MET-11: whoever has an account whose address was checked, in whatever role."""
    async with transaction() as db:
        unchecked = col(Account.id) == world.idle
        db.execute(update(Account).where(unchecked).values(email_verified_at=None))
    boss = await viewer(world.boss, None)
    assert isinstance(await actions.start(boss, "PORTAL", "", SAID), int)
    await relayed()
    assert await who(world) == EVERYBODY - {"idle", "boss"}
    (row,) = await listed(world.customs)
    assert (row.href, row.sentence.partition("\u00a0:")[0]) == ("/", "Passavant")


async def test_met_11_a_co_owner_that_is_not_customs_makes_nobody_a_user(world: World) -> None:
    """MET-11: only customs says who works in DELTA."""
    number = await grant(world.rival, C, "DELTA_H7", "declarer")
    async with transaction() as db:
        mine = col(Habilitation.id) == number
        db.execute(update(Habilitation).where(mine).values(co_owner="DGFIP"))
    await started("DELTA_H7")
    assert await who(world) == set()


async def test_met_11_a_habilitation_taken_back_shows_nothing_more(world: World) -> None:
    """MET-11, SES-04: neither the list, nor the bell, nor the letter that waits, nor the link, nor the next alert."""
    await grant(world.lise, A, "DELTA_G", "declarer")
    await grant(world.paul, A, "DELTA_G", "lire")
    number = await started()
    assert len(await listed(world.lise)) == len(await listed(world.paul)) == 1
    seq = (await notices(world.lise))[0].last_seq
    lise, paul = await viewer(world.lise), await viewer(world.paul)
    assert await read(lambda db: destination(db, lise, seq)) is not None
    await take_back(world.lise)
    assert await listed(world.lise) == []
    assert await read(lambda db: destination(db, lise, seq)) is None
    assert await read(lambda db: destination(db, paul, seq)) is not None
    taken = {one.account_id: one for one in await take_due(10)}
    left = {account: await made(letter) for account, letter in taken.items()}
    assert (left[world.lise], left[world.paul] is None) == (None, False)
    before = await told(world.lise)
    assert await actions.end(CommandLine(), number) is None
    await relayed()
    assert await told(world.lise) == before
    assert len(await told(world.paul)) == 2 * len(before)


async def test_ses_30_an_alert_is_written_at_once_and_of_nothing_typed(world: World) -> None:
    """SES-30: urgent, as work stops; words are made of codes."""
    await grant(world.lise, A, "DELTA_G", "declarer")
    await started()
    (letter,) = await letters(world.lise)
    assert letter.due_at == NOW
    content = await made(letter)
    assert content is not None
    assert "DELTA G, mode DTI" in content[1]["items"][0]["lines"][0]
    assert SAID not in str(content)


@both_databases
async def test_ses_32_everybody_is_told_in_portions_and_nobody_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-32: however many accounts there are, others write between; what stops goes on where it was."""
    monkeypatch.setattr(derivation, "PORTION", 2)
    await happen()
    assert isinstance(await actions.start(CommandLine(), "PORTAL", "", SAID), int)
    assert await derivation.relay() == 1, "the fact about a consignment, apart"
    assert await who(world) == {"lise", "paul"}
    seen = []
    while await read(derivation.pending):
        await derivation.relay()
        seen.append(len([one for one in await rows(Notice) if one.kind == "service_alert"]))
        if len(seen) == 2:
            await happen()
    assert seen == [2, 4, 6, 8, 9, 9], "the last told is the fact that came meanwhile"
    portal = {
        name: [kind for kind, way in await told(getattr(world, name)) if way == "portal"]
        for name in EVERYBODY
    }
    once = {name: ["service_alert"] for name in EVERYBODY}
    followers = {name: ["step_advanced", "service_alert", "step_advanced"] for name in ("lise", "paul")}
    assert portal == once | followers
    assert await read(lambda db: position(db, PEOPLE)) == 0


async def test_the_banner_and_the_notices_agree_on_who_uses_what(world: World) -> None:
    """MET-11: two ways to the same answer: by session, and without one."""
    await grant(world.lise, A, "DELTA_G", "declarer")
    await grant(world.lise, C, "DELTA_X", "declarer")
    await grant(world.rival, C, "DELTA_H7", "lire")
    await grant(world.sivep, C, "DELTA_H7", "lire")
    await connect(C)
    for account in (world.lise, world.rival, world.idle, world.sivep, world.boss):
        seen = await viewer(account, None)
        parts = await read(partial(used_by, viewer=seen))
        (person,) = (await read(partial(people, account_ids=[account]))).values()
        assert {one.subject for one in parts} == person.uses
