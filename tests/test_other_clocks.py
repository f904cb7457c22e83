"""What speaks of days and hours, at other instants than the one when the suite is run (COM-23).

Each file at one of them, in turn; `make dated` tries all at each.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.frontend.build import ROOT
from tests.support.shifted.sitecustomize import SHIFT
from tests.support.shifting import CLOCKS, DATED

_HOLD_THE_CLOCK = (
    "tests/demo/commands/test_demo",
    "tests/demo/simulation",
    "tests/models/signals/alerts/test_days",
    "tests/state/kit/test_arguments",
)
"""Those that say themselves which day it is, at more instants than these, and those that no day changes."""


def _files() -> Iterator[Path]:
    for beginning in DATED:
        place = ROOT / beginning
        found = place.rglob("test_*.py") if place.is_dir() else place.parent.glob(f"{place.name}*.py")
        for path in found:
            if not path.relative_to(ROOT).as_posix().startswith(_HOLD_THE_CLOCK):
                yield path


@pytest.mark.parametrize(
    "share", [len(CLOCKS), pytest.param(1, marks=pytest.mark.soak)], ids=["in turn", "all"]
)
@pytest.mark.parametrize("instant", CLOCKS)
def test_com_23_what_is_dated_holds_at_any_instant(instant: str, share: int) -> None:
    """COM-23: a Sunday night, the last minutes of a year, the night when an hour is left out."""
    words = ["-q", "-p", "no:cacheprovider", "-m", "not browser and not postgres", "--clock", instant]
    outer = ("PYTEST_", SHIFT)  # what this run was told, its own clock included
    environment = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    files = sorted({str(path) for path in _files()})[CLOCKS.index(instant) % share :: share]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, *files],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-20_000:]
