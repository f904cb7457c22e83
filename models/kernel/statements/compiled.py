"""Statements whose text is made once, and which go past SQLAlchemy to the driver: a fifth of the time of each.

SQLAlchemy makes the text and says how values are written and read; what is left out is what it does again each time.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Dialect, String, Table
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.sql.selectable import SelectBase

Value = Callable[[Any], Any]
Row = Mapping[str, Any]
_POSTGRESQL: Any = PGDialect_psycopg


class Insertion:
    """An INSERT of rows of one table, all with values for the same columns.

    On PostgreSQL several rows are as many arrays, so that their number changes nothing of the text.

    Args:
        table: where to.
        names: the columns that are given; the others have their defaults.
        dialect: of the database.
        free: whether a row that a unique index refuses is left out: any index, or that of the column of that name.
        returning: whether the key that the database drew is asked for.
    """

    def __init__(
        self,
        table: Table,
        names: Sequence[str],
        dialect: Dialect,
        *,
        free: bool | str = False,
        returning: bool = False,
    ) -> None:
        self._arrays = dialect.name == "postgresql"
        left_out = {column.key: column for column in table.columns if column.key not in names}
        drawn = {name: _drawn(column) for name, column in left_out.items() if _is_python(column)}
        defaults = {name: _said(column, dialect) for name, column in left_out.items() if _is_sql(column)}
        self._given = [(name, _writer(table.columns[name], dialect)) for name in names]
        self._drawn = [(draw, _writer(table.columns[name], dialect)) for name, draw in drawn.items()]
        columns = [table.columns[name] for name in (*names, *drawn, *defaults)]
        quote = dialect.identifier_preparer
        into = f"INSERT INTO {quote.format_table(table)} ({', '.join(map(quote.format_column, columns))})"
        keys = ", ".join(map(quote.format_column, table.primary_key))
        conflict = f" ON CONFLICT{f' ({free})' if isinstance(free, str) else ''} DO NOTHING" if free else ""
        end = conflict + (f" RETURNING {keys}" if returning else "")
        bound = columns[: len(names) + len(drawn)]
        mark = "%s" if self._arrays else "?"
        self._one = f"{into} VALUES ({', '.join([*(mark for _ in bound), *defaults.values()])}){end}"
        lists = ", ".join(f"%s::{_type(column, dialect)}[]" for column in bound)
        each = ", ".join([*(f"c{number}" for number in range(len(bound))), *defaults.values()])
        aliases = ", ".join(f"c{number}" for number in range(len(bound)))
        self._many = f"{into} SELECT {each} FROM unnest({lists}) AS given({aliases}){end}"  # noqa: S608 - names of ours
        self._plain = [isinstance(column.type, String) for column in bound]

    def bind(self, rows: Sequence[Row]) -> tuple[str, Sequence[Any], bool]:
        """The text, its values, and whether these are many rows for the driver to go through."""
        bound = [self._values(row) for row in rows]
        if len(bound) == 1:
            return self._one, bound[0], False
        if not self._arrays:
            return self._one, bound, True
        columns = zip(zip(*bound, strict=True), self._plain, strict=True)
        return self._many, [_plain(values) if text else list(values) for values, text in columns], False

    def _values(self, row: Row) -> list[Any]:
        values = [row[name] if write is None else write(row[name]) for name, write in self._given]
        for draw, write in self._drawn:
            value = draw(None) if callable(draw) else draw
            values.append(value if write is None else write(value))
        return values


def _plain(values: Sequence[Any]) -> list[str | None]:
    """Texts of one type, which an array asks for: words of our vocabularies are texts of many."""
    return [value if value is None else str(value) for value in values]


def _type(column: Column[Any], dialect: Dialect) -> str:
    """Its type, whose collation does not matter to what is only written."""
    return column.type.compile(dialect).partition(" COLLATE ")[0]


def _is_python(column: Column[Any]) -> bool:
    return column.default is not None and (column.default.is_callable or column.default.is_scalar)


def _drawn(column: Column[Any]) -> Any:
    """A default that Python works out: a value, or a function of what SQLAlchemy knows of the statement."""
    default: Any = column.default
    return default.arg


def _is_sql(column: Column[Any]) -> bool:
    return column.default is not None and column.default.is_clause_element


def _said(column: Column[Any], dialect: Dialect) -> str:
    """A default that the database works out, as text."""
    default: Any = column.default
    return str(default.arg.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _writer(column: Column[Any], dialect: Dialect) -> Value | None:
    return column.type.dialect_impl(dialect).bind_processor(dialect)


class Question:
    """A SELECT of columns that is always the same, but for its parameters; kept by whoever asks it, at its module.

    A list among the parameters is said with `Among`.
    """

    def __init__(self, query: SelectBase) -> None:
        self._query = query
        self._made: dict[str, _Asked] = {}

    def asked(self, dialect: Dialect) -> "_Asked":
        """As that database is asked."""
        if dialect.name not in self._made:
            self._made[dialect.name] = _Asked(self._query, dialect)
        return self._made[dialect.name]


class _Asked:
    """A question in the words of one database."""

    def __init__(self, query: SelectBase, dialect: Dialect) -> None:
        numbered = (
            _POSTGRESQL(paramstyle="format") if dialect.name == "postgresql" else dialect
        )  # by order, not by name: the driver translates names at each execution
        compiled = query.compile(dialect=numbered)
        self.text = str(compiled)
        self._parameters = [
            (bind.key, bind.value, _parameter(bind.type, dialect))
            for bind in (compiled.binds[name] for name in compiled.positiontup or ())
        ]
        columns = list(query.selected_columns)
        self._readers = [
            (place, read)
            for place, column in enumerate(columns)
            if (read := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ]
        self._row = _named([str(column.key) for column in columns])

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        """What the text's parameters are, in their order."""
        bound = ((values.get(name, value), write) for name, value, write in self._parameters)
        return [value if write is None else write(value) for value, write in bound]

    def rows(self, raw: Sequence[Sequence[Any]]) -> list[Any]:
        """What the driver answered, as named tuples of our types."""
        if not self._readers:
            return list(map(self._row._make, raw))
        rows = []
        for values in map(list, raw):
            for place, read in self._readers:
                values[place] = read(values[place])
            rows.append(self._row._make(values))
        return rows


def _named(names: Sequence[str]) -> Any:
    return namedtuple("Row", names, rename=True)


def _parameter(type_: Any, dialect: Dialect) -> Value | None:
    write: Value | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return write


_insertions: dict[tuple[Any, ...], Insertion] = {}


def insertion(
    table: Table, names: Iterable[str], dialect: Dialect, *, free: bool | str = False, returning: bool = False
) -> Insertion:
    """The insertion of these columns, made once."""
    key = (table, *names, dialect.name, free, returning)
    if key not in _insertions:
        _insertions[key] = Insertion(table, list(names), dialect, free=free, returning=returning)
    return _insertions[key]
