"""Fixtures of the matching tests."""

import pytest

from tests.factories import add_basics
from tests.models.border.matching.people import add_officers


@pytest.fixture
async def basics(database: str) -> None:  # noqa: ARG001
    """A database with companies, posts and the officers who tie."""
    await add_basics()
    await add_officers()
