"""The whole suite at another clock than the machine's: `make test CLOCK=2026-12-31T23:58+01:00`.

The clock starts there and goes on. It is that of this process, of every Python that it starts (through
tests/support/shifted/sitecustomize.py, which Python itself runs) and of the browsers' pages. The application has no
switch for it: `models.clock` is the only place where it asks for the time.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext

from models import clock
from tests.support.shifted.sitecustomize import SHIFT, shift

machine_clock = pytest.mark.skipif(
    SHIFT in os.environ, reason="a program that is not ours tells the machine's time"
)
"""Decorates a test that compares our clock with that of another program."""
_HOOK = Path(__file__).with_name("shifted")
_IN_PAGES = """(() => {
  const Machine = Date, shift = %d;
  window.Date = class extends Machine {
    constructor(...told) { told.length ? super(...told) : super(Machine.now() + shift); }
    static now() { return Machine.now() + shift; }
  };
})()"""


def add_option(parser: pytest.Parser) -> None:
    """`--clock`."""
    parser.addoption(
        "--clock", default="", metavar="INSTANT", help="begin at that instant, e.g. 2026-12-31T23:58+01:00"
    )


def begin(config: pytest.Config) -> None:
    """Shift the clock, if it was asked for: once for all the processes among which the tests are shared out."""
    asked = config.getoption("--clock")
    if asked and SHIFT not in os.environ:
        at = datetime.fromisoformat(asked)
        if at.tzinfo is None:
            raise pytest.UsageError(f"--clock {asked}: say its offset, e.g. {asked}+01:00")
        os.environ[SHIFT] = str((at - datetime.now(UTC)).total_seconds())
        paths = [str(_HOOK), *filter(None, [os.environ.get("PYTHONPATH")])]
        os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    if SHIFT in os.environ:
        shift(clock)


async def in_pages(context: BrowserContext) -> None:
    """The same clock in the pages of that browser."""
    if SHIFT in os.environ:
        await context.add_init_script(_IN_PAGES % round(float(os.environ[SHIFT]) * 1000))
