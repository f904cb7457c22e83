"""A world of people to tell things to."""

from collections.abc import Iterator

import pytest

from models.kernel import clock
from tests.factories import NOW
from tests.support.notices import World, populate


@pytest.fixture
def at_nine() -> Iterator[None]:
    """The clock stands at NOW, a Tuesday at 10:00 in Paris."""
    with clock.fixed(NOW):
        yield


@pytest.fixture
async def world(database: str, at_nine: None) -> World:  # noqa: ARG001
    """The people, and a consignment of A at Le Havre."""
    return await populate()
