"""What tests counted, told at the end of the run: also when several processes shared it out."""

from collections import Counter
from typing import Any

import pytest

_LINES, _CELLS, _LEAKS = "tally_lines", "tally_cells", "tally_leaks"


class Tally:
    """Lines of figures, and the cells of the matrix by kind of door, with the leaks among them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._cells: Counter[str] = Counter()
        self._leaks: Counter[str] = Counter()

    def tell(self, line: str) -> None:
        """Figures that a reader of the run should see, not only that the test passes."""
        self._lines.append(line)

    def cell(self, door: str, *, leaked: bool) -> None:
        """One door, knocked at by one person in one situation."""
        self._cells[door] += 1
        self._leaks[door] += leaked

    def packed(self) -> dict[str, Any]:
        """All of it, as a process hands it to the one that shared the tests out."""
        return {_LINES: self._lines, _CELLS: dict(self._cells), _LEAKS: dict(self._leaks)}

    def add(self, packed: dict[str, Any]) -> None:
        """What another process counted."""
        self._lines += packed.get(_LINES, [])
        self._cells.update(packed.get(_CELLS, {}))
        self._leaks.update(packed.get(_LEAKS, {}))

    def lines(self) -> list[str]:
        """The lines, then one for each kind of door, then the sum of those."""
        if not self._cells:
            return self._lines
        each = [f"{door}: {count} cells, {self._leaks[door]} leaks" for door, count in self._cells.items()]
        return [*self._lines, *each, f"matrix: {self._cells.total()} cells, {self._leaks.total()} leaks"]


TALLY = Tally()


class TallyPlugin:
    """Brings the figures of every process to the end of the run."""

    @pytest.hookimpl
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """In a process that was given a share: hand the figures over."""
        handed = getattr(session.config, "workeroutput", None)
        if handed is not None:
            handed.update(TALLY.packed())

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """In the process that shared the tests out: take them in."""
        TALLY.add(getattr(node, "workeroutput", {}))

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say them."""
        for line in TALLY.lines():
            terminalreporter.write_line(line)
