"""The bell, the list, what is marked read, and where a notice leads: judged again each time (SES-04, SES-05, SES-30)."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, update

from models.border.consignments.tables import Consignment
from models.identity.habilitations.tables import Habilitation, Posting
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.subject import Subject
from models.signals.notifications import cursors, marks
from models.signals.notifications.queries.cursors import changed_since
from models.signals.notifications.queries.notices import (
    MOST_UNREAD,
    PAGE,
    Destination,
    NoticeFilters,
    destination,
    kinds_present,
    page,
    unread_count,
)
from models.signals.notifications.tables import Notice
from tests.factories import NOW, A, B, C, after, keep, reference, row
from tests.support.accounts import mandate
from tests.support.databases import both_databases, transaction
from tests.support.notices import World, action_required, alert_opened, happen, notices, relayed, viewer


async def unread(account_id: int, siren: str | None = A) -> int:
    who = await viewer(account_id, siren)
    return await read(lambda db: unread_count(db, who))


async def listed(
    account_id: int, filters: NoticeFilters | None = None, before: int | None = None
) -> list[str]:
    """The references, newest first."""
    who = await viewer(account_id)
    return [one.reference for one in await read(lambda db: page(db, who, filters, before))]


async def leads(account_id: int, seq: int, siren: str | None = A) -> Destination | None:
    who = await viewer(account_id, siren)
    return await read(lambda db: destination(db, who, seq))


async def withdraw(account_id: int) -> None:
    async with transaction() as db:
        mine = col(Habilitation.account_id) == account_id
        db.execute(update(Habilitation).where(mine).values(withdrawn_at=NOW))


@both_databases
async def test_a_notice_reads_as_french_and_leads_there(world: World) -> None:
    """SES-30, SES-50: what happened, what to do, where."""
    await action_required(facts=[{"step": "decision", "status": "satisfactory"}])
    await relayed()
    lise = await viewer(world.lise)
    (one,) = await read(lambda db: page(db, lise))
    assert (one.title, one.about, one.href) == (
        "Action requise",
        "Avocats du Pérou",
        f"/suivi/{reference(1)}",
    )
    assert one.sentence == "Décision sur le DSCE\u00a0: conforme. Déposez la déclaration en douane."
    assert (one.count, one.read, one.at, one.company) == (1, False, NOW, "")
    assert await leads(world.lise, one.before) == Destination(one.href, None)


async def test_ses_04_a_right_lost_since_shows_nothing(world: World) -> None:
    """SES-04: neither on the bell, nor in the list, nor on arrival; and it was never another's."""
    await action_required()
    await relayed()
    seq = (await notices(world.lise))[0].last_seq
    assert await unread(world.lise) == 1
    assert await leads(world.rival, seq, C) is None
    await withdraw(world.lise)
    assert await unread(world.lise) == 0
    assert await listed(world.lise) == []
    assert await leads(world.lise, seq) is None
    assert await unread(world.paul) == 1


async def test_ses_05_a_posting_that_ended_shows_nothing(world: World) -> None:
    """SES-05: what was told of the post stays with the post."""
    await happen(state="blocked", step="decision", action="decide_after_failure")
    await alert_opened()
    await relayed()
    assert await unread(world.sivep) == 2
    async with transaction() as db:
        db.execute(update(Posting).values(ends_at=NOW))
    assert await unread(world.sivep) == 0


async def test_ses_04_a_consignment_that_changed_hands_leaves_the_list(world: World) -> None:
    """SES-04: it is another company's now."""
    await action_required()
    await relayed()
    async with transaction() as db:
        db.execute(update(Consignment).values(siren=C))
    assert await unread(world.lise) == 0


async def test_ppr_03_a_representative_sees_all_their_companies_named(world: World) -> None:
    """PPR-03, SES-04: whichever they work for now; the notice leads to the right one."""
    await mandate(A, B)
    await keep(row(2, siren=B))
    await action_required()
    await action_required(subject=Subject.of("consignment", 2), siren=B)
    await relayed()
    agent = await viewer(world.agent, B)
    found = await read(lambda db: page(db, agent))
    assert [(one.siren, one.company) for one in found] == [(B, "Horizon"), (A, "Kerdrel")]
    assert await unread(world.agent, B) == 2
    assert await leads(world.agent, found[1].before, B) == Destination(f"/suivi/{reference(1)}", A)
    assert await leads(world.agent, found[0].before, B) == Destination(f"/suivi/{reference(2)}", None)


