"""The only source of now. Tests fix it; nothing else in the project reads the system's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)
_past: ContextVar[datetime | None] = ContextVar("invented_past", default=None)


def now() -> datetime:
    """The present time, aware, in UTC."""
    return _past.get() or machine()


def machine() -> datetime:
    """The machine's own time, aware, in UTC, also where a past is invented: what the journal's seals vouch for."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware) inside the block: for tests."""
    with _held(_fixed, at):
        yield


@contextmanager
def past(at: datetime) -> Iterator[None]:
    """Write inside the block as if it were `at` (aware): the demonstration's past. The journal still says when."""
    with _held(_past, at):
        yield


@contextmanager
def _held(clock: ContextVar[datetime | None], at: datetime) -> Iterator[None]:
    token = clock.set(at)
    try:
        yield
    finally:
        clock.reset(token)
