"""Rows written and read as such, for what a message does: five times faster than through the unit of work.

The session is asked for its connection alone. What it holds is written first, as before any of its queries.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Executable, Insert, Row, insert
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


async def insert_rows(db: AsyncSession, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows of one table at once, without objects: all with the same columns."""
    if rows:
        await db.run_sync(_execute, _insert_many(table), rows)


async def insert_object(db: AsyncSession, new: SQLModel) -> None:
    """Write one new object, which the session holds from then on as if it had read it: `db.add` and a flush."""
    await db.run_sync(_insert_object, new)


async def find_rows(db: AsyncSession, query: Executable, **values: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    """What a query of columns finds, with `values` for its parameters."""
    return await db.run_sync(lambda session: _execute(session, query, values).all())


def _execute(session: Session, statement: Executable, values: Values) -> CursorResult[*tuple[Any, ...]]:
    session.flush()
    return session.connection().execute(statement, values)


def _insert_object(session: Session, new: SQLModel) -> None:
    statement = _insert(type(new))
    values = {column.key: getattr(new, column.key) for column in statement.table.columns}
    keys = [column.key for column in statement.table.primary_key]
    given = {name: value for name, value in values.items() if name not in keys or value is not None}
    written = _execute(session, statement, given).inserted_primary_key or ()
    for name, value in zip(keys, written, strict=True):
        setattr(new, name, value)
    make_transient_to_detached(new)
    session.add(new)


@cache
def _insert(table: type[SQLModel]) -> Insert:
    return insert(table.metadata.tables[str(table.__tablename__)])


@cache
def _insert_many(table: type[SQLModel]) -> Insert:
    return _insert(table).inline()  # nobody asks which keys the database drew
