"""A worker that writes facts, tells them, and kills itself at a named point: for tests/faults/test_notice_kills.py.

One process imports everything, then forks a worker for each order read on its standard input, and says how each
ended, at little cost. The points are put in from outside; the application has no
switch of its own.
"""

import asyncio
import gc
import importlib
import os
import signal
import sys
import threading
from datetime import timedelta
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import col

from app.tasks import relay_notices, send_mail, send_push
from models.border.consignments.subject import CONSIGNMENT
from models.border.consignments.tables import Consignment
from models.identity.letters import actions, limits
from models.identity.letters.tables import Email
from models.journal.record import record_at_once
from models.kernel import clock, engines
from models.kernel.database import DbSession, dispose, read, write
from models.kernel.outbox import actions as outbox
from models.kernel.rows import find_rows
from models.kernel.settings.portal import settings
from models.kernel.subject import Subject
from models.signals.notifications import derivation, subscriptions, vapid
from models.signals.notifications.tables import PushMessage
from models.signals.notifications.words import words

POINTS = (
    "fact_written",
    "fact_committed",
    "entries_read",
    "people_told",
    "cursor_moved",
    "relay_committed",
    "letter_taken",
    "letter_leaving",
    "letter_accepted",
    "letter_settled",
    "settling",
    "push_taken",
    "push_leaving",
    "push_accepted",
    "push_settled",
)
RANDOM, FINISH = "random", "finish"
KILLED, DONE = "killed", "done"
FACTS = 4
"""That one worker writes, unless it dies before."""
FACT = "appointment.moved"
T = TypeVar("T")


class _Fuse:
    """Kills the process at the passage asked for of the point asked for."""

    def __init__(self, point: str, passages: int) -> None:
        self._point, self._left = point, passages

    def burn(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, module: Any, name: str, before: str = "", after: str = "") -> None:
        """Burn before, or after, each call of that function."""
        real = getattr(module, name)

        @wraps(real)
        def burning(*told: Any, **named: Any) -> Any:
            self.burn(before)
            done = real(*told, **named)
            self.burn(after)
            return done

        @wraps(real)
        async def burning_later(*told: Any, **named: Any) -> Any:
            self.burn(before)
            done = await real(*told, **named)
            self.burn(after)
            return done

        setattr(module, name, burning_later if iscoroutinefunction(real) else burning)


class _Late(_Fuse):
    """Kills the process so many milliseconds after its first fact: whatever the machine, while there is work."""

    def __init__(self, milliseconds: int) -> None:
        super().__init__("fact_committed", 1)
        self._seconds = milliseconds / 1000

    def burn(self, point: str) -> None:
        if point == self._point and self._left:
            self._left = 0
            threading.Timer(self._seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()


def _arm(fuse: _Fuse) -> None:
    fuse.around(derivation, "tell", "entries_read", "people_told")
    fuse.around(derivation, "move", after="cursor_moved")
    fuse.around(derivation, "relay", after="relay_committed")
    fuse.around(actions, "take_due", after="letter_taken")
    fuse.around(send_mail, "deliver", "letter_leaving", "letter_accepted")
    fuse.around(actions, "settle_sent", after="letter_settled")
    fuse.around(subscriptions, "take_due_pushes", after="push_taken")
    fuse.around(send_push, "deliver", "push_leaving", "push_accepted")
    fuse.around(subscriptions, "settle_pushed", after="push_settled")
    left = outbox.left

    def leaving(row: Any) -> None:
        left(row)
        fuse.burn("settling")

    outbox.left = leaving


async def _work(fuse: _Fuse, facts: int) -> None:
    """Write and tell at the same time, until all is told and has left."""
    writing = asyncio.create_task(_write(fuse, facts))
    while True:
        written = writing.done()
        await relay_notices.relay_due()
        await send_mail.send_due()
        await send_push.push_due()
        if written and not await read(_unsettled):
            break
        await asyncio.sleep(0.002)
    await writing
    await dispose()


async def _write(fuse: _Fuse, facts: int) -> None:
    """Each is to be told at once."""

    def verb(db: DbSession) -> None:
        (one,) = find_rows(db, select(col(Consignment.id), col(Consignment.siren)).limit(1))
        whose = {"subject": Subject.of(CONSIGNMENT, one.id), "siren": one.siren, "post_code": "FRLEH1"}
        record_at_once(db, FACT, by="post", appointment="LEH-7K4Q2", **whose)
        fuse.burn("fact_written")

    for _ in range(facts):
        await write(verb)
        fuse.burn("fact_committed")


def _unsettled(db: DbSession) -> bool:
    """Whether something is still to be told, or to leave: now, or when a dead worker's lease is over."""
    if derivation.pending(db):
        return True
    for table in (Email, PushMessage):
        waiting = select(col(table.id)).where(col(table.due_at).is_not(None)).limit(1)
        if find_rows(db, waiting):
            return True
    return False


def _live(point: str, number: int) -> None:
    """What a forked worker does."""
    vars(outbox)["LEASE"] = timedelta(milliseconds=20)  # nobody waits two minutes for the dead
    vars(limits)["NOTICES_IN_AN_HOUR"] = 1_000_000  # … nor an hour for the thirteenth letter
    vars(engines)["_PRAGMAS"] = (*engines._PRAGMAS, "synchronous=OFF")  # the process dies, not the machine
    fuse = _Late(number) if point == RANDOM else _Fuse(point, number)
    _arm(fuse)
    asyncio.run(_work(fuse, 0 if point == FINISH else FACTS))


def _warm() -> None:
    """Read now what each worker would have to read again."""
    importlib.import_module("aiosqlite")
    importlib.import_module("psycopg")
    words(
        "appointment_moved",
        "operators",
        {"entry": FACT, "starts_at": clock.now().isoformat()},
        Subject("appointment", ""),
        None,
    )
    settings()
    vapid.public_key()
    gc.freeze()


def main() -> None:
    """Fork a worker for each `POINT NUMBER` read, and say how it ended."""
    _warm()
    for line in sys.stdin:
        point, number = line.split()
        child = os.fork()
        if child == 0:
            try:
                _live(point, int(number))
            finally:
                os._exit(1 if sys.exc_info()[0] else 0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            said = KILLED
        else:
            said = DONE if status == 0 else f"failed {status}"
        print(said, flush=True)  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main()
