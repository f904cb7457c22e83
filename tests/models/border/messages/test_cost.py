"""What a fact costs, counted and not timed: statements sent, and rows written (bench/README.md has the times).

A number that grows is a slower portal: say why where it is raised. Seen to fail: with one look-up more in `take_in`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, func
from sqlalchemy import select as sql_select
from sqlmodel import SQLModel

from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel.database import DbSession, read
from tests.factories import add_basics, ched, customs, tell
from tests.factories import event as step
from tests.support.databases import both_databases

_BESIDE = ("BEGIN", "SELECT pg_advisory", "SELECT pg_catalog")
"""What the transaction is made of, on either engine, and not the verb."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are sent meanwhile, but those that begin the transaction."""
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(_BESIDE):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def rows(db: DbSession) -> int:
    """How many rows there are, in all tables."""
    tables = SQLModel.metadata.sorted_tables
    return sum(int(db.execute(sql_select(func.count()).select_from(table)).scalar_one()) for table in tables)


async def _cost(*contents: Any) -> tuple[int, int]:
    before = await read(rows)
    with statements() as sent:
        await tell(*contents)
    told = sum("max(message.received_at)" not in statement for statement in sent)
    return told, await read(rows) - before


@both_databases
@pytest.mark.usefixtures("database")
async def test_com_23_a_fact_costs_so_many_statements_and_rows() -> None:
    """COM-23: a CHED, the same again, a word on one of its steps, an answer of customs."""
    await add_basics()
    first = ched()
    costs = [
        await _cost(first),
        await _cost(first),
        await _cost(step(StepKind.DOCUMENTARY, StepStatus.SATISFACTORY)),
        await _cost(customs()),
    ]
    assert costs == [(20, 25), (3, 0), (14, 7), (20, 10)]
