"""The served application with a fault in it: it kills itself at a named point. For the tests of this folder.

The points are put in from outside, through hooks that SQLAlchemy and Python have anyway: the application has
no switch of its own. Which point, and at which passage, is said by a file beside the data.
"""

import os
import signal
from collections.abc import Callable
from typing import Any

from granian import server
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from models.border.messages.tables import MessageBody
from models.journal.sealing import anchors
from models.journal.tables import JournalSeal
from models.kernel import bus
from models.kernel.settings.portal import settings

ORDER = "die_at"
POINTS = ("after_insert", "before_commit", "after_commit", "in_bus_announce", "in_seal", "before_anchor")
app: Any = None


class _Fuse:
    """Kills the process at the passage asked for."""

    def __init__(self, passages: int) -> None:
        self._left = passages

    def burn(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def arm() -> None:
    """Put the fault in, if one was ordered."""
    order = settings().data_dir / ORDER
    if order.exists():
        point, passages = order.read_text().split()
        order.unlink()  # the next start is a sound one
        _FAULTS[point](_Fuse(int(passages)))


def _on_insert(fuse: _Fuse) -> None:
    @event.listens_for(Engine, "before_cursor_execute")
    def _burn(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if _is_message(statement):
            fuse.burn()


def _on_commit(fuse: _Fuse) -> None:
    _burn_with_message("before_commit", fuse)


def _on_answer(fuse: _Fuse) -> None:
    _burn_with_message("after_commit", fuse)


def _burn_with_message(point: str, fuse: _Fuse) -> None:
    @event.listens_for(Session, point)
    def _burn(session: Session) -> None:
        if session.info.get("connection", {}).get("message"):
            fuse.burn()


def _on_announce(fuse: _Fuse) -> None:
    told = bus.announce

    async def announce() -> None:
        _burn_if_told(fuse)
        await told()

    bus.announce = announce


def _on_seal(fuse: _Fuse) -> None:
    @event.listens_for(Session, "after_flush")
    def _burn(session: Session, _context: object) -> None:
        if _holds(session, JournalSeal):
            _burn_if_told(fuse)


def _on_anchor(fuse: _Fuse) -> None:
    written = anchors.append

    def append(seals: Any) -> None:
        _burn_if_told(fuse)
        written(seals)

    anchors.append = append


_told: list[int] = []


def _burn_if_told(fuse: _Fuse) -> None:
    """Not before the first message of this process: what was left by the one before is to be mended first."""
    if _told:
        fuse.burn()


@event.listens_for(Session, "after_begin")
def _begin(session: Session, _transaction: object, connection: Connection) -> None:
    session.info["connection"] = connection.info  # the after_commit of a session cannot ask for it any more
    connection.info["message"] = False


@event.listens_for(Engine, "before_cursor_execute")
def _mark(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    if _is_message(statement):
        connection.info["message"] = True
        _told.append(1)


def _is_message(statement: str) -> bool:
    """Whether the bytes of a message are about to be written: its own row was just before."""
    return statement.startswith(f"INSERT INTO {MessageBody.__tablename__} ")


def _holds(session: Session, table: type) -> bool:
    return any(isinstance(one, table) for one in session.new)


_FAULTS: dict[str, Callable[[_Fuse], None]] = dict(
    zip(POINTS, (_on_insert, _on_commit, _on_answer, _on_announce, _on_seal, _on_anchor), strict=True)
)


def target() -> Any:
    """What the workers serve: the real application, with the fault in it."""
    from app.app import app as real
    from app.tasks import seal_journal

    seal_journal.INTERVAL = 0.2
    arm()
    return real()


def main() -> None:
    """`passavant serve`, with another target."""
    real = server.Server

    def made(**told: Any) -> Any:
        return real(**(told | {"target": "tests.faults.dying:target"}))

    server.Server = made  # type: ignore[assignment]
    from app.cli import main as passavant

    passavant()


if __name__ == "__main__":
    main()
