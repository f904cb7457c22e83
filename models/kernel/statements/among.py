"""`column in a list`, said so that the statement is the same for any list: made once, and prepared once by the database."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Dialect, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import Boolean, UserDefinedType


class _List(UserDefinedType[Sequence[Any]]):
    """A list as one parameter: an array for PostgreSQL, JSON for SQLite."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """What the driver is given."""
        return list if dialect.name == "postgresql" else lambda values: json.dumps(list(values))


class Among(ColumnElement[bool]):
    """Whether a column of texts or whole numbers is one of a list, which is the parameter `name`."""

    inherit_cache = True
    _traverse_internals: list[tuple[str, InternalTraversal]] = [  # noqa: RUF012 - as SQLAlchemy has it
        ("column", InternalTraversal.dp_clauseelement),
        ("values", InternalTraversal.dp_clauseelement),
    ]
    type = Boolean()

    def __init__(self, column: Any, name: str) -> None:
        self.column = column
        self.values = bindparam(name, type_=_List())


@compiles(Among, "postgresql")
def _any_of_array(among: Among, compiler: SQLCompiler, **options: Any) -> str:
    return f"{compiler.process(among.column, **options)} = ANY ({compiler.process(among.values, **options)})"


@compiles(Among, "sqlite")
def _in_json(among: Among, compiler: SQLCompiler, **options: Any) -> str:
    values = compiler.process(among.values, **options)
    return f"{compiler.process(among.column, **options)} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - of SQLAlchemy
