"""Fixtures of the alerts' tests."""

import pytest

from models.kernel.database import write
from models.signals.alerts.catalogue import ensure_thresholds
from tests.factories import add_basics
from tests.models.signals.alerts.people import add_officers


@pytest.fixture
async def basics(database: str) -> None:  # noqa: ARG001
    """Companies, posts, the default thresholds, and officers who serve."""
    await add_basics()
    await write(ensure_thresholds)
    await add_officers()
