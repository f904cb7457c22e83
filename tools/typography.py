"""French typography in the literals of the sources: `python -m tools.typography` says where it is wrong, `--fix` mends it.

No-break spaces before : ; ? ! » % € and units, and after «; typographic apostrophes; one sign for three dots. Texts
that go through models.kernel.french.typeset in the same expression are left as they are written.
"""

import argparse
import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("models", "state", "components", "app", "demo")
_NOT_FRENCH = (
    *(
        "app/cli.py",
        "app/commands/",
        "demo/cli.py",
        "demo/commands/",
        "demo/simulation/",
        "models/kernel/settings/co_owners.py",
    ),
    "app/http/server/limit_table.py",
    "app/http/partner_api/token.py",  # RFC 6749 allows ASCII alone in what is said of a refused token
)
_CODE = re.compile(r"=>|typeof |VACUUM |SELECT ")
_MARKS = (
    (re.compile(r" (?=[:;?!»%€](?:[^\w=]|$))"), "\\u00a0"),
    (re.compile(r"(?<=[0-9]) (?=[0-9]{3}\b)"), "\\u00a0"),
    (re.compile(r"(?<=«) "), "\\u00a0"),
    (re.compile(r"(?<=[0-9]) (?=(?:h|min|s|kg|ko|Mo)\b)"), "\\u00a0"),
    (re.compile(r"(?<=\b[cdjlmnst])'(?=\w)|(?<=qu)'(?=\w)|(?<=aujourd)'", re.IGNORECASE), "’"),
    (re.compile(r"(?<=u00a0h) (?=[0-9]{2}\b)"), "\\u00a0"),
    (re.compile(r"(?<=[^\W\d_])\.\.\.(?=\W|$)"), "…"),
)
_AFTER_A_VALUE = re.compile(r"^ (?=(?:h|min|kg|%|€)(?:\W|$))")
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Literal:
    """A string literal of a module, as its source writes it."""

    path: Path
    line: int
    start: int
    """Where it begins and ends in the text of the module, in characters."""
    end: int
    source: str

    @property
    def mended(self) -> str:
        """The same with the typography of French."""
        kind, quoted = re.split("(?=['\"])", self.source, maxsplit=1)
        if "r" in kind.lower() or "b" in kind.lower() or _CODE.search(quoted):
            return self.source
        if "f" not in kind.lower():
            return kind + _marked(quoted)
        return kind + "".join(
            part if is_code else _marked(_AFTER_A_VALUE.sub(r"\\u00a0", part) if rank else part)
            for rank, (part, is_code) in enumerate(_apart(quoted))
        )


def _marked(text: str) -> str:
    for pattern, sign in _MARKS:
        text = pattern.sub(lambda _match, sign=sign: sign, text)  # type: ignore[misc]
    return text


def _apart(source: str) -> list[tuple[str, bool]]:
    """An f-string as its words and its values, in turn: (text, whether it is a value)."""
    parts, depth, since = [], 0, 0
    for place, sign in enumerate(source):
        if sign == "{" and (depth or source[place + 1 : place + 2] != "{") and source[place - 1] != "{":
            if depth == 0:
                parts.append((source[since:place], False))
                since = place
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
            if depth == 0:
                parts.append((source[since : place + 1], True))
                since = place + 1
    return [*parts, (source[since:], False)]


def wrong(path: Path) -> list[Literal]:
    """The literals of a module whose typography is not that of French."""
    text = path.read_text(encoding="utf-8")
    offsets = [0]
    for line in text.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line))
    spared = set(_spared(ast.parse(text), text, offsets))
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        start, end = (offsets[row - 1] + column for row, column in (token.start, token.end))
        if token.type != tokenize.STRING or any(first <= start and end <= last for first, last in spared):
            continue
        one = Literal(path, token.start[0], start, end, token.string)
        if one.mended != one.source:
            found.append(one)
    return found


def _spared(tree: ast.Module, text: str, offsets: list[int]) -> Iterator[_Span]:
    """What is no text for people, or is typeset where it stands: docstrings, and the arguments of who typesets."""
    typesetters = {"typeset"} | {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "typeset(" in ast.unparse(node)
    }
    lines = text.splitlines(keepends=True)

    def place(row: int, column: int) -> int:  # ast counts bytes
        return offsets[row - 1] + len(lines[row - 1].encode()[:column].decode())

    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            spared: ast.expr | ast.stmt = node
        elif isinstance(node, ast.Call) and _name(node.func) in typesetters:
            spared = node
        else:
            continue
        yield (
            place(spared.lineno, spared.col_offset),
            place(spared.end_lineno or 0, spared.end_col_offset or 0),
        )


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def sources() -> Iterator[Path]:
    """The modules that speak French to people."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(_NOT_FRENCH):
                yield path


def main() -> int:
    """Say where, or mend it; 1 when something is wrong and stays so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true", help="write the right typography into the sources")
    fix = parser.parse_args().fix
    left = 0
    for path in sources():
        text = path.read_text(encoding="utf-8")
        for one in reversed(wrong(path)):
            print(f"{path.relative_to(ROOT)}:{one.line}: {one.source[:100]}")
            text, left = text[: one.start] + one.mended + text[one.end :], left + 1
        if fix:
            path.write_text(text, encoding="utf-8")
    return 0 if fix or not left else 1


if __name__ == "__main__":
    sys.exit(main())
