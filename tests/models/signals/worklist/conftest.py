"""Fixtures of the list's tests."""

import pytest

from tests.factories import add_basics
from tests.models.signals.alerts.people import add_officers


@pytest.fixture
async def basics(database: str) -> None:  # noqa: ARG001
    """Companies, posts, and officers who serve."""
    await add_basics()
    await add_officers()
