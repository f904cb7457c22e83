"""What the tests of this folder counted, told at the end of the run."""

import pytest

TALLY: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that a reader of the run should see, not only that they pass."""
    for line in TALLY:
        terminalreporter.write_line(line)
