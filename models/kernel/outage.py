"""Telling what is away from what is wrong: a database or a disk that will be back, or a mistake of ours."""

import errno
import sqlite3
from typing import Literal

from psycopg.errors import DiskFull
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

Away = Literal["database", "disk"]
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
_SQLITE_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
_SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
}


def outage(error: BaseException) -> Away | None:
    """Which component the error says is away; None when the error is something else."""
    if isinstance(error, PoolTimeoutError):
        return "database"
    if isinstance(error, DBAPIError):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno in _DISK:
        return "disk"
    return None


def _of_database(error: DBAPIError) -> Away | None:
    if isinstance(error.orig, DiskFull):
        return "disk"
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    if isinstance(error, OperationalError | InterfaceError):
        return "database"
    return "database" if isinstance(error, DatabaseError) and error.connection_invalidated else None


def _of_sqlite(error: sqlite3.Error) -> Away | None:
    # Extended codes hold the primary one in their last byte; "no such column" has 1, and is a mistake.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_DISK:
        return "disk"
    return "database" if code in _SQLITE_AWAY else None
