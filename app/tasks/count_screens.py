"""Tells Prometheus, in each worker, how many screens it follows."""

import asyncio

from app.http.server.metrics import count_screens
from state.kit import watches

INTERVAL = 5.0
"""Seconds between two counts."""


async def keep_count() -> None:
    """For as long as this worker lives."""
    while True:
        count_screens(len(watches.everyone()))
        await asyncio.sleep(INTERVAL)
