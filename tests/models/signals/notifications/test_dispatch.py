"""Who is told of what, once, and what is told together (SES-30, SES-32, SES-04, SES-05)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, update

from models.border.messages.tables import Message
from models.identity.accounts.actors import actor_of
from models.identity.accounts.tables import Account
from models.identity.letters.limits import HOUR
from models.identity.letters.tables import Email
from models.journal.queries import last_seq
from models.kernel import clock
from models.kernel.database import read, write
from models.kernel.subject import Subject
from models.signals.notifications import derivation
from models.signals.notifications.cursors import JOURNAL, move
from models.signals.notifications.queries.cursors import position
from models.signals.notifications.rules import GROUPED, SETTLING, TOLD_OUTSIDE
from models.signals.notifications.tables import Notice, NoticeEntry
from tests.factories import NOW, A, after, ched, tell
from tests.support.accounts import mandate
from tests.support.databases import both_databases, transaction
from tests.support.notices import (
    POST,
    World,
    action_required,
    happen,
    letters,
    notices,
    relayed,
    rows,
    told,
)

pytestmark = pytest.mark.usefixtures("world")

WORKING = ("lise", "paul", "agent", "rival", "idle", "sivep", "customs", "elsewhere", "boss")


async def who(world: World) -> set[str]:
    """Who was told anything."""
    return {name for name in WORKING if await told(getattr(world, name))}


@both_databases
async def test_ses_04_only_those_who_follow_the_company_are_told(world: World) -> None:
    """SES-04, SES-30: not a competitor, not a colleague without the right, not a post for what needs nobody."""
    await happen()
    await relayed()
    assert await who(world) == {"lise", "paul"}


async def test_ses_04_a_representative_is_told_as_long_as_the_mandate_runs(world: World) -> None:
    """SES-04: from its first day to its last."""
    await mandate(A, "950120345", ends_at=after(1))
    await happen()
    await relayed()
    assert await told(world.agent) == [("step_advanced", "email"), ("step_advanced", "portal")]
    with clock.fixed(after(2)):
        await happen()
        await relayed()
    assert len(await told(world.agent)) == 2


async def test_who_did_it_is_not_told(world: World) -> None:
    """Their colleague is."""
    await happen(actor=actor_of(world.lise))
    await relayed()
    assert await who(world) == {"paul"}


async def test_ses_05_the_post_is_told_of_what_it_must_decide(world: World) -> None:
    """SES-05: those who decide at that post, once, and not again while it stands so."""
    blocked = {"state": "blocked", "step": "decision", "action": "decide_after_failure"}
    await happen(**blocked)
    await happen(**blocked)
    await relayed()
    assert await told(world.sivep) == [("decision_awaited", "portal")]
    assert await told(world.customs) == await told(world.elsewhere) == []
    assert [kind for kind, way in await told(world.lise) if way == "portal"] == ["blocked", "step_advanced"]


async def test_ses_05_an_alert_tells_every_officer_of_the_post(world: World) -> None:
    await happen("alert.opened", subject=Subject.of("alert", 5), siren=None, alert=5, rule="late")
    await relayed()
    assert await who(world) == {"sivep", "customs"}


async def test_a_refused_message_is_told_to_those_who_handle_it(world: World) -> None:
    """SES-05: the officers of the posts that it names, and those who run the service."""
    message = Message(
        id="m1", digest="d", sender="partner:x", received_at=NOW, size=1, media_type="x", format="unknown",
        status="refused", named_posts=POST,
    )  # fmt: skip
    async with transaction() as db:
        db.add(message)
    await happen("message.refused", subject=None, siren=None, post_code=None, message="m1")
    await relayed()
    assert await who(world) == {"sivep", "customs", "boss"}


@pytest.mark.parametrize(
    ("kind", "by", "lise", "sivep"),
    [
        ("requested", "operator", None, "appointment_requested"),
        ("confirmed", "post", "appointment_confirmed", None),
        ("confirmed", "operator", "appointment_confirmed", "appointment_confirmed"),
        ("refused", "post", "appointment_refused", None),
        ("proposed", "post", "appointment_offered", None),
        ("proposed", "operator", None, "appointment_requested"),
        ("declined", "operator", "appointment_refused", "appointment_refused"),
        ("moved", "operator", "appointment_moved", "appointment_moved"),
        ("moved", "post", "appointment_moved", None),
        ("cancelled", "system", "appointment_cancelled", "appointment_cancelled"),
        ("offered", "system", "appointment_offered", None),
        ("offer_lapsed", "system", "appointment_refused", None),
        ("not_presented", "post", "appointment_missed", None),
        ("turned_away", "post", "appointment_missed", None),
        ("arrived", "post", None, None),
    ],
)
async def test_ses_11_both_sides_are_told_of_an_appointment(
    world: World, kind: str, by: str, lise: str | None, sivep: str | None
) -> None:
    """SES-11: the side that did not do it, and the rest of the company."""
    await happen(f"appointment.{kind}", appointment="LEH-7K4Q2", starts_at="2026-03-26T08:00:00Z", by=by)
    await relayed()
    portal = {
        name: [kind for kind, way in await told(getattr(world, name)) if way == "portal"]
        for name in ("lise", "sivep", "customs")
    }
    assert portal == {"lise": [lise] if lise else [], "sivep": [sivep] if sivep else [], "customs": []}


async def test_one_kind_tells_what_matters_most_of_a_fact(world: World) -> None:
    """A decision after which the operator must act is an action required; while it stands so, it is not again."""
    decided: dict[str, Any] = {"facts": [{"step": "decision", "status": "satisfactory"}]}
    await action_required(**decided)
    await happen(**decided)
    await action_required()
    await happen(state="released", action="collect")
    await relayed()
    kinds = [kind for kind, way in await told(world.lise) if way == "portal"]
    assert kinds == ["action_required", "decision", "action_required", "released"]


async def test_real_messages_are_told(world: World) -> None:
    """From the partner's door to the bell: nothing in between knows of notices."""
    await tell(ched(2))
    await relayed()
    (mine,) = await notices(world.lise)
    assert (mine.kind, str(mine.subject), mine.siren) == ("step_advanced", "consignment:2", A)


