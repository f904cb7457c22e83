"""Fixtures of the message tests."""

import pytest

from tests.factories import add_basics


@pytest.fixture
async def basics(database: str) -> None:  # noqa: ARG001
    """A database with companies and posts."""
    await add_basics()
