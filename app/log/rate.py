"""How much the log takes in a minute: of one event, and of all; what is left out is counted, and told."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

MINUTE = 60.0
OF_ONE, OF_ALL = 60, 600
"""Lines a minute: that say the same thing, and in all. An attack that is logged fills no disk, and hides no other."""
TOLD = "log.left_out"


class Rate(logging.Filter):
    """Lets so many lines through; what is left out of a minute is told at the next line that passes.

    Args:
        tell: how to write the line that counts, once a minute at most.
        now: seconds of a clock that never goes back.
    """

    def __init__(self, tell: Callable[[int], None], now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._tell, self._now = tell, now
        self._began, self._passed, self._all, self._left_out = now(), Counter[str](), 0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written."""
        if self._now() - self._began >= MINUTE:
            self._begin()
        what = what_of(record)
        if what == TOLD:
            return True
        if self._passed[what] >= OF_ONE or self._all >= OF_ALL:
            self._left_out += 1
            return False
        self._passed[what] += 1
        self._all += 1
        return True

    def _begin(self) -> None:
        left_out = self._left_out
        self._began, self._all, self._left_out = self._now(), 0, 0
        self._passed.clear()
        if left_out:
            self._tell(left_out)


def what_of(record: logging.LogRecord) -> str:
    """What a line says, whatever the values in it: our event, or the place in a library."""
    message: Any = record.msg
    event = message.get("event") if isinstance(message, dict) else None
    return event if isinstance(event, str) and len(event) < 100 else f"{record.name}:{record.lineno}"
