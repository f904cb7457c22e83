"""Run what a command does, be it a plain function or a coroutine."""

import asyncio
import inspect
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from enum import Enum
from typing import Any


class Seals(Enum):
    """When what a command writes is sealed: perhaps no portal is running that would."""

    NEVER = 0
    """It writes nothing, or sees to it."""
    AT_ITS_END = 1
    """It takes seconds, or is one transaction."""
    MEANWHILE = 2
    """It goes on as long as it likes."""


def run_to_the_end(work: Callable[..., Any], *args: Any, seals: Seals = Seals.AT_ITS_END) -> None:
    """Run `work(*args)` and close the connections that it opened; what a coroutine writes is sealed."""

    async def whole() -> None:
        from models.kernel import bus
        from models.kernel.database import dispose

        try:
            async with sealing(seals):
                await work(*args)
        finally:
            await bus.dispose()
            await dispose()

    if inspect.iscoroutinefunction(work):
        asyncio.run(whole())
    else:
        work(*args)


@asynccontextmanager
async def sealing(seals: Seals = Seals.AT_ITS_END) -> AsyncIterator[None]:
    """Seal what the block writes.

    Not as somebody else than the portal, whose key and anchors would then belong to them: it seals what it finds.
    """
    if seals is Seals.NEVER or not _is_our_folder():
        yield
        return
    try:
        async with _beside() if seals is Seals.MEANWHILE else nullcontext():
            yield
    finally:
        await _seal()


@asynccontextmanager
async def _beside() -> AsyncIterator[None]:
    task = asyncio.create_task(_seal_for_ever())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _seal_for_ever() -> None:
    from app.tasks.seal_journal import INTERVAL

    while True:
        await asyncio.sleep(INTERVAL)
        await _seal()


async def _seal() -> None:
    """What cannot be sealed now is left to the portal: the command has its own word on a database that is away."""
    from sqlalchemy.exc import SQLAlchemyError

    from models.journal.sealing.seals import seal_pending

    with suppress(SQLAlchemyError, OSError, ValueError, TypeError):
        await seal_pending()


def _is_our_folder() -> bool:
    from models.kernel.settings.portal import settings

    folder = settings().data_dir
    return not folder.exists() or folder.stat().st_uid == os.geteuid()
