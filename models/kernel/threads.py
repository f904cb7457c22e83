"""Small pools of threads, each for one kind of work, so that what anybody can ask for holds up nothing else.

asyncio's own pool is shared by all that asks for a thread: a hundred and fifty PDFs at once kept who signed in waiting
for half a minute. Here each kind has threads of its own, and a queue that ends.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Busy(Exception):
    """So many ask for that kind of work already that one more would wait too long."""


class Pool:
    """Threads for one kind of work, made at first use.

    Args:
        name: the kind of work.
        threads: how much of it goes on at once.
        waiting: how much more may wait.
    """

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._name, self.threads, self.waiting = name, threads, waiting
        self._asked = 0
        self._executor: ThreadPoolExecutor | None = None
        _pools.append(self)

    async def run(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Do the work in a thread of this pool.

        Raises:
            Busy: when too much of it waits already.
        """
        if self._asked >= self.threads + self.waiting:
            raise Busy(self._name)
        if self._executor is None:
            self._executor = ThreadPoolExecutor(self.threads, thread_name_prefix=self._name)
        self._asked += 1
        try:
            call = partial(copy_context().run, partial(work, *args, **named))
            return await asyncio.get_running_loop().run_in_executor(self._executor, call)
        finally:
            self._asked -= 1

    def close(self) -> None:
        """End its threads, once they have done what they were given."""
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None


_pools: list[Pool] = []


def close_all() -> None:
    """End the threads of every pool: a server that forks afterwards would leave its child waiting for them."""
    for pool in _pools:
        pool.close()


passwords = Pool("passwords", threads=2, waiting=60)
"""Of 0.3 s each: whoever is let in waits for ten seconds at the most."""
documents = Pool("documents", threads=2, waiting=20)
"""PDFs, archives, workbooks, calendars."""
seals = Pool("seals", threads=1, waiting=100)
"""Documents that are drawn and sealed: each waits for a time-stamping authority, if there is one."""
health = Pool("health", threads=1, waiting=4)
"""What a supervisor asks for: it must answer while all others wait."""
files = Pool("files", threads=4, waiting=200)
"""Pieces of the files that people send, to the storage and back: of a quarter of a megabyte each."""
scans = Pool("scans", threads=1, waiting=4)
"""Files that are scanned, by the background tasks alone: a scanner may take a minute and a half."""
