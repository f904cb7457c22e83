"""What broke behind a screen, or in a browser: one line in the log, with nothing of what was sent."""

import traceback

import structlog
from reflex.event import EventSpec

_KINDS = ("TypeError", "ReferenceError", "RangeError", "SyntaxError", "ChunkLoadError", "ResizeObserver")
_READ = 200
"""Characters of a browser's report that are looked at."""
log = structlog.get_logger()


def handler_failed(exception: Exception) -> EventSpec | None:
    """Where a handler of ours broke, and of what; what the exception says may be what somebody typed."""
    where = "".join(traceback.format_tb(exception.__traceback__))
    log.error("handler.failed", error=type(exception).__name__, trace=where)
    return None


def browser_failed(exception: Exception) -> None:
    """A script broke in a browser, or somebody says so: which kind of error, since its words are anybody's."""
    report_failure(str(exception))


def report_failure(words: str) -> None:
    """The same, from the words of the report."""
    kind = next((kind for kind in _KINDS if kind in words[:_READ]), "other")
    log.warning("browser.failed", kind=kind)
