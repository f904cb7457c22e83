"""Every door there is, from the registries themselves: HTTP routes, and the kinds of fact in the journal."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from app.app import app
from app.frontend.build import ROOT
from app.http.server import api
from models.border.messages.rules import MessageStatus

_WRITERS = {
    "record": 1,
    "record_at_once": 1,
    "record_of": 1,
    "_record": 1,
    "settle": 3,
    "journal": 3,
    "_enter": 2,
    "tell": 2,
    "Transition": 3,
    "announce": 2,
    "_changed": 3,
    "_write_down": 1,
}
"""Functions that write the journal, and which of their arguments is the kind."""
_COMPUTED = {
    "message.": [status.value for status in MessageStatus],
}
"""Kinds that are put together: how they begin, and how they may end."""

Route = tuple[str, str]


def routes() -> set[Route]:
    """Method and path of every HTTP route that is served: ours, and those of Reflex."""
    assert app._api is not None
    return set(_flat(api.build().routes)) | set(_flat(app._api.routes))


def _flat(found: list[Any], prefix: str = "") -> Iterator[Route]:
    for one in found:
        inner = getattr(one, "original_router", None)
        if inner is not None:  # how FastAPI keeps a router that was included
            yield from _flat(inner.routes, prefix + one.include_context.prefix)
            continue
        methods = getattr(one, "methods", None) or {"MOUNT"}
        for method in methods - {"HEAD", "OPTIONS"}:
            yield method, prefix + one.path


@cache
def kinds() -> list[str]:
    """Every kind of fact that the code writes into the journal; read once, as the code does not change meanwhile."""
    files = [path for folder in ("app", "demo", "models") for path in (ROOT / folder).rglob("*.py")]
    return sorted({kind for path in files for kind in _kinds_in(path)})


def _kinds_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    names = dict(_assigned(tree))
    for call in ast.walk(tree):
        name = getattr(call.func, "id", "") if isinstance(call, ast.Call) else ""
        if isinstance(call, ast.Call) and name in _WRITERS and len(call.args) > _WRITERS[name]:
            yield from _values(call.args[_WRITERS[name]], names, path)


def _assigned(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """What each name of the file is set to; of several times, the last."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            match target, node.value:
                case ast.Name(id=name), value:
                    yield name, value
                case ast.Tuple(elts=names), ast.Tuple(elts=values):
                    pairs = zip(names, values, strict=True)
                    yield from ((one.id, to) for one, to in pairs if isinstance(one, ast.Name))


def _values(node: ast.expr, names: dict[str, ast.expr], path: Path) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(kind)):
            yield kind
        case ast.IfExp(body=body, orelse=orelse):
            yield from _values(body, names, path)
            yield from _values(orelse, names, path)
        case ast.BoolOp(values=either):
            for one in either:
                yield from _values(one, names, path)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if start in _COMPUTED:
            yield from (start + end for end in _COMPUTED[start])
        case ast.Name(id=name) if name in names:
            yield from _values(names[name], {}, path)
        case ast.Name(id="kind") | ast.Attribute(attr="kind"):
            return  # handed on by a caller, which is read as well
        case _:
            raise AssertionError(
                f"{path}:{node.lineno}: which kind of fact is this? Tell tests/attacks/registry.py"
            )
