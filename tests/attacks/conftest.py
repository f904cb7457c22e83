"""The demonstration's people, and the count of what was tried against them."""

import pytest

from tests.attacks.tally import TALLY
from tests.state.fixtures import pipeline, sqlite_template, world

__all__ = ["pipeline", "sqlite_template", "world"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was tried, and what came through."""
    for line in TALLY.lines():
        terminalreporter.write_line(line)
