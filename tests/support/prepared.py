"""A data folder with the demonstration's accounts and figures: `python -m tests.support.prepared`, under its settings.

What `passavant migrate` and `passavant demo --consignments 0` do, with passwords that are cheap to check.
"""

import asyncio

from app.migration import migrate
from demo.commands.history import run
from models.identity.accounts import passwords
from models.kernel.database import dispose
from models.kernel.settings.portal import settings


async def _prepare() -> None:
    await migrate(settings().database)
    await run(0)
    await dispose()


if __name__ == "__main__":
    vars(passwords)["COST"] = 4
    asyncio.run(_prepare())
