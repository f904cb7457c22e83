"""`passavant worker`: what goes on behind the pages, in a program of its own."""

import asyncio
import contextlib
import signal

import typer

from app.log import lines
from app.tasks.background import BACKGROUND, run_apart


async def run() -> None:
    """Until SIGINT or SIGTERM: what is under way is finished or taken up by another, as after a crash."""
    lines.configure()
    running = asyncio.create_task(run_apart())
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, running.cancel)
    typer.echo(f"Passavant sees to {len(BACKGROUND)} tasks (Ctrl-C ends it)")
    with contextlib.suppress(asyncio.CancelledError):
        await running