async def test_a_list_is_narrowed_and_goes_on(world: World) -> None:
    """By kind, by what is unread, a page at a time, nothing twice."""
    await keep(*(row(number) for number in range(2, PAGE + 4)))
    for number in range(1, PAGE + 4):
        await (action_required if number % 2 else happen)(subject=Subject.of("consignment", number))
    await relayed()
    lise = await viewer(world.lise)
    first = await read(lambda db: page(db, lise))
    rest = await listed(world.lise, before=first[-1].before)
    assert [one.reference for one in first] + rest == [reference(n) for n in range(PAGE + 3, 0, -1)]
    narrowed = await listed(world.lise, NoticeFilters(kinds=("step_advanced",)))
    assert narrowed == [reference(n) for n in range(PAGE + 2, 0, -2)]
    assert await marks.mark_read(lise, [first[0].id]) is None
    assert reference(PAGE + 3) not in await listed(world.lise, NoticeFilters(unread=True))
    assert await read(lambda db: kinds_present(db, lise)) == ["action_required", "step_advanced"]


@both_databases
async def test_marking_read_touches_ones_own_alone(world: World) -> None:
    """A number that is another's changes nothing; all at once leaves nothing."""
    await happen()
    await relayed()
    lise, paul = await viewer(world.lise), await viewer(world.paul)
    theirs = [one.id or 0 for one in await notices(world.paul)]
    await marks.mark_read(lise, theirs)
    assert (await unread(world.lise), await unread(world.paul)) == (1, 1)
    await marks.mark_all_read(paul)
    assert (await unread(world.lise), await unread(world.paul)) == (1, 0)
    assert isinstance(await marks.mark_read(None, theirs), Refusal)
    assert isinstance(await marks.mark_all_read(None), Refusal)


async def test_a_bell_counts_no_further(world: World) -> None:
    """However many there are, it costs the same."""
    usual: dict[str, Any] = {
        "account_id": world.lise,
        "kind": "email_undeliverable",
        "subject_kind": "account",
        "subject_id": str(world.lise),
        "details": {},
    }
    async with transaction() as db:
        db.add_all(
            Notice(**usual, last_seq=n, created_at=after(n), last_at=after(n)) for n in range(MOST_UNREAD + 9)
        )
    assert await unread(world.lise) == MOST_UNREAD + 1


@both_databases
async def test_screens_learn_whose_notices_changed(world: World) -> None:
    """In step on every tab and device: told, marked, and nobody else's; a listener that missed a word catches up."""
    start = await read(cursors.last_revision)
    await happen()
    await relayed()
    number, changed = await read(lambda db: changed_since(db, start))
    assert changed == {world.lise, world.paul}
    assert await read(lambda db: changed_since(db, number)) == (number, set())
    await marks.mark_all_read(await viewer(world.lise))
    newer, changed = await read(lambda db: changed_since(db, number))
    assert changed == {world.lise}
    await marks.mark_all_read(await viewer(world.lise))
    assert await read(lambda db: changed_since(db, newer)) == (newer, set())
    assert (await read(lambda db: changed_since(db, start)))[1] == {world.lise, world.paul}


async def test_an_appointment_is_told_with_its_hour(world: World) -> None:
    """SES-11: on Paris clocks; the post's own page for its officers."""
    said = {"appointment": "LEH-7K4Q2", "starts_at": "2026-03-26T08:00:00Z", "by": "system"}
    with clock.fixed(NOW + timedelta(minutes=1)):
        await happen("appointment.moved", **said)
        await relayed()
        lise, sivep = await viewer(world.lise), await viewer(world.sivep)
        (mine,), (theirs,) = await read(lambda db: page(db, lise)), await read(lambda db: page(db, sivep))
    moved = "Le rendez-vous LEH\u00a07K4Q2 est déplacé au 26\u00a0mars\u00a02026 à 9\u00a0h\u00a000."
    assert mine.sentence == moved
    assert mine.href == "/rendez-vous/LEH-7K4Q2"
    assert theirs.href == "/agent/planning?poste=FRLEH1&jour=2026-03-26"
