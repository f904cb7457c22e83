"""Lighthouse, run on one page after another with the Node.js of the virtual environment."""

import json
import subprocess
from dataclasses import dataclass
from typing import cast

from app.frontend.build import environment
from tests.support import chromium

VERSION = "13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices")
_FAILS_BELOW = 0.9
_TRIES = 3
"""Chromium loses the start of the trace now and then (NO_NAVSTART)."""


@dataclass(frozen=True)
class Report:
    """The scores of one page, out of 100, and what kept them from it."""

    path: str
    scores: dict[str, int]
    largest_paint: int
    """Milliseconds, as Lighthouse simulates them."""
    held_against: list[str]


def report(address: str, path: str, browser: str) -> Report:
    """Lighthouse's phone profile on one page.

    Raises:
        RuntimeError: when Lighthouse says why it cannot.
    """
    words = [
        *("npx", "--yes", f"lighthouse@{VERSION}", f"{address}{path}"),
        *("--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"),
        f"--chrome-flags=--headless=new {' '.join(chromium.FLAGS)}",
    ]
    variables = environment() | {"CHROME_PATH": browser}
    said = ""
    for _ in range(_TRIES):
        done = subprocess.run(words, env=variables, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode == 0:
            return _read(path, json.loads(done.stdout))
        said = done.stderr[-600:]
    raise RuntimeError(f"Lighthouse on {path}: {said}")


def _read(path: str, told: dict[str, dict[str, dict[str, object]]]) -> Report:
    scores = {name: round(100 * float(str(told["categories"][name]["score"] or 0))) for name in CATEGORIES}
    audits = told["audits"]
    named = {ref["id"] for name in CATEGORIES for ref in _weighed(told["categories"][name])}
    held = [
        f"{audit['title']} {audit.get('displayValue') or ''}".strip()
        for key, audit in audits.items()
        if key in named and audit["score"] is not None and float(str(audit["score"])) < _FAILS_BELOW
    ]
    paint = round(float(str(audits["largest-contentful-paint"].get("numericValue") or 0)))
    return Report(path, scores, paint, held)


def _weighed(category: dict[str, object]) -> list[dict[str, str]]:
    return [ref for ref in cast(list[dict[str, str]], category["auditRefs"]) if float(ref["weight"]) > 0]
