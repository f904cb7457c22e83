"""A newcomer's machine: a clone in an awkward place, an empty home, and nothing that an earlier run left."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.frontend.build import ROOT

SECONDS_TO_SET_UP = 540
"""Packages, front end and demonstration data, on a slow machine."""
_OURS = ("PASSAVANT_", "PYTEST_", "PYTHON", "REFLEX_", "__REFLEX_", "XDG_", "LC_", "MAKE", "MFLAGS")
_MARK = "NEWCOMER"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has just cloned the repository: where, and the environment of their shell."""

    checkout: Path
    environment: dict[str, str]
    log: Path

    @contextmanager
    def make(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """`make WORDS` without a terminal; whatever is left of it when the test leaves is killed."""
        with self.log.open("wb") as output:
            process = subprocess.Popen(
                ["make", *words],
                cwd=self.checkout,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                umask=0o077,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            for left in self.processes():
                with suppress(ProcessLookupError):
                    os.kill(left, 9)
            process.wait()

    def processes(self) -> list[int]:
        """The processes that descend from this person's shell, found by a mark in their environment."""
        mark = f"{_MARK}={self.environment[_MARK]}".encode()
        left = []
        for folder in Path("/proc").iterdir():
            with suppress(OSError):  # it has just ended, or is somebody else's
                if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                    left.append(int(folder.name))
        return left

    def wait(self, condition: Callable[[], bool], seconds: float, awaited: str) -> None:
        """Wait for a condition.

        Raises:
            AssertionError: with the end of the log, when it does not come in time.
        """
        deadline = time.monotonic() + seconds
        while not condition():
            log = self.log.read_text(errors="replace")[-4000:]
            assert time.monotonic() < deadline, f"{awaited}, still not after {seconds} s:\n{log}"
            time.sleep(0.1)


def arrive(folder: Path) -> Newcomer:
    """Clone this checkout, with what is not committed yet, under a path with a space and an accent."""
    checkout = folder / "Téléchargements récents" / "passavant"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
    for name in _changed():
        copy = checkout / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
        else:
            copy.unlink(missing_ok=True)
    home = folder / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    del kept["PATH"]
    places = os.pathsep.join(
        place for place in os.environ["PATH"].split(os.pathsep) if not place.startswith(str(ROOT))
    )
    told = {"HOME": str(home), "LANG": "C", "TZ": "Pacific/Chatham", "PATH": places, _MARK: str(folder)}
    told["PIP_NO_COMPILE"] = "1"  # ten seconds less; what is imported is compiled anyway
    return Newcomer(checkout, kept | told, folder / "log")


def python() -> str:
    """The Python that this environment was made from: the newcomer's `python3` may be another."""
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")


def _changed() -> list[str]:
    command = ["git", "ls-files", "-z", "--modified", "--others", "--deleted", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [name for name in listed.stdout.decode().split("\0") if name]
