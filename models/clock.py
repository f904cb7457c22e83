"""The only source of now. Tests fix it; nothing else in the project reads the system's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """The present time, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware) inside the block: for tests, and for writing a past."""
    token = _fixed.set(at)
    try:
        yield
    finally:
        _fixed.reset(token)
