"""`passavant ingest FILE...`: messages of partners taken in from files, through the partners' door."""

import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress
from sqlmodel import select

from app.errors import CannotRun
from models.border.messages.actions import Receipt, receive
from models.border.messages.rules import MessageStatus
from models.border.messages.tables import AwaitedSubject
from models.border.passage.keys import KeyKind
from models.kernel.database import DbSession, read

T = TypeVar("T")
_MANY = 10
"""From this many messages on, a progress bar."""
_SHOWN = 3
_KINDS = {
    KeyKind.CHED: "CHED",
    KeyKind.MRN: "MRN",
    KeyKind.CONTAINER: "container",
    KeyKind.LOCAL: "local reference",
}


async def run(files: Sequence[Path]) -> int:
    """Take each file in as one message, and print what became of it; 0 when all were taken in.

    Raises:
        CannotRun: at the end, when some were refused or could not be read; the others were taken in.
    """
    failed = await one_by_one(files, _take_in)
    if failed:
        raise CannotRun(f"{failed} of {len(files)} files not taken in.")
    return 0


async def one_by_one(things: Sequence[T], take: Callable[[T], Awaitable[tuple[str, bool]]]) -> int:
    """Take each in and print what became of it; how many were not taken in."""
    console = Console(highlight=False, soft_wrap=True)
    failed = 0
    with Progress(console=console, disable=len(things) < _MANY, transient=True) as progress:
        task = progress.add_task("Messages", total=len(things))
        for thing in things:
            sentence, fine = await take(thing)
            console.print(f"{thing}: {sentence}", markup=False)
            failed += not fine
            progress.advance(task)
    return failed


async def _take_in(path: Path) -> tuple[str, bool]:
    """What became of the message in `path`, and whether it was taken in."""
    try:
        body = path.read_bytes()  # noqa: ASYNC240 (nothing else runs)
    except OSError as error:
        return f"cannot be read: {error.strerror}.", False
    receipt = await receive(body, f"operator:{socket.gethostname()}")
    return await said(receipt), receipt.refusal is None


async def said(receipt: Receipt) -> str:
    """What became of a message, in one line without its end."""
    again = "duplicate, " if receipt.duplicate else ""
    if receipt.refusal is not None:
        return f"{again}refused. {receipt.refusal.title}\u00a0: {receipt.refusal}"
    words = f"{again}{receipt.format} {receipt.status}"
    if receipt.status == MessageStatus.APPLIED:
        words += f" to {', '.join(receipt.consignments) or 'nothing'}"
    else:
        words += f" for {await _awaited(receipt.message_id)}"
    return " ".join((f"{words}.", *receipt.warnings))


async def _awaited(message_id: str) -> str:
    """`container OSTU4812053, MRN 26FR…`: any of these; long lists are cut."""

    def query(db: DbSession) -> str:
        asked = select(AwaitedSubject).where(AwaitedSubject.message_id == message_id)
        rows = sorted((row.kind, row.value) for row in db.exec(asked))
        listed = [f"{_KINDS.get(KeyKind(kind), kind)} {value}" for kind, value in rows[:_SHOWN]]
        others = len(rows) - len(listed)
        return ", ".join(listed) + (f" and {others} more" if others else "")

    return await read(query)
