"""Fixtures: the demonstration’s people in front of the real pipeline. For tests/state and tests/attacks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.state.pipeline import Pipeline, running
from tests.state.world import World, fill, world_of
from tests.support.databases import filled_file


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Instead of an empty database: the demonstration's people and the dossiers, written once."""
    return filled_file(tmp_path_factory.getbasetemp(), fill)


@pytest.fixture
async def pipeline(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pipeline]:  # noqa: ARG001
    """The event pipeline over a fresh copy of the world."""
    async with running(monkeypatch) as made:
        yield made


@pytest.fixture
async def world(pipeline: Pipeline) -> World:
    """The demonstration's people, and one consignment for each company and post that matters."""
    return await world_of(pipeline)
