"""docs/vitals.md: the figures of tools/vitals.py, with how they were measured."""

from collections.abc import Iterator

from models.kernel import clock
from tools.vitals_browser import DOWN, ROUND_TRIP, SLOWER, UP, Visit
from tools.vitals_lighthouse import CATEGORIES, VERSION, Report

AIM = 250_000
"""Bytes that a page may weigh in all on the first visit; for `/` and `/suivi`, a test holds it."""


def figures(visit: Visit) -> str:
    """One line about one visit."""
    return (
        f"{visit.total / 1000:.0f} kB in {len(visit.sizes)} answers, largest paint "
        f"{visit.largest_paint / 1000:.2f} s ({visit.what}), filled {visit.ready / 1000:.2f} s, shift {visit.shift:.3f}, slowest {visit.slowest:.0f} ms"
    )


def written(visits: list[Visit], reports: list[Report], machine: str) -> str:
    """The whole page, as Markdown."""
    return "\n".join([*_how(machine), *_visited(visits), *_reported(reports), ""])


def _how(machine: str) -> Iterator[str]:
    yield "# First load"
    yield ""
    yield f"Written by `make vitals` on {clock.now():%Y-%m-%d}: {machine}."
    yield ""
    yield (
        f"Each page is opened cold, by a Chromium that has never been there, on a phone's screen (390 × 844): "
        f"{DOWN * 8 / 1e6:g} Mbit/s down, {UP * 8 / 1e6:g} up, {ROUND_TRIP} ms more for each request, computing "
        f"{SLOWER} times slower than this machine. Sizes are what travelled, headers included, until a second after "
        "the network is quiet; what the websocket brought is counted as text, before its own compression. Layout "
        "shift is the sum of all shifts, never less than the metric. The slowest answer is that of a tap, four keys "
        "and five steps with Tab: next paint after the longest of them. The largest paint is of what stands in the "
        "page's HTML, before any script has run, unless something larger comes; « filled » is when the last skeleton "
        "has given way to facts, which no metric of the web looks at and people wait for."
    )
    yield ""
    yield "Aims: 250 kB for `/` and `/suivi`, largest paint 2.5 s, next paint 200 ms, shift 0.1."
    yield ""


def _visited(visits: list[Visit]) -> Iterator[str]:
    yield "| page | in all | largest paint | filled | layout shift | slowest answer |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for one in visits:
        yield (
            f"| `{one.path}` | {one.total / 1000:.0f} kB | {one.largest_paint / 1000:.2f} s | {one.ready / 1000:.2f} s | {one.shift:.3f} | "
            f"{one.slowest:.0f} ms |"
        )


def _reported(reports: list[Report]) -> Iterator[str]:
    if not reports:
        return
    yield ""
    yield "## Lighthouse"
    yield ""
    yield f"Version {VERSION}, its phone profile (simulated slow 4G, 4 times slower), one run each."
    yield ""
    yield f"| page | {' | '.join(name.replace('-', ' ') for name in CATEGORIES)} | what cost points |"
    yield f"| --- | {' | '.join('---' for _ in CATEGORIES)} | --- |"
    for one in reports:
        scores = " | ".join(str(one.scores[name]) for name in CATEGORIES)
        yield f"| `{one.path}` | {scores} | {'; '.join(one.held_against)} |"
