"""What stands in front of several processes that serve, as deploy/Caddyfile sets it up: whoever answers is asked."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.support.served import free_port

_CHUNK = 65536


class Balancer:
    """Forwards connections to the ports in turn, to the next one when nobody listens there."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.forwarded = 0
        self._loop = asyncio.new_event_loop()
        self._listens = threading.Event()
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._serve()))

    async def _serve(self) -> None:
        self._ended = asyncio.Event()
        async with await asyncio.start_server(self._forward, "localhost", self.port) as server:
            self._listens.set()
            await self._ended.wait()
            server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.forwarded += 1
        for turn in range(len(self.ports)):
            port = self.ports[(self.forwarded + turn) % len(self.ports)]
            with suppress(OSError):
                there, back = await asyncio.open_connection("localhost", port)
                await asyncio.gather(_pour(reader, back), _pour(there, writer))
                return
        writer.close()

    def start(self) -> None:
        """Listen."""
        self._thread.start()
        self._listens.wait()

    def stop(self) -> None:
        """Drop all connections."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with suppress(OSError):
            while data := await reader.read(_CHUNK):
                writer.write(data)
                await writer.drain()
    finally:
        writer.close()


@contextmanager
def balanced() -> Iterator[Balancer]:
    """A balancer, while the block runs."""
    balancer = Balancer()
    balancer.start()
    try:
        yield balancer
    finally:
        balancer.stop()
