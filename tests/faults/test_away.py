"""The database away, the disk full, the clock set back: said clearly, nothing corrupted, back by itself.

COM-31, SES-51: 503 with Retry-After rather than 500, and /health/ready names what is away. Without
models/kernel/outage.py each of these answers 500.
"""

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlmodel import col, select
from structlog.testing import capture_logs

from app.http.server import health
from models.border.consignments.tables import Consignment
from models.border.messages.actions import receive
from models.border.messages.tables import Message
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.rules import SESSION_LIFE
from models.journal.sealing.findings import Wrong
from models.journal.sealing.seals import seal_pending
from models.journal.sealing.verification import verify
from models.journal.tables import JournalEntry
from models.kernel import clock, database
from models.kernel.outage import outage
from tests import factories
from tests.app.http.portal import bearer, count_of, portal
from tests.support.accounts import EMAIL, cheap_passwords, make_account, make_session
from tests.support.databases import both_databases, reading
from tests.support.postgres import PostgresServer

__all__ = ["cheap_passwords", "portal"]

TakeAway = Callable[[], AbstractContextManager[None]]


async def deposit(portal: AsyncClient, number: int = 1) -> Response:
    """A partner sends a CHED."""
    body = factories.body_of(factories.ched(number))
    return await portal.post("/api/v1/messages", content=body, headers=bearer())


def check_unavailable(answer: Response, away: str) -> None:
    """503 in French, when to come back, and nothing of ours."""
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert int(answer.headers["retry-after"]) > 0
    assert (answer.json()["title"], answer.json()["away"]) == ("Service indisponible", [away])
    assert "Renvoyez-la" in answer.json()["detail"]
    assert "sqlite" not in answer.text.lower()


async def ready(portal: AsyncClient) -> tuple[int, list[str]]:
    """What /health/ready says."""
    answer = await portal.get("/health/ready")
    return answer.status_code, answer.json().get("away", [])


async def check_sound(portal: AsyncClient, *, messages: int) -> None:
    """Back in service: so many messages are there, one more is taken in, the journal verifies."""
    assert await ready(portal) == (200, [])
    assert await count_of(Message) == messages
    assert (await deposit(portal, 99)).status_code == 202
    await seal_pending()
    # The demonstration's people are copied from a file that this process may have filled minutes before its first seal.
    assert [one for one in (await verify()).findings if one.wrong is not Wrong.BEGUN] == []


@contextmanager
def postgres_away(server: PostgresServer, url: str) -> Iterator[None]:
    """The database lets nobody in, and throws out those who are."""
    name = url.split("?", 1)[0].rpartition("/")[2]
    server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
    yield
    server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")


@contextmanager
def sqlite_away(url: str) -> Iterator[None]:
    """The file is no longer where it was: a folder that is not mounted."""
    path = Path(url.removeprefix("sqlite+aiosqlite:///"))
    hidden = path.with_name("hidden")
    hidden.mkdir()
    for one in path.parent.glob("passavant.db*"):
        one.rename(hidden / one.name)
    path.mkdir()
    yield
    path.rmdir()
    for one in hidden.iterdir():
        one.rename(path.parent / one.name)


@pytest.fixture
def away(request: pytest.FixtureRequest, database: str) -> TakeAway:
    """Takes the database away inside a block."""

    @contextmanager
    def taken() -> Iterator[None]:
        if database.startswith("sqlite"):
            with sqlite_away(database):
                yield
        else:
            with postgres_away(request.getfixturevalue("postgres_server"), database):
                yield

    return taken


@both_databases
async def test_com_31_the_database_away_is_503_and_back_by_itself(
    portal: AsyncClient, away: TakeAway
) -> None:
    """COM-31, COM-23: nothing was taken in meanwhile, and the same process goes on afterwards."""
    assert (await deposit(portal)).status_code == 202
    await database.dispose()
    with away():
        check_unavailable(await deposit(portal, 2), "database")
        check_unavailable(await portal.post("/session", data={"email": EMAIL, "password": "x"}), "database")
        assert await ready(portal) == (503, ["database"])
    await check_sound(portal, messages=1)


