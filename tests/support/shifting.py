"""The whole suite at another clock than the machine's: `make test CLOCK=2026-12-31T23:58+01:00`.

The clock starts there and goes on. It is that of this process, of every Python that it starts (through
tests/support/shifted/sitecustomize.py, which Python itself runs) and of the browsers' pages. The application has no
switch for it: `models.kernel.clock` is the only place where it asks for the time.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext

from models.kernel import clock
from tests.support.shifted.sitecustomize import SHIFT, shift

DATED = (
    "tests/demo/commands/test_demo",
    "tests/app/http/browser/test_accounts",
    "tests/app/http/partner_api/test_appointments",
    "tests/app/http/downloads/test_calendars",
    "tests/app/http/downloads/test_dashboard",
    "tests/app/http/browser/test_links",
    "tests/app/http/browser/test_session",
    "tests/app/http/partner_api/test_slots",
    "tests/app/http/browser/test_teleservices",
    "tests/app/http/browser/test_terms",
    "tests/app/http/partner_api/test_token",
    "tests/demo/simulation",
    "tests/app/test_watch_alerts",
    "tests/models/signals/alerts",
    "tests/state/test_a",
    "tests/state/scheduling/test_booking",
    "tests/state/dashboard/test_dashboard",
    "tests/state/identity/test_email_links",
    "tests/state/border/test_expectations",
    "tests/state/border/test_handling",
    "tests/state/kit/test_live",
    "tests/state/signals/test_notice_settings",
    "tests/state/signals/test_notifications",
    "tests/state/scheduling/test_offer",
    "tests/state/scheduling/test_planning",
    "tests/state/border/test_recording",
    "tests/state/kit/test_rights",
    "tests/state/border/test_rows",
    "tests/state/signals/test_service_banner",
)
"""How the files begin whose tests see the clock go, and speak of days and hours (tests/test_other_clocks.py)."""
CLOCKS = ("2026-12-06T23:30+01:00", "2026-12-31T23:58+01:00", "2027-03-28T01:58+01:00")
"""A Sunday night, the last minutes of a year, and the night when an hour is left out."""
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
