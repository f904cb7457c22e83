"""Statements that are made once and sent past SQLAlchemy: what waits, what is refused, what a list finds, and how many ways.

Seen to fail: with what waits forgotten by the commit, or kept after a savepoint was left; with BEGIN and the lock apart.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import Pipeline
from sqlalchemy import bindparam, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.companies.tables import Company, CompanyIdentifier
from models.kernel import clock
from models.kernel.database import DbSession, engine, read, write
from models.kernel.rows import find_each, find_rows, insert_each_free, insert_rows
from models.kernel.statements.among import Among
from models.kernel.statements.compiled import Question
from models.kernel.statements.patient import Patient
from models.scheduling.appointments import booking
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from tests.factories import NOW, A, B, ched, count, event, tell
from tests.support.appointments import POST, add_ground, at, booker
from tests.support.databases import both_databases

pytestmark = pytest.mark.usefixtures("database")
_OF_VALUES = Question(
    select(CompanyIdentifier.value, CompanyIdentifier.siren)
    .where(Among(col(CompanyIdentifier.value), "values"))
    .order_by(col(CompanyIdentifier.id))
)
_NAMED = Question(select(Company.name).where(col(Company.siren) == bindparam("siren")))


def _company(db: DbSession, siren: str = A) -> None:
    insert_rows(db, Company, [{"siren": siren, "name": f"Company {siren}"}])


def _identifiers(*values: str) -> list[dict[str, str]]:
    return [{"siren": A, "scheme": "eori", "value": value} for value in values]


@contextmanager
def _ways(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Each way of the writer to PostgreSQL and back meanwhile: a pipeline, or what is executed outside of one."""
    gone: list[str] = []

    def counted(owner: type, name: str, connection_of: Callable[[Any], Any]) -> None:
        original = getattr(owner, name)

        def call(self: Any, *args: Any, **named: Any) -> Any:
            connection = connection_of(self)
            if isinstance(connection, Patient) and (owner is Pipeline or connection._pipeline is None):
                gone.append(owner.__name__)
            return original(self, *args, **named)

        context.setattr(owner, name, call)

    with monkeypatch.context() as context:
        counted(Pipeline, "__exit__", lambda pipeline: pipeline._conn)
        counted(psycopg.Cursor, "execute", lambda cursor: cursor.connection)
        counted(psycopg.Connection, "commit", lambda connection: connection)
        yield gone


@both_databases
async def test_rows_that_wait_are_kept_by_the_commit_and_seen_by_the_next_question() -> None:
    """In the order in which they were said: the identifiers refer to the company."""

    def verb(db: DbSession) -> list[tuple[str, str]]:
        _company(db)
        insert_rows(db, CompanyIdentifier, _identifiers("1", "2"))
        seen = [tuple(row) for row in find_rows(db, _OF_VALUES, values=["2", "1", "3"])]
        insert_rows(db, CompanyIdentifier, _identifiers("3"))
        return seen

    assert await write(verb) == [("1", A), ("2", A)]
    assert await count(CompanyIdentifier) == (3,)
    assert await read(lambda db: find_rows(db, _OF_VALUES, values=[])) == []


@both_databases
async def test_a_row_that_is_refused_keeps_nothing_of_the_verb() -> None:
    """Raised by the commit at the latest, as an error of SQLAlchemy; the next verb passes."""

    def verb(db: DbSession) -> None:
        _company(db)
        insert_rows(db, CompanyIdentifier, [{"siren": B, "scheme": "eori", "value": "1"}])

    with pytest.raises(IntegrityError):
        await write(verb)
    assert await count(Company, CompanyIdentifier) == (0, 0)
    await write(_company)
    assert await count(Company) == (1,)


@both_databases
async def test_what_waits_is_forgotten_with_its_savepoint() -> None:
    def verb(db: DbSession) -> None:
        _company(db)
        within = db.begin_nested()
        _company(db, B)
        within.rollback()

    await write(verb)
    assert await count(Company) == (1,)


@both_databases
async def test_several_tables_and_several_questions_are_answered_each_for_itself() -> None:
    """One identifier is there already: the index leaves it out, and the counts say so."""

    def verb(db: DbSession) -> tuple[list[int], list[Any]]:
        _company(db)
        insert_rows(db, CompanyIdentifier, _identifiers("1"))
        written = insert_each_free(
            db,
            (Company, [{"siren": A, "name": "again"}, {"siren": B, "name": "other"}]),
            (CompanyIdentifier, []),
            (CompanyIdentifier, _identifiers("1", "2", "3")),
        )
        found = find_each(db, (_NAMED, {"siren": B}), (_OF_VALUES, {"values": ["3"]}))
        return written, [[tuple(row) for row in rows] for rows in found]

    assert await write(verb) == ([1, 0, 2], [[("other",)], [("3", A)]])


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_a_connection_that_the_server_closed_is_replaced() -> None:
    """A verb finds out as it begins, when nothing of it was done: it is run on another one."""
    await write(_company)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    with engine().connect() as connection:
        connection.execute(text(others))
    await write(_company, B)
    assert await count(Company) == (2,)


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_a_fact_goes_so_many_ways_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a CHED that opens a consignment, of a word on it, of a booking: BEGIN, the lock and the commit included."""
    with clock.fixed(NOW):
        first, second = await add_ground(2, 3)
        assert isinstance(await booking.book(booker(), POST, [first], Control.PHYSICAL, at(14)), Appointment)
        with _ways(monkeypatch) as booked:
            made = await booking.book(booker(), POST, [second], Control.PHYSICAL, at(16))
    with _ways(monkeypatch) as notified:
        await tell(ched())
    with _ways(monkeypatch) as observed:
        await tell(event(StepKind.DOCUMENTARY, StepStatus.SATISFACTORY))
    assert isinstance(made, Appointment)
    assert [len(gone) for gone in (notified, observed, booked)] == [9, 9, 5]
