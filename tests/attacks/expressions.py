"""Every regular expression of the code, found in the code, and run on what makes such things slow: a script.

Run by tests/attacks/test_expressions.py. Each expression has a fork of its own, and reads each text at two lengths: four
times the length costs an expression that reads the text once four times the processor time, and sixteen times one that
begins anew at each character, on any machine. It tells linear from quadratic, not fast from faster.
"""

import ast
import gc
import importlib
import json
import os
import re
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.frontend.build import ROOT
from tests.attacks.pumping import hostile_texts

FOLDERS = ("app", "components", "demo", "models", "state")
SIZE, GROWTH = 40_000, 4
"""Characters of a text, unless LONGEST says less; how many times those of the shorter one."""
WORSE, LEAST, TIMES = 8, 0.005, 3
"""By how many times more is worse than linear; seconds of processor time below which nothing is measured; how often it
must be so in a row."""
SECONDS = 1
"""Of processor time, for what is exponential."""
_RUNS = ("match", "fullmatch", "search", "findall", "finditer", "sub", "subn", "split")
LONGEST: dict[str, tuple[int, str]] = {
    "app/http/server/delivery.py:_INLINE": (0, "the pages that we built"),
    "models/kernel/settings/portal.py:_MAILBOX": (0, "the settings of who runs the portal"),
    "demo/writers/wco.py:_STEP": (0, "paths written in the code"),
}
"""Expressions that meet no text of others, or texts of so many characters at most, and why."""


Runs = dict[tuple[Path | None, str], set[str]]
"""The methods called on what bears a name: in that module when the name is its own (`_…`), or anywhere."""


@dataclass(frozen=True)
class Expression:
    """A compiled expression, by the name that it bears, and how it is run."""

    name: str
    pattern: re.Pattern[str] | re.Pattern[bytes]
    runs: frozenset[str]


def expressions() -> list[Expression]:
    """All of them, in order.

    Raises:
        AssertionError: for one that cannot be told from the code; give it a name at the top of its module.
    """
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    trees = {path: ast.parse(path.read_text()) for path in paths}
    runs = _runs(trees)
    return [one for path, tree in trees.items() for one in _of_module(path, tree, runs)]


def _of_module(path: Path, tree: ast.Module, runs: Runs) -> Iterator[Expression]:
    where = path.relative_to(ROOT).as_posix()
    named = {
        id(node.value): _name(node) for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        function = _of_re(call.func)
        if function == "compile":
            name = named.get(id(call))
            assert name, f"{where}:{call.lineno}: an expression without a name at the top of its module"
            module = importlib.import_module(where.removesuffix(".py").replace("/", "."))
            used = runs.get((path if name.startswith("_") else None, name), _RUNS)
            yield Expression(f"{where}:{name}", getattr(module, name), frozenset(used))
        elif function in _RUNS:
            text = getattr(call.args[0], "value", None)
            assert isinstance(text, str), f"{where}:{call.lineno}: an expression that is put together"
            yield Expression(f"{where}:{call.lineno}", re.compile(text), frozenset({function}))


def _of_re(function: ast.expr) -> str:
    match function:
        case ast.Attribute(value=ast.Name(id="re"), attr=attr):
            return attr
    return ""


def _name(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else ""


def _runs(trees: dict[Path, ast.Module]) -> Runs:
    found: Runs = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in _RUNS:
                    found.setdefault((path if name.startswith("_") else None, name), set()).add(attr)
    return found


def main() -> None:
    """Print one JSON line for each expression: its name, and the texts that it was too slow for."""
    for one in expressions():
        longest = LONGEST.get(one.name, (SIZE, ""))[0]
        if longest:
            print(json.dumps({"name": one.name, "slow": _slow(one, longest)}), flush=True)


def _slow(one: Expression, longest: int) -> list[str]:
    """The first text, by its beginning, that the expression does not get through; none is best.

    Each of several children must fail: what is slow is so in all of them, a machine that was busy in one.
    """
    text: list[str] = []
    for _ in range(TIMES):
        text = _slow_in_a_child(one, longest)
        if not text:
            break
    return text


def _slow_in_a_child(one: Expression, longest: int) -> list[str]:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        _run(one, longest, write_end)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        last = told.read().splitlines()
    _, status = os.waitpid(child, 0)
    return last[-1:] if status else []


def _run(one: Expression, longest: int, told: int) -> None:
    gc.disable()  # it would read all that this process holds, more often for a longer text
    try:
        shorter = hostile_texts(one.pattern, longest // GROWTH)
        for text, short in zip(hostile_texts(one.pattern, longest), shorter, strict=True):
            os.write(told, (repr(text[:60]) + "\n").encode())
            used = resource.getrusage(resource.RUSAGE_SELF)
            limit = int(used.ru_utime + used.ru_stime) + SECONDS + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
            for method in sorted(one.runs):
                if all(_worse(one.pattern, method, short, text) for _ in range(TIMES)):
                    os._exit(1)
    except BaseException:  # noqa: BLE001 - a fork must not go on as its parent
        os._exit(1)
    os._exit(0)


def _worse(pattern: "re.Pattern[str] | re.Pattern[bytes]", method: str, short: str, text: str) -> bool:
    then = _cost(pattern, method, text)
    return then > LEAST and then > WORSE * _cost(pattern, method, short)


def _cost(pattern: "re.Pattern[str] | re.Pattern[bytes]", method: str, text: str) -> float:
    """Seconds of processor time."""
    begun = time.process_time()
    given: str | bytes = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    words = ("",) if isinstance(given, str) else (b"",)
    done = getattr(pattern, method)(*(words if method in ("sub", "subn") else ()), given)
    if method == "finditer":
        list(done)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
