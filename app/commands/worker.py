"""`passavant worker`: what goes on behind the pages, in a program of its own."""

import asyncio
import contextlib
import signal

import typer

from app.log import lines
from app.tasks.background import BACKGROUND, run_apart

_AGAIN = 3.0
"""Seconds after which what has not ended is asked once more."""


async def run() -> None:
    """Until SIGINT or SIGTERM: what is under way is finished or taken up by another, as after a crash."""
    lines.configure()
    running = asyncio.create_task(run_apart())
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, asked.set)
    typer.echo(f"Passavant sees to {len(BACKGROUND)} tasks (Ctrl-C ends it)")
    waiting = asyncio.create_task(asked.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    await _end(running)


async def _end(running: asyncio.Task[None]) -> None:
    """Cancel it until it has ended: a library below may take a cancellation for the end of its own patience."""
    running.cancel()
    while not running.done():
        await asyncio.wait({running}, timeout=_AGAIN)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
