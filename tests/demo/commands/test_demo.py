"""The demonstration as it is written into a database: whole or not at all, and as its people then see it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import col, func, select

from app.errors import CannotRun
from demo.commands import history
from demo.commands.accounts import create_demo_accounts
from demo.commands.companies import A
from demo.commands.deeds import Past
from demo.simulation import traffic
from demo.simulation.deeds import Deed
from demo.simulation.scenarios import FORWARDER, IMPORTERS
from models.border.consignments.tables import Consignment
from models.border.messages.tables import Message
from models.border.passage.vocabulary import ConsignmentState
from models.identity.accounts.tables import Account, TermsAcceptance
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company, PartnerMandate
from models.identity.habilitations.tables import Habilitation, Posting
from models.identity.letters.tables import Email
from models.journal.record import record
from models.journal.sealing.seals import seal_pending
from models.journal.sealing.verification import verify
from models.journal.tables import JournalEntry
from models.kernel import bus, clock
from models.kernel.database import read
from models.kernel.settings.portal import settings
from models.money.declarations.tables import DeclarationLine, DueDate
from models.money.payments.tables import Debt, FigureFeed, Payment, SepaMandate
from models.scheduling.appointments.tables import Appointment
from models.scheduling.slots.vocabulary import COMING, UNDER_WAY, Status
from models.signals.notifications.queries.notices import unread_count
from models.signals.notifications.tables import Notice
from models.signals.worklist.queries import Narrowed, work_list
from tests.factories import count, keep, row
from tests.support.accounts import cheap_passwords
from tests.support.databases import reading, transaction
from tests.support.demonstration import person

__all__ = ["cheap_passwords"]

SUNDAY_NIGHT = datetime(2027, 10, 31, 1, 34, tzinfo=UTC)
"""2 h 34 in Paris for the second time."""
AFTERNOON = datetime(2026, 12, 1, 14, 10, tzinfo=UTC)
PEOPLE = ("importateur", "transitaire", "concurrent", "sivep", "sivep-cdg", "douane", "superviseur")


@pytest.fixture
def demonstration(database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    return database


@pytest.fixture
def short_past(monkeypatch: pytest.MonkeyPatch) -> int:
    """Only the last of it, of a few weeks: how many deeds that is."""
    deeds = 60

    def last(until: datetime, months: float, count: int, seed: int) -> list[Deed]:
        return traffic.past(until, months, count, seed)[:deeds]

    monkeypatch.setattr(history, "past", last)
    return deeds


async def _sizes() -> tuple[int, ...]:
    return await count(Consignment, Message, Appointment, JournalEntry, Notice, Debt, Payment)


@pytest.mark.usefixtures("database")
async def test_it_needs_to_be_asked_for() -> None:
    with pytest.raises(CannotRun, match="PASSAVANT_DEMO=1"):
        await history.run(1)
    assert not any(await _sizes())


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("now", [SUNDAY_NIGHT, AFTERNOON], ids=["Sunday night", "afternoon"])
async def test_it_shows_an_afternoon_at_work_whatever_the_hour(now: datetime) -> None:
    with clock.fixed(now):
        await history.run(1)
        before = await _sizes()
        await _shows_every_state_of_companies_that_it_names()
        await _files_wait_for_officers()
        await _has_few_news_for_anybody()
        await _plans_fit_the_clock(now)
        await history.run(1)
        assert await _sizes() == before, "twice changes nothing"
        await _is_proved_by_its_journal()


async def _shows_every_state_of_companies_that_it_names() -> None:
    async with reading() as db:
        every = db.exec(select(Consignment)).all()
        refused = db.exec(select(Message).where(Message.status != "applied")).all()
        names = {row.siren: row.name for row in db.exec(select(Company))}
    assert not refused
    assert {one.state for one in every} == set(ConsignmentState)
    assert all(one.siren for one in every)
    assert all(names[one.siren] == one.name for one in (*IMPORTERS, FORWARDER))
    mine = Counter(one.state for one in every if one.siren == A)
    assert mine["blocked"] >= 2
    assert mine["action_required"] >= 3
    assert mine.total() >= 25


async def _is_proved_by_its_journal() -> None:
    """SES-52: the times of its past are invented, and nothing else."""
    await seal_pending()
    report = await verify()
    assert (report.findings, report.invented > 100) == ([], True)


async def _files_wait_for_officers() -> None:
    waiting = {who: await _waiting(await person(who)) for who in ("sivep", "sivep-cdg", "douane")}
    assert waiting["sivep"] >= 15
    assert waiting["sivep-cdg"] >= 7
    assert waiting["douane"] >= 5


async def _waiting(viewer: Viewer) -> int:
    return (await read(lambda db: work_list(db, viewer, Narrowed()))).total


async def _has_few_news_for_anybody() -> None:
    for who in PEOPLE:
        viewer = await person(who)
        assert await read(partial(unread_count, viewer=viewer)) <= 5, who
    async with reading() as db:
        due = db.exec(select(Email).where(col(Email.due_at).is_not(None)))
        told = db.exec(select(Notice.account_id).where(col(Notice.read_at).is_not(None)))
        assert not due.all(), "nobody is written to about the past"
        assert len(set(told.all())) >= 5, "but all of it can be read again"


async def _plans_fit_the_clock(now: datetime) -> None:
    """Every visit that was planned was booked, and stands as the hour says, here where nobody is late."""
    planned = [deed.visit for deed in traffic.past(now, 4, 1, 2026) if hasattr(deed, "visit")]
    async with reading() as db:
        visits = db.exec(select(Appointment)).all()
    assert len(visits) == len({(one.reference, one.slot) for one in planned}) > 40
    for one in visits:
        if one.starts_at > now:
            assert one.status in COMING or (
                one.status == Status.ARRIVED and one.starts_at - now < timedelta(minutes=15)
            )
        elif one.ends_at > now:
            assert one.status in UNDER_WAY or one.post_code not in ("FRLEH1", "FRCDG4")
        else:
            assert one.status in (Status.DONE, Status.NOT_PRESENTED, Status.TURNED_AWAY)
        happened = [at for at in (one.booked_at, one.arrived_at, one.started_at, one.ended_at) if at]
        assert happened == sorted(happened)
        assert happened[-1] <= now
    kinds = Counter(one.status for one in visits if one.post_code == "FRLEH1")
    assert kinds[Status.NOT_PRESENTED] == kinds[Status.TURNED_AWAY] == 1
    assert kinds[Status.CONFIRMED] >= 10
    assert kinds[Status.DONE] >= 20


@pytest.mark.usefixtures("demonstration")
async def test_its_past_goes_back_for_months() -> None:
    deeds = traffic.past(AFTERNOON, 4, 130, 2026)
    assert deeds[0].at < AFTERNOON - timedelta(days=90)


@pytest.mark.usefixtures("demonstration")
async def test_it_has_figures_of_every_kind() -> None:
    """PPR-26: through the co-owners' verbs: what is paid is known by payments or by debts alone, never twice."""
    await history.run(0)
    assert all(await count(Debt, Payment, SepaMandate, DeclarationLine, DueDate))
    async with reading() as db:
        feeds = db.exec(select(FigureFeed)).all()
        derived = db.exec(select(Payment).where(col(Payment.derived))).all()
        paid = db.exec(select(Debt).where(Debt.status == "paid")).all()
    assert len(feeds) == 3 + 3 + 1 + 1 + 2
    assert {one.reference for one in derived} == {one.reference for one in paid} != set()


