"""A connection to PostgreSQL that keeps what nobody waits for until something is asked: then all goes in one way.

Each way to the server and back costs as much as the statement. A row that is written has no answer that anybody needs
before the commit, so that those of a fact go together: with the next question, or with the commit itself. They arrive in
the order in which they were said, and what the database refuses of them is raised there.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Self

from psycopg import Connection, Cursor, Error

Said = tuple[str, Any]
"""A text of SQL, and its values."""


class Patient(Connection[Any]):
    """A connection that keeps what nobody waits for."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.waiting: list[Said] = []
        self.cursor_factory = _Impatient

    def later(self, text: str, values: Any = None) -> None:
        """Have this executed before anything else is."""
        self.waiting.append((text, values))

    def send(self) -> None:
        """Execute what waits, in one way to the server and back."""
        if self.waiting:
            with self.pipeline():
                self.queue_waiting()

    def execute_each(self, statements: Sequence[Said]) -> list[Cursor[Any]]:
        """Execute what waits, then these statements, all in one way; the cursor of each."""
        cursors = [Cursor(self) for _ in statements]
        with self.pipeline():
            self.queue_waiting()
            for cursor, (text, values) in zip(cursors, statements, strict=True):
                cursor.execute(text, values)
        return cursors

    def queue_waiting(self) -> None:
        """Hand over what waits, inside a pipeline."""
        waiting, self.waiting = self.waiting, []
        cursor = Cursor(self)
        for text, values in waiting:
            cursor.execute(text, values)

    def commit(self) -> None:
        """Commit, in the same way as what waits."""
        if not self.waiting:
            return super().commit()
        try:
            with self.pipeline():
                self.queue_waiting()
                super().commit()
        except Error:
            with suppress(Error):
                super().rollback()  # what a commit leaves behind that fails: no transaction
            raise
        return None

    def rollback(self) -> None:
        """Forget what waits: it would be undone."""
        self.waiting = []
        super().rollback()


class _Impatient(Cursor[Any]):
    """A cursor that has what waits executed first, in the same way."""

    def execute(self, query: Any, params: Any = None, **named: Any) -> Self:
        """See psycopg."""
        connection = self.connection
        if not isinstance(connection, Patient) or not connection.waiting:
            return super().execute(query, params, **named)
        if str(query).startswith("ROLLBACK TO"):  # what waits was said since: it would be undone
            connection.waiting = []
            return super().execute(query, params, **named)
        with connection.pipeline():
            connection.queue_waiting()
            super().execute(query, params, **named)
        return self

    def executemany(self, query: Any, params_seq: Any, *, returning: bool = False) -> None:
        """See psycopg."""
        if isinstance(self.connection, Patient):
            self.connection.send()
        super().executemany(query, params_seq, returning=returning)
