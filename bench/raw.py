"""A connection of the bare driver, with the settings that ours has: what peers write through."""

import sqlite3
from typing import Any

import psycopg
from sqlalchemy import make_url


class Raw:
    """A connection of the bare driver, with the settings that ours has."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)

    def __enter__(self) -> Any:
        if self._url.drivername.startswith("sqlite"):
            self._connection: Any = sqlite3.connect(self._url.database or "", isolation_level=None)
            for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
                self._connection.execute(f"PRAGMA {pragma}")
        else:
            self._connection = psycopg.connect(
                self._url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
            )
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()
