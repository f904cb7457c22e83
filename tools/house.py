"""`python -m tools.house`: how the house stands, measured from the code alone (AST): cycles, rooms, selects, names.

Printed as a table. `tests/tools/test_house.py` holds what CI looks at: none of these figures grows.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("app", "components", "demo", "models", "state")
QUERIES = frozenset({"queries.py", "policy.py"})
"""The modules of a noun in which a reading of the database may stand."""
VAGUE = frozenset(
    {"one", "it", "found", "said", "told", "mine", "its", "theirs", "them", "given", "made", "done"}
)
"""Names that say nothing of the thing."""


@dataclass(frozen=True)
class Module:
    """One of our modules, read."""

    path: Path
    root: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """`models.journal.record`"""
        dotted = ".".join(self.path.relative_to(self.root).with_suffix("").parts)
        return dotted.removesuffix(".__init__")

    @property
    def package(self) -> str:
        """`border.messages` for what is in that folder of models/; empty elsewhere, and for what puts all together."""
        parts = self.path.relative_to(self.root).parts
        return ".".join(parts[1:-1]) if parts[0] == "models" else ""

    @cached_property
    def imports(self) -> set[str]:
        """The dotted names that it imports, wherever in it."""
        named: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        return named


class House:
    """The layers, and what is measured of them."""

    def __init__(self, root: Path = ROOT) -> None:
        paths = sorted(path for layer in LAYERS for path in (root / layer).rglob("*.py"))
        self.root = root
        self.modules = [Module(path, root, ast.parse(path.read_text())) for path in paths]

    def pairs(self) -> list[tuple[str, str]]:
        """Two packages of models/ that import each other: contexts (`border`), and their nouns (`border.messages`)."""
        return sorted(
            {
                (a, b)
                for graph in (self._graph(1), self._graph())
                for a in graph
                for b in graph[a]
                if a < b and a in graph.get(b, set())
            }
        )

    def knots(self) -> list[list[str]]:
        """Packages of models/ each of which leads to all the others of its knot, the largest knot first."""
        graph = self._graph()
        reach = {name: _reached(graph, name) for name in graph}
        knots = {tuple(sorted(b for b in graph if b in reach[a] and a in reach[b])) for a in graph}
        return sorted((list(knot) for knot in knots if len(knot) > 1), key=len, reverse=True)

    def _graph(self, depth: int | None = None) -> dict[str, set[str]]:
        """Which package of models/ imports which, each named by `depth` of its folders at most."""
        packages = {m.package for m in self.modules if m.package}
        graph: dict[str, set[str]] = {}
        for module in self.modules:
            if module.package:
                own = ".".join(module.package.split(".")[:depth])
                imported = {_package_of(name, packages) for name in module.imports}
                others = {".".join(name.split(".")[:depth]) for name in imported if name}
                graph.setdefault(own, set()).update(others - {own})
        return graph

    def rooms(self) -> list[tuple[int, str]]:
        """How many modules each folder holds, the fullest first."""
        counted = Counter(
            module.path.parent.relative_to(self.root).as_posix()
            for module in self.modules
            if module.path.name != "__init__.py"
        )
        return sorted(((number, folder) for folder, number in counted.items()), reverse=True)

    def selects(self) -> tuple[int, int]:
        """Calls of `select` in models/: those outside the modules of QUERIES, and all."""
        where = [
            module.path.name
            for module in self.modules
            if module.name.startswith("models.")
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "select"
        ]
        return sum(name not in QUERIES for name in where), len(where)

    def coroutines(self) -> int:
        """`async def` in models/."""
        return sum(
            isinstance(node, ast.AsyncFunctionDef)
            for module in self.modules
            if module.name.startswith("models.")
            for node in ast.walk(module.tree)
        )

    def names(self) -> tuple[int, int]:
        """Bindings (arguments, variables, targets) in all layers: those of VAGUE, and all."""
        bound = [name for module in self.modules for name in _bound(module.tree)]
        return sum(name in VAGUE for name in bound), len(bound)


def _package_of(name: str, packages: set[str]) -> str:
    """The package of models/ in which that dotted name is; empty for what is elsewhere."""
    parts = name.split(".")
    inside = [".".join(parts[1:end]) for end in range(len(parts), 1, -1)] if parts[0] == "models" else []
    return next((package for package in inside if package in packages), "")


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in graph.get(waiting.pop(), ()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen


def _bound(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def main() -> None:
    """Print the table."""
    house = House()
    outside, selects = house.selects()
    vague, names = house.names()
    knots = house.knots()
    rows = {
        "pairs of packages of models/ that import each other": str(len(house.pairs())),
        "packages in the largest knot": str(len(knots[0]) if knots else 0),
        "modules in one folder, fullest first": ", ".join(
            f"{folder} {number}" for number, folder in house.rooms()[:6]
        ),
        "`async def` in models/": str(house.coroutines()),
        "`select(` outside queries and policies": f"{outside} of {selects}",
        "names that say nothing of the thing": f"{vague} of {names}, {vague / names:.1%}",
    }
    for what, figure in rows.items():
        print(f"| {what} | {figure} |")


if __name__ == "__main__":
    main()