async def _journalled(kind: str) -> int:
    async with reading() as db:
        asked = select(func.count()).select_from(JournalEntry).where(JournalEntry.kind == kind)
        return db.exec(asked).one()


@pytest.mark.usefixtures("demonstration", "short_past")
async def test_interrupted_anywhere_the_next_start_ends_it() -> None:
    """Killed after its first transaction, then after the second of the next start…: nothing is there twice."""
    starts = 1
    while not await _ends(before=starts):
        starts += 1
    assert starts >= 5
    tables = (Account, TermsAcceptance, Habilitation, Posting, PartnerMandate)
    rows = await count(*tables, Debt, SepaMandate)
    filled = await _sizes()
    await history.run(1)
    assert (await count(*tables, Debt, SepaMandate), await _sizes()) == (rows, filled)
    assert rows[:2] == (12, 12)
    assert await _journalled("demonstration.filled") == await _journalled("demonstration.figures_filled") == 1


async def _ends(before: int) -> bool:
    """Run it, and have it killed once that much was committed, if it comes to that."""
    committed = 0

    async def killed() -> None:
        nonlocal committed
        committed += 1
        if committed == before:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bus, "announce", killed)
        try:
            await history.run(1)
        except KeyboardInterrupt:
            return False
    return True


@pytest.mark.usefixtures("demonstration")
async def test_interrupted_in_the_middle_of_its_past_nothing_of_it_is_there(
    monkeypatch: pytest.MonkeyPatch, short_past: int
) -> None:
    """And the next start writes it up to its own present."""
    done = 0

    class Killed(Past):
        async def do(self, deed: Deed) -> None:
            nonlocal done
            done += 1
            if done == short_past // 2:
                raise KeyboardInterrupt
            await super().do(deed)

    with monkeypatch.context() as patch:
        patch.setattr(history, "Past", Killed)
        with pytest.raises(KeyboardInterrupt):
            await history.run(1)
    assert await count(Consignment, Message, Appointment) == (0, 0, 0)
    await history.run(1)
    assert (await count(Consignment))[0] > 1
    assert await _journalled("demonstration.filled") == 1


@pytest.mark.usefixtures("demonstration", "short_past")
async def test_a_folder_that_an_older_version_left_without_consignments_is_mended() -> None:
    """It had said up to when the past would go, could not write that, and never tried another."""
    await _begin_as_older_versions_did()
    await history.run(1)
    assert (await count(Consignment))[0] > 1


@pytest.mark.usefixtures("demonstration")
async def test_half_a_demonstration_of_an_older_version_is_one_line_that_says_what_to_do() -> None:
    await create_demo_accounts()
    await keep(row(1))
    await _begin_as_older_versions_did()
    with pytest.raises(CannotRun, match="start again") as told:
        await history.run(1)
    assert "\n" not in str(told.value)


async def _begin_as_older_versions_did() -> None:
    async with transaction() as db:
        record(db, "demonstration.begun", until="2026-11-30T12:02:00+00:00", count=180, months=4)


@pytest.mark.usefixtures("demonstration")
async def test_consignments_of_others_are_left_alone() -> None:
    await create_demo_accounts()
    await keep(row(1))
    await history.run(1)
    assert await count(Consignment, Message) == (1, 0)
