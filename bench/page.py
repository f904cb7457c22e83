"""The figures of the last runs on one page, with how to read them: bench/results/index.md."""

import json
from typing import Any

from bench.measures import RESULTS, console

PAGE = RESULTS / "index.md"
_HEAD = """# Measurements

What was measured, against what, and which aims there are: [bench/README.md](../README.md).

- Only ratios travel: milliseconds and megabytes are those of the machine named under each title. A figure compares with
  figures of the same table.
- CPU is what the processes computed; elapsed time counts waiting for others too. Medians, unless it says p95.
- `met` and `NOT met` judge the aim on that machine. A run with `--quick` shows that it works: conclude nothing from it.
- Load is that of the machine when the run ended: above its number of cores, others were working, and elapsed
  times are theirs as much as ours.
"""


def write(names: tuple[str, ...]) -> None:
    """The page, of every measurement of which there are results, in that order."""
    kept = [(name, RESULTS / f"{name}.json") for name in names]
    told = [_section(name, json.loads(path.read_text())) for name, path in kept if path.exists()]
    PAGE.write_text("\n".join([_HEAD, *told]))
    console.print(f"All of it, on one page: bench/results/{PAGE.name}")


def _section(name: str, kept: dict[str, Any]) -> str:
    machine = kept["machine"]
    quick = ", **with --quick**" if kept["quick"] else ""
    where = (
        f"{machine['at'][:10]}{quick}: {machine['cores']} cores, {machine['memory_gib']} GB, {machine['system']}, "
        f"Python {machine['python']}, load {' / '.join(map(str, machine['load']))}."
    )
    return "\n".join([f"## {name}", "", where, "", *map(_table, kept.get("tables", []))])


def _table(table: dict[str, Any]) -> str:
    rows = [table["columns"], ["---"] * len(table["columns"]), *table["rows"]]
    return "\n".join([f"**{table['title']}**", "", *("| " + " | ".join(row) + " |" for row in rows), ""])
