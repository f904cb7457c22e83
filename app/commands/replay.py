"""`passavant replay`: messages that were refused, taken in again once the cause is mended."""

import socket
from collections.abc import Sequence

import typer

from app.commands.ingest import one_by_one, said
from app.errors import CannotRun
from models.border.messages.replay import refused_ids, replay
from models.kernel.refusal import Refusal


async def run(ids: Sequence[str], *, all_refused: bool) -> int:
    """Replay each message, and print what became of it; 0 when all were taken in.

    Raises:
        CannotRun: without any message to replay; and at the end, when some stay refused or do not exist.
    """
    if bool(ids) == all_refused:
        raise CannotRun("Say which: the numbers of messages, or --all-refused.")
    wanted = await refused_ids() if all_refused else list(dict.fromkeys(ids))
    failed = await one_by_one(wanted, _replayed)
    if failed:
        raise CannotRun(f"{failed} of {len(wanted)} messages stay refused.")
    if not wanted:
        typer.echo("No message is refused.")
    return 0


async def _replayed(message_id: str) -> tuple[str, bool]:
    receipt = await replay(f"operator:{socket.gethostname()}", message_id)
    if isinstance(receipt, Refusal):
        return receipt.reason, False
    return await said(receipt), receipt.refusal is None
