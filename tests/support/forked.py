"""Programs in a process of their own, forked from one that has imported what they need: seconds less for each.

What is run is the program itself, under its own environment, arguments and output. What only a process that starts
from nothing shows (that a command imports what it needs) is tried by tests/test_commands.py with `subprocess`.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext
from pathlib import Path

from app.frontend.build import ROOT

_SECONDS = 300
_IMPORTED = [
    "app.commands.backup",
    "demo.commands.history",
    "app.commands.replay",
    "app.commands.service_alerts",
    "app.commands.verify_journal",
    "app.migration",
    "pytest",
    "tests.factories",
    "tests.support.appointments",
    "tests.support.figures",
    "tests.support.racing",
    "tests.support.served",
]
"""What the programs import: a module that is missing here costs time, and no more."""


def context() -> ForkServerContext:
    """Makes processes that are forked from the one that has imported everything, which starts at first use."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(_IMPORTED)
    return made


def run(module: str, *words: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """`python -m module words…` to its end; its status and output are for the test to judge.

    Raises:
        TimeoutExpired: after five minutes; the process is killed.
    """
    with tempfile.TemporaryDirectory(prefix="passavant-forked-") as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = context().Process(target=_live, args=(module, words, dict(environment), out, err))
        process.start()
        process.join(_SECONDS)
        if process.is_alive():
            process.kill()
            raise subprocess.TimeoutExpired([module, *words], _SECONDS)
        status = process.exitcode or 0
        process.close()
        return subprocess.CompletedProcess([module, *words], status, out.read_text(), err.read_text())


def _live(module: str, words: tuple[str, ...], environment: dict[str, str], out: Path, err: Path) -> None:
    from models.kernel.settings.portal import settings

    for number, path in ((1, out), (2, err)):
        file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    settings.cache_clear()
    sys.argv = [module, *words]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
