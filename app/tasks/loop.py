"""The rhythm of the background tasks: at the bus's word, and now and then in case a word was lost."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from models.kernel import bus

LOOK_EVERY = 5.0
"""Seconds between two looks when nobody says that something was written."""
PAUSE = 0.2
"""Seconds from the word to the look: the screens come first, and one look answers for all that was written meanwhile."""


async def for_ever(look: Callable[[], Awaitable[object]], *, pause: float = PAUSE) -> None:
    """Look, and look again, for as long as this worker lives."""
    async with bus.listening() as word:
        while True:
            await look()
            with contextlib.suppress(TimeoutError):
                # not wait_for(), which in Python 3.11 may swallow the end of the task
                async with asyncio.timeout(LOOK_EVERY):
                    await word.wait()
            await asyncio.sleep(pause)
            word.clear()
