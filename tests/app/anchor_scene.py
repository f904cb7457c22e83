"""An anchor that is to leave, and what the log says of it."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from app.tasks.send_anchors import send_once
from models.journal.sealing import anchors
from models.journal.sealing.anchors import Anchor
from models.kernel import clock
from models.kernel.settings.portal import settings


def set_(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"PASSAVANT_ANCHOR_{name}", value)
    settings.cache_clear()


def newest() -> Anchor:
    one = anchors.newest()
    assert one is not None
    return one


def at_its_time() -> AbstractContextManager[None]:
    """The clock of the authority, whatever the suite's own is (`--clock`): a stamp is compared with a seal."""
    return clock.fixed(datetime.now(UTC))


async def failed() -> list[str]:
    """What the log says of a round."""
    with capture_logs() as logs:
        await send_once()
    assert {one["event"] for one in logs} <= {"journal.anchor_not_sent"}
    return [one["error"] for one in logs]
