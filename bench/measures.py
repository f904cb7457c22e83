"""What every measurement shares: interleaved repetitions, medians, tables, and results kept as JSON.

The machine may be shared with others: what is compared is measured in turn (A B A B…), in the same minute, and
CPU time counts before elapsed time. CPU time is this process's own, all its threads together, unless told.
"""

import json
import os
import platform
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
console = Console(highlight=False)
_shown: list[dict[str, Any]] = []
"""The tables since the last `keep`."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one unit of work took, in seconds."""

    cpu: float
    wall: float


@dataclass(slots=True)
class Samples:
    """Repeated costs of one thing."""

    costs: list[Cost] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """Median CPU time, seconds."""
        return median(cost.cpu for cost in self.costs)

    @property
    def wall(self) -> float:
        """Median elapsed time, seconds."""
        return median(cost.wall for cost in self.costs)


async def cost_of(work: Callable[[], Awaitable[Any]], units: int = 1) -> Cost:
    """What `work` took, divided by the `units` that it does."""
    cpu, wall = time.process_time(), time.perf_counter()
    await work()
    return Cost((time.process_time() - cpu) / units, (time.perf_counter() - wall) / units)


def progress() -> Progress:
    """The bar that each measurement shows."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def machine() -> dict[str, Any]:
    """Where figures were taken: they only compare with others of the same run."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),  # the real clock, on purpose
        "cores": os.cpu_count(),
        "memory_gib": round(memory),
        "load": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
        "system": platform.system(),
    }


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; the first column is words, the others figures."""
    table = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index else "left")
    for row in rows:
        table.add_row(*map(str, row))
    console.print(table)
    _shown.append({"title": title, "columns": list(columns), "rows": [list(map(str, row)) for row in rows]})


def keep(name: str, figures: Mapping[str, Any] | Sequence[Any], *, quick: bool) -> None:
    """Write the figures to bench/results/NAME.json, with the tables shown, the machine and the moment."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    kept = {"machine": machine(), "quick": quick, "figures": figures, "tables": _shown}
    path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    _shown.clear()
    console.print(f"Written: bench/results/{path.name}\n")


def ms(seconds: float) -> str:
    """`1.24 ms`"""
    return f"{seconds * 1000:.2f} ms"


def verdict(ratio: float, aim: float, *, at_least: bool = False) -> str:
    """The ratio, and whether it meets its aim: `0.41 (aim ≥ 0.3: met)`."""
    met = ratio >= aim if at_least else ratio <= aim
    return f"{ratio:.2f} (aim {'≥' if at_least else '≤'} {aim:g}: {'met' if met else 'NOT met'})"
