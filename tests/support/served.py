"""The real application in processes of its own, as an operator would start it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from app.frontend.build import ROOT, build
from tests.support import forked

PASSWORD = "Passavant-2026!"
_DATABASE = "passavant.db"
_SECONDS_TO_START, _SECONDS_TO_STOP = 180, 20
"""Limits, wide enough for a slow machine."""


@dataclass
class ServedApp:
    """A running Passavant."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a `passavant` command on this application's data."""
        return passavant(*words, environment=self.environment)


def passavant(*words: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a `passavant` command to its end; its status and output are for the test to judge."""
    return forked.run("demo.cli", *words, environment=environment)


def clean_environment(**settings: str) -> dict[str, str]:
    """The environment without any PASSAVANT_ setting but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PASSAVANT_")}
    return kept | settings


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data: Path, *, workers: int = 1, **settings: str) -> Iterator[ServedApp]:
    """Serve on a free port with `data` as data folder: migrated, with the demonstration's accounts.

    Their passwords are cheap to check.
    """
    build()
    port = free_port()
    url = f"http://localhost:{port}"
    fixed = {"PASSAVANT_DATA_DIR": str(data), "PASSAVANT_PUBLIC_URL": url, "PASSAVANT_DEMO": "1"}
    environment = clean_environment(**(fixed | settings))
    _prepare(data, environment)
    log = data / f"serve-{port}.log"
    words = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--workers", str(workers)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    served = ServedApp(url, data, log, process, environment)
    try:
        _wait_until_alive(served)
        yield served
    finally:
        end_group(process)


def _prepare(data: Path, environment: dict[str, str]) -> None:
    if "PASSAVANT_DATABASE_URL" in environment:
        _fill(environment)
    elif not (data / _DATABASE).exists():
        shutil.copytree(_prepared().name, data, dirs_exist_ok=True)


@cache
def _prepared() -> tempfile.TemporaryDirectory[str]:
    """A data folder to copy, filled once."""
    folder = tempfile.TemporaryDirectory(prefix="passavant-prepared-")
    _fill(clean_environment(PASSAVANT_DATA_DIR=folder.name, PASSAVANT_DEMO="1"))
    return folder


def _fill(environment: dict[str, str]) -> None:
    done = forked.run("tests.support.prepared", environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def _wait_until_alive(served: ServedApp) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while served.process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{served.url}/health/live", timeout=2):
                return
        except urllib.error.HTTPError:
            return  # it answers; /health/live itself has its own test
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the application did not start:\n{tail(served.log)}")


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started; a process that had to be killed is a failure."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_SECONDS_TO_STOP)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def tail(log: Path) -> str:
    """The end of a log."""
    return log.read_text(errors="replace")[-4000:] if log.exists() else "(no log)"


@pytest.fixture(scope="session")
def served_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    """One application for all the tests that only need one; its log is printed when they fail."""
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served