@contextmanager
def small_disk(room: int) -> Iterator[None]:
    """No file of this process may grow by more than about `room` bytes: as a full disk, without filling one."""
    held = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, held)


async def test_com_31_a_full_disk_is_503_and_nothing_is_half_written(portal: AsyncClient) -> None:
    """COM-31, COM-23: SQLite's file can grow no more; what was acknowledged stays, the rest is refused whole."""
    assert (await deposit(portal)).status_code == 202
    with small_disk(0), capture_logs():  # the log itself has no room either
        check_unavailable(await deposit(portal, 2), "disk")
        assert await ready(portal) == (503, ["disk"])
    async with reading() as db:
        assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    await check_sound(portal, messages=1)


def _allow_no_more_pages(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the size that it has


async def test_com_31_a_full_database_is_503(portal: AsyncClient) -> None:
    """COM-31: the limit that SQLite itself can be given."""
    assert (await deposit(portal)).status_code == 202
    await database.dispose()
    event.listen(Engine, "connect", _allow_no_more_pages)
    try:
        answers = [await deposit(portal, number) for number in range(2, 40)]
    finally:
        event.remove(Engine, "connect", _allow_no_more_pages)
        await database.dispose()
    check_unavailable(answers[-1], "disk")
    assert await count_of(Message) == 1 + sum(one.status_code == 202 for one in answers)
    async with reading() as db:
        assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"


async def test_com_31_little_room_left_is_told_in_time(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COM-31: before it is full."""
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 60)
    assert await ready(portal) == (503, ["disk"])


@pytest.mark.usefixtures("database")
async def test_a_mistake_of_ours_is_no_outage() -> None:
    """It stays a 500 with a reference, on both engines' drivers: retrying would not help."""
    async with reading() as db:
        with pytest.raises(OperationalError) as wrong:
            db.execute(text("SELECT nothing FROM account"))
    assert outage(wrong.value) is None
    assert outage(ProgrammingError("x", {}, Exception())) is None
    assert outage(OSError(2, "No such file")) is None


@pytest.mark.usefixtures("database")
@both_databases
async def test_com_23_a_clock_set_back_loses_and_disorders_nothing() -> None:
    """COM-23, SES-52: the journal keeps its order, « modifié » never goes back, and the seals hold.

    Fails when settle() takes the clock's word for `changed_at`.
    """
    await factories.add_basics()
    early = factories.event(StepKind.DOCUMENTARY, StepStatus.STARTED, hours=-21)
    for told, hours in ((factories.ched(), 5), (early, -20)):
        with clock.fixed(factories.after(hours)):
            await receive(factories.body_of(told), "partner:test")
            await seal_pending()
    async with reading() as db:
        entries = db.exec(select(JournalEntry).order_by(col(JournalEntry.seq))).all()
        changed = db.exec(select(Consignment.changed_at)).one()
    assert [one.at for one in entries] == [factories.after(5)] * 2 + [factories.after(-20)] * 2
    assert changed == factories.after(5)
    assert (await factories.steps())[StepKind.DOCUMENTARY].status == StepStatus.STARTED
    assert (await verify()).findings == []


@pytest.mark.usefixtures("database")
async def test_com_23_a_clock_set_back_ends_no_session_and_prolongs_none_for_ever() -> None:
    """COM-23: somebody signed in stays so, until the hour that was set."""
    await factories.add_basics()
    await make_account()
    with clock.fixed(factories.NOW):
        session_id = await make_session()
    for hours, alive in ((-3, True), (1, True), (SESSION_LIFE / timedelta(hours=1), False)):
        with clock.fixed(factories.after(hours)):
            async with reading() as db:
                assert (viewer_of(session_id, db) is not None) == alive
