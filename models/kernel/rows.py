"""Rows written and read as such, for what happens thousands of times: several times faster than through the unit of work.

The session is asked for its connection alone. What it holds is written first, as before any of its queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    CursorResult,
    Delete,
    Executable,
    Insert,
    Row,
    Table,
    bindparam,
    delete,
    insert,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import SQLModel

from models.kernel.database import DbSession

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def insert_rows(db: DbSession, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows of one table at once, without objects: all with the same columns."""
    if rows:
        _execute(db, _insert_many(table), rows)


def insert_free(db: DbSession, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write the rows that no unique index refuses, and say how many they were: the database decides."""
    if not rows:
        return 0
    dialect = db.get_bind().dialect.name
    return _execute(db, _insert_free(table, dialect), rows).rowcount


def insert_object(db: DbSession, new: SQLModel) -> None:
    """Write one new object, which the session holds from then on as if it had read it: `db.add` and a flush."""
    statement = _insert(type(new))
    _hold(db, new, _execute(db, statement, _values(new)).inserted_primary_key or ())


def insert_object_if_free(db: DbSession, new: SQLModel, unique: str) -> bool:
    """The same, unless another row has its value in that `unique` column: then nothing is written."""
    dialect = db.get_bind().dialect.name
    written = _execute(db, _insert_one(type(new), unique, dialect), _values(new)).first()
    if written is not None:
        _hold(db, new, written)
    return written is not None


def update_object(db: DbSession, sql_model: SQLModel, **values: Any) -> None:
    """Change these columns of an object that the session holds, and of its row, at once."""
    table = _table(type(sql_model))
    mine = [column == sql_model.__dict__[column.key] for column in table.primary_key]
    _execute(db, update(table).where(*mine), values)
    for name, value in values.items():
        set_committed_value(sql_model, name, value)


def _values(new: SQLModel) -> dict[str, Any]:
    """Of its columns; the key only where it is given."""
    table = _table(type(new))
    values = {column.key: new.__dict__[column.key] for column in table.columns}
    keys = {column.key for column in table.primary_key}
    return {name: value for name, value in values.items() if name not in keys or value is not None}


def _hold(db: DbSession, new: SQLModel, key: Iterable[Any]) -> None:
    for column, value in zip(_table(type(new)).primary_key, key, strict=True):
        setattr(new, column.key, value)
    make_transient_to_detached(new)
    db.add(new)


def delete_rows(db: DbSession, table: type[SQLModel], **values: Any) -> None:
    """Remove the rows that have these values; what the session holds of them, it still holds."""
    _execute(db, _delete(table, tuple(values)), values)


def find_rows(db: DbSession, query: Executable, **values: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    """What a query of columns finds, with `values` for its parameters."""
    return _execute(db, query, values).all()


def _execute(db: DbSession, statement: Executable, values: Values) -> CursorResult[*tuple[Any, ...]]:
    db.flush()
    return db.held.execute(statement, values)


@cache
def _delete(table: type[SQLModel], names: tuple[str, ...]) -> Delete:
    columns = _table(table).columns
    return delete(_table(table)).where(*(columns[name] == bindparam(name) for name in names))


@cache
def _insert(table: type[SQLModel]) -> Insert:
    return insert(_table(table))


@cache
def _insert_many(table: type[SQLModel]) -> Insert:
    return _insert(table).inline()  # nobody asks which keys the database drew


@cache
def _insert_one(table: type[SQLModel], unique: str, dialect: str) -> ReturningInsert[*tuple[Any, ...]]:
    insert_into = postgresql_insert if dialect == "postgresql" else sqlite_insert
    free = insert_into(_table(table)).on_conflict_do_nothing(index_elements=[unique])
    return free.returning(*_table(table).primary_key)


@cache
def _insert_free(table: type[SQLModel], dialect: str) -> Insert:
    free = (_free_of_postgresql if dialect == "postgresql" else _free_of_sqlite)(table)
    return free.inline().execution_options(preserve_rowcount=True)  # else it is not kept of an insertion


def _free_of_postgresql(table: type[SQLModel]) -> Insert:
    return postgresql_insert(_table(table)).on_conflict_do_nothing()


def _free_of_sqlite(table: type[SQLModel]) -> Insert:
    return sqlite_insert(_table(table)).on_conflict_do_nothing()


def _table(table: type[SQLModel]) -> Table:
    return table.metadata.tables[str(table.__tablename__)]
