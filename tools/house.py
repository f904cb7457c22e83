"""`python -m tools.house`: how the house stands, measured from the code alone (AST): cycles, rooms, selects, names.

Printed as a table. `tests/tools/test_house.py` holds what CI looks at: none of these figures grows.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("app", "components", "demo", "models", "state")
QUERIES = frozenset({"queries", "policy", "subject", "subjects"})
"""Where in a noun a reading of the database may stand: in the modules of these names, or of a folder of that name.

The last two are the registry of subjects and its rows: who sees what, and how it is called."""
READINGS = frozenset({"select", "exists"})
"""What a reading is made with, by its names in SQLAlchemy and SQLModel."""
LIBRARIES = ("sqlalchemy", "sqlmodel")
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
        """`border.messages` for what is in that folder of models/; empty elsewhere, and for what puts all together.

        A noun's queries are the noun's, in one module or in a folder of several.
        """
        parts = self.path.relative_to(self.root).parts
        return ".".join(_noun(parts[1:-1])) if parts[0] == "models" else ""

    @property
    def is_for_readings(self) -> bool:
        """Whether a reading of the database may stand in it."""
        return not QUERIES.isdisjoint(self.path.relative_to(self.root).with_suffix("").parts)

    @cached_property
    def readings(self) -> int:
        """How many calls make a reading in it, whatever name their function bears there."""
        names = {
            alias.asname or alias.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(LIBRARIES)
            for alias in node.names
            if alias.name in READINGS
        }
        return sum(
            _is_reading(node.func, names) for node in ast.walk(self.tree) if isinstance(node, ast.Call)
        )

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
        """Calls in models/ that make a reading: those outside the modules of QUERIES, and all."""
        domain = [module for module in self.modules if module.name.startswith("models.")]
        outside = sum(module.readings for module in domain if not module.is_for_readings)
        return outside, sum(module.readings for module in domain)

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


def _is_reading(function: ast.expr, names: set[str]) -> bool:
    """`select` or what it was imported as; `sqlalchemy.select` or, of a module under another name, `sa.select`.

    `query.exists()` is not counted: the query that it is asked of is. Nor is a file's `path.exists()`.
    """
    if isinstance(function, ast.Attribute):
        return function.attr == "select" and isinstance(function.value, ast.Name)
    return isinstance(function, ast.Name) and function.id in names


def _noun(parts: Sequence[str]) -> Sequence[str]:
    """The folders down to a noun, without that of its queries."""
    return parts[:-1] if parts and parts[-1] == "queries" else parts


def _package_of(name: str, packages: set[str]) -> str:
    """The package of models/ in which that dotted name is; empty for what is elsewhere."""
    parts = name.split(".")
    inside = (
        [".".join(_noun(parts[1:end])) for end in range(len(parts), 1, -1)] if parts[0] == "models" else []
    )
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
