"""Python runs this at the start of every process that the tests start, when they run at another clock than the machine's.

See tests/support/shifting.py. Nothing of the application is imported here: it is when `models.kernel.clock` is first asked for
that its clock is shifted.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from types import ModuleType

SHIFT = "TESTS_CLOCK_SHIFT"
"""The environment variable: by how many seconds our clock is ahead of the machine's."""


class _Shifted(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + timedelta(seconds=float(os.environ.get(SHIFT, "0")))


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        shift(module)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != "models.kernel.clock":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


def shift(clock: ModuleType) -> None:
    """Let that module, which is `models.kernel.clock`, ask the shifted clock."""
    vars(clock)["datetime"] = _Shifted


if SHIFT in os.environ:
    sys.meta_path.insert(0, _Finder())
