"""Run what a command does, be it a plain function or a coroutine."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any


def run_to_the_end(work: Callable[..., Any], *args: Any) -> None:
    """Run `work(*args)` and close the connections that it opened."""

    async def whole() -> None:
        from models.database import dispose

        try:
            await work(*args)
        finally:
            await dispose()

    if inspect.iscoroutinefunction(work):
        asyncio.run(whole())
    else:
        work(*args)
