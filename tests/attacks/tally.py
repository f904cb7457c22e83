"""How many cells of the matrix were tried in this run, and how many leaked: printed at the end of it."""

from collections import Counter


class Tally:
    """Counts by kind of door."""

    def __init__(self) -> None:
        self._cells: Counter[str] = Counter()
        self._leaks: Counter[str] = Counter()

    def cell(self, door: str, *, leaked: bool) -> None:
        """One door, knocked at by one person in one situation."""
        self._cells[door] += 1
        self._leaks[door] += leaked

    def lines(self) -> list[str]:
        """One line per kind of door, then the sum."""
        if not self._cells:
            return []
        each = [f"{door}: {count} cells, {self._leaks[door]} leaks" for door, count in self._cells.items()]
        return [*each, f"matrix: {self._cells.total()} cells, {self._leaks.total()} leaks"]


TALLY = Tally()
