"""Which anchor left last, each way: one file for all processes that share the data folder, and one of them at a time."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from models.journal.canonical import moment
from models.journal.sealing.anchors import Anchor
from models.kernel import clock
from models.kernel.settings.portal import settings

NAME = "journal_anchors_sent.json"
AGAIN = timedelta(minutes=1)
"""Between two attempts."""
State = dict[str, dict[str, Any]]


def take(way: str, anchor: Anchor, every: timedelta) -> bool:
    """Whether this anchor is to leave now, that way, and by this process.

    Raises:
        OSError: when the disk refuses.
    """
    with _state() as state:
        now, way_state = clock.machine(), state.setdefault(way, {})
        known = (way_state.get("batch"), way_state.get("digest")) == (anchor.batch, anchor.digest)
        if (
            known
            or _within(now, _at(way_state, "sent_at"), every)
            or _within(now, _at(way_state, "tried_at"), AGAIN)
        ):
            return False
        way_state["tried_at"] = moment(now)
    return True


def settle(way: str, anchor: Anchor) -> None:
    """Note that it left.

    Raises:
        OSError: when the disk refuses.
    """
    with _state() as state:
        state[way] = {"batch": anchor.batch, "digest": anchor.digest, "sent_at": moment(clock.machine())}


def _within(now: datetime, at: datetime | None, length: timedelta) -> bool:
    """Whether that was less than `length` ago; not what lies ahead, for a clock may have been set back."""
    return at is not None and at <= now < at + length


def _at(way_state: dict[str, Any], name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(way_state[name])
    except (KeyError, TypeError, ValueError):
        return None


@contextmanager
def _state() -> Iterator[State]:
    """What the file says, which it says again, changed, at the end of the block. What makes no sense is forgotten."""
    path = settings().data_dir / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = file.read()
        state = _read(before)
        yield state
        after = json.dumps(state).encode()
        if after != before:
            file.seek(0)
            file.truncate()
            file.write(after)


def _read(content: bytes) -> State:
    try:
        kept = json.loads(content)
    except ValueError:
        return {}
    return (
        {name: way_state for name, way_state in kept.items() if isinstance(way_state, dict)}
        if isinstance(kept, dict)
        else {}
    )
