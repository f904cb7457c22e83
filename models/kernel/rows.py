"""Rows written and read as such, for what happens thousands of times: several times faster than through the unit of work.

The session is asked for its connection alone. What it holds is written first, as before any of its queries.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Delete, Executable, Table, bindparam, delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel

from models.kernel.database import DbSession
from models.kernel.statements.compiled import Question, insertion
from models.kernel.statements.patient import Patient

Rows = Sequence[Mapping[str, Any]]


def insert_rows(db: DbSession, table: type[SQLModel], rows: Rows, *, free: bool = False) -> None:
    """Write many rows of one table, without objects: all with the same columns; if `free`, those that no index refuses.

    Nobody waits for it: what the database refuses of them is raised by the next question, or by the commit.
    """
    if rows:
        text, values, many = insertion(_table(table), rows[0], db.held.dialect, free=free).bind(rows)
        _note(db, text, values, many=many)
        driver = db.driver
        if isinstance(driver, Patient):
            driver.later(text, values)
        else:
            _send(db, text, values, many=many)


def insert_free(db: DbSession, table: type[SQLModel], rows: Rows) -> int:
    """Write the rows that no unique index refuses, and say how many they were: the database decides."""
    if not rows:
        return 0
    insert = insertion(_table(table), rows[0], db.held.dialect, free=True)
    return int(_execute(db, *insert.bind(rows)).rowcount)


def insert_each_free(db: DbSession, *tables: tuple[type[SQLModel], Rows]) -> list[int]:
    """The same for rows of several tables, in one way to the database and back: how many of each were written."""
    inserts = [
        insertion(_table(table), rows[0], db.held.dialect, free=True).bind(rows)
        for table, rows in tables
        if rows
    ]
    counts = iter(_execute_each(db, inserts))
    return [int(next(counts).rowcount) if rows else 0 for _, rows in tables]


def insert_object(db: DbSession, new: SQLModel) -> None:
    """Write one new object, which the session holds from then on as if it had read it: `db.add` and a flush."""
    values = _values(new)
    keys = [column.key for column in _table(type(new)).primary_key]
    if all(key in values for key in keys):
        insert_rows(db, type(new), [values])
        _hold(db, new, [values[key] for key in keys])
    else:
        insert = insertion(_table(type(new)), values, db.held.dialect, returning=True)
        _hold(db, new, _execute(db, *insert.bind([values])).fetchone())


def insert_object_if_free(db: DbSession, new: SQLModel, unique: str) -> bool:
    """The same, unless another row has its value in that `unique` column: then nothing is written."""
    values = _values(new)
    insert = insertion(_table(type(new)), values, db.held.dialect, free=unique, returning=True)
    written = _execute(db, *insert.bind([values])).fetchone()
    if written is not None:
        _hold(db, new, written)
    return written is not None


def update_object(db: DbSession, sql_model: SQLModel, **values: Any) -> None:
    """Change these columns of an object that the session holds, and of its row, at once."""
    table = _table(type(sql_model))
    key_columns = [column == sql_model.__dict__[column.key] for column in table.primary_key]
    db.flush()
    db.held.execute(update(table).where(*key_columns), values)
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
    db.flush()
    db.held.execute(_delete(table, tuple(values)), values)


def find_rows(db: DbSession, query: Executable | Question, **values: Any) -> Sequence[Any]:
    """What a query of columns finds, with `values` for its parameters, as named tuples."""
    if isinstance(query, Question):
        asked = query.asked(db.held.dialect)
        return asked.rows(_execute(db, asked.text, asked.bind(values)).fetchall())
    db.flush()
    return db.held.execute(query, values).all()


def find_each(db: DbSession, *questions: tuple[Question, Mapping[str, Any]]) -> list[Sequence[Any]]:
    """What several questions find, asked in one way to the database and back."""
    asked = [(question.asked(db.held.dialect), values) for question, values in questions]
    cursors = _execute_each(db, [(each.text, each.bind(values), False) for each, values in asked])
    return [each.rows(cursor.fetchall()) for (each, _), cursor in zip(asked, cursors, strict=True)]


def _execute_each(db: DbSession, statements: Sequence[tuple[str, Sequence[Any], bool]]) -> list[Any]:
    """Execute several statements; the cursor of each."""
    for text, values, many in statements:
        _note(db, text, values, many=many)
    driver = db.driver
    if not isinstance(driver, Patient):
        return [_send(db, text, values, many=many) for text, values, many in statements]
    with _told_as_ours(db, statements[0][0]):
        return driver.execute_each([(text, values) for text, values, _ in statements])


def _execute(db: DbSession, text: str, values: Sequence[Any], many: bool = False) -> Any:
    _note(db, text, values, many=many)
    return _send(db, text, values, many=many)


def _note(db: DbSession, text: str, values: Sequence[Any], *, many: bool) -> None:
    """What comes before: all that the session holds; and whoever listens to statements hears of this one too."""
    db.flush()
    for listener in db.held.engine.dispatch.before_cursor_execute:
        listener(db.held, None, text, values, None, many)


def _send(db: DbSession, text: str, values: Sequence[Any], *, many: bool) -> Any:
    with _told_as_ours(db, text):
        cursor = db.driver.cursor()
        (cursor.executemany if many else cursor.execute)(text, values)
    return cursor


@contextmanager
def _told_as_ours(db: DbSession, text: str) -> Iterator[None]:
    """The driver's errors, told as SQLAlchemy tells them.

    Raises:
        DBAPIError: what the database refuses, or that it is gone.
    """
    driver, dialect = db.driver, db.held.dialect
    try:
        yield
    except dialect.loaded_dbapi.Error as error:
        lost = dialect.is_disconnect(error, driver, None)
        if lost:
            db.held.invalidate(error)
        kind = dialect.loaded_dbapi.Error
        ours = DBAPIError.instance(
            text, None, error, kind, hide_parameters=True, connection_invalidated=lost, dialect=dialect
        )
        raise ours from error


@cache
def _delete(table: type[SQLModel], names: tuple[str, ...]) -> Delete:
    columns = _table(table).columns
    return delete(_table(table)).where(*(columns[name] == bindparam(name) for name in names))


def _table(table: type[SQLModel]) -> Table:
    return table.metadata.tables[str(table.__tablename__)]
