"""What is written into the database while something happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that change the database, whichever engine sends them."""
    done: list[str] = []

    def executed(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            done.append(statement)

    event.listen(Engine, "before_cursor_execute", executed)
    try:
        yield done
    finally:
        event.remove(Engine, "before_cursor_execute", executed)