@both_databases
async def test_ses_32_an_entry_is_told_once() -> None:
    """SES-32: told again from the start, the database itself refuses; nothing half-told stays."""
    await action_required()
    assert (await relayed(), await relayed()) == (1, 0)
    before = await rows(NoticeEntry)
    await write(lambda db: move(db, JOURNAL, 0))
    with pytest.raises(IntegrityError):
        await derivation.relay()
    assert await rows(NoticeEntry) == before
    assert await read(lambda db: position(db, JOURNAL)) == 0
    assert len(await rows(Notice)) == 2


async def test_ses_32_what_tells_nobody_is_passed_too() -> None:
    """The cursor is at the end of the journal, whatever it holds."""
    await happen("session.opened")
    await happen(siren=None, post_code="FRDKK1")
    assert await relayed() == 2
    assert await read(lambda db: position(db, JOURNAL)) == await read(last_seq)
    assert await read(derivation.pending) is False


async def test_a_burst_on_one_consignment_is_one_notice_and_one_letter(world: World) -> None:
    """Ten facts: one notice that counts them, one letter of the day; each is accounted for."""
    for _ in range(10):
        await happen()
        await relayed()
    (mine,) = await notices(world.lise)
    assert mine.count == 10
    assert len(await letters(world.lise)) == 1
    assert len(await told(world.lise)) == 20


async def test_a_burst_in_one_batch_is_one_notice(world: World) -> None:
    """However the relay cuts the journal."""
    for _ in range(10):
        await happen()
    await relayed()
    assert [one.count for one in await notices(world.lise)] == [10]


async def test_what_matters_most_names_the_burst(world: World) -> None:
    """What must be done is not hidden by what went on after it."""
    await happen()
    await action_required()
    await happen(owed_by="operator", action="file_declaration", state="action_required")
    await relayed()
    (mine,) = await notices(world.lise)
    assert (mine.kind, mine.count, mine.details["action"]) == ("action_required", 3, "file_declaration")


async def test_after_a_while_or_once_read_it_is_another_notice(world: World) -> None:
    """Five minutes after the first; and what was read does not change."""
    await happen()
    await relayed()
    with clock.fixed(NOW + GROUPED):
        await happen()
        await relayed()
    assert [one.count for one in await notices(world.lise)] == [1, 1]
    async with transaction() as db:
        db.execute(update(Notice).values(read_at=NOW))
    with clock.fixed(NOW + GROUPED + timedelta(minutes=1)):
        await happen()
        await relayed()
    assert len(await notices(world.lise)) == 3


async def test_two_consignments_are_two_notices_and_one_letter(world: World) -> None:
    await tell(ched(2), ched(3))
    await relayed()
    assert len(await notices(world.lise)) == 2
    assert len(await letters(world.lise)) == 1


async def test_a_letter_waits_for_what_follows_unless_it_is_urgent(world: World) -> None:
    """What is urgent takes what waits with it."""
    await happen(facts=[{"step": "decision", "status": "satisfactory"}])
    await relayed()
    (letter,) = await letters(world.lise)
    assert letter.due_at == NOW + SETTLING
    await action_required()
    await relayed()
    (letter,) = await letters(world.lise)
    assert letter.due_at == NOW


async def test_a_letter_that_a_relay_took_is_not_added_to(world: World) -> None:
    """It may have left already: what follows is another letter."""
    await action_required()
    await relayed()
    async with transaction() as db:
        db.execute(update(Email).values(attempts=1))
    await happen("appointment.moved", appointment="X", by="post")
    await relayed()
    assert len(await letters(world.lise)) == 2


async def test_an_old_past_is_told_in_the_portal_only_as_read(world: World) -> None:
    """Taking in years of past writes to nobody, and lights no bell."""
    with clock.fixed(NOW - TOLD_OUTSIDE):
        await action_required()
    await relayed()
    (mine,) = await notices(world.lise)
    assert mine.read_at == NOW
    assert await letters(world.lise) == []


async def test_com_03_an_address_that_was_never_confirmed_is_told_nothing(world: World) -> None:
    """COM-03, SES-31."""
    async with transaction() as db:
        mine = col(Account.id) == world.lise
        db.execute(update(Account).where(mine).values(email_verified_at=None))
    await happen()
    await relayed()
    assert await who(world) == {"paul"}


async def test_ses_53_letters_of_notices_do_not_leave_without_end(world: World) -> None:
    """SES-53: however urgent; beyond twelve in an hour the next one waits, and tells what happened meanwhile.

    Seen to fail: without what was sent lately, each fact has a letter of its own; with a letter that waits and leaves at
    once for the next urgent fact.
    """
    for minute in range(15):
        with clock.fixed(NOW + timedelta(minutes=minute)):
            await action_required()
            await action_required(action="pay_duties")
            await relayed()
            async with transaction() as db:
                for one in await letters(world.lise):
                    if one.due_at is not None and one.due_at <= clock.now():
                        db.merge(one).due_at = None
    due = [one.due_at for one in await letters(world.lise)]
    assert (due.count(None), due.count(NOW + HOUR), len(due)) == (12, 1, 13)
