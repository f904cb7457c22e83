"""What the pages name in backquotes, and what the sources define.

A page names a thing in one of these ways, and each is held to what the sources say:

| written | means |
| --- | --- |
| `models/x/y.py` | that file or folder, from the root |
| `y.py` | a file of that name, wherever it is |
| `models/x/y.py` `name`, `Class.other` | what that file defines; a colon may stand between, and `name(…)` is `name` |
| `y.name` | what a module or a class of that name defines, or a kind of the journal's entries |
| `models.x.y`, `models.x.y.name` | a module, and what it defines |
| `name`, `name(…)`, `theirs.name` | what stands in the sources, word for word: a column, a kind of test, somebody else's function |

An example that the sources do not have stands in a code block of its page: what is named there may be named beside it.
"""

import ast
import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from models.journal.kinds import KINDS
from tools.print_settings import names

ROOT = Path(__file__).parents[2]
TOPS = (
    *("app", "assets", "bench", "components", "demo", "deploy", "docs", "fuzz"),
    *("migrations", "models", "state", "tests", "tools"),
)
PAGES = [path for top in ("*.md", "docs/**/*.md", "*/README.md") for path in sorted(ROOT.glob(top))]

BLOCK = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(rf"(?:{'|'.join(TOPS)})/[\w./-]*")
_FILE = re.compile(r"[\w-]+\.(?:py|js|css|toml|lock|md)")
_NAME = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\(.*\))?")
_BESIDE = re.compile(r":?\s")
_NEXT = re.compile(r",\s|\s(?:and|or)\s")
_WORD = re.compile(r"[A-Za-z_]\w*")
_SOURCES = (".py", ".js", ".css", ".toml", ".lock")
_MADE = (".pyc", ".woff2")


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return BLOCK.sub("", page.read_text())


def unknown(page: Path) -> list[tuple[str, str]]:
    """What the page names that is not there: the file beside which it stands, if any, and the name."""
    text = page.read_text()
    examples = "".join(match[0] for match in BLOCK.finditer(text))
    return [name for name in _named(prose(page)) if not _is_there(*name, examples)]


def _named(text: str) -> Iterator[tuple[str, str]]:
    """The file beside which each name stands (empty for none), and the name."""
    file, end = "", 0
    separator = _BESIDE
    for match in _QUOTED.finditer(text):
        between, name = text[end : match.start()], match[1]
        end = match.end()
        if _PATH.fullmatch(name) or _FILE.fullmatch(name):
            file, separator = name, _BESIDE
            yield name, ""
            continue
        file = file if separator.fullmatch(between) else ""
        separator = _NEXT
        if parts := _NAME.fullmatch(name):
            yield file if file.endswith(".py") else "", parts[1]


def _is_there(file: str, name: str, examples: str) -> bool:
    if not name:
        return (ROOT / file).exists() or file in _files() or file.startswith(_made_here())
    if file:
        paths = [ROOT / file] if "/" in file else _files().get(file, [])
        return any(_defines(path, name) for path in paths)
    if name in KINDS or name in _files() or set(name.split(".")) <= set(_WORD.findall(examples)):
        return True
    return _resolves(name) if _is_dotted(name) else any(name in text for text in _texts_of(name))


def _is_dotted(name: str) -> bool:
    """Whether its first part is a module, a package or a class of ours."""
    head, _, rest = name.partition(".")
    return bool(rest) and (head in TOPS or f"{head}.py" in _files() or head in _classes())


def _resolves(name: str) -> bool:
    parts = name.split(".")
    if parts[0] in TOPS:
        for length in range(len(parts), 0, -1):
            path = ROOT.joinpath(*parts[:length])
            if path.is_dir() and length == len(parts):
                return True
            if path.with_suffix(".py").exists():
                return length == len(parts) or _defines(path.with_suffix(".py"), ".".join(parts[length:]))
    head, _, rest = name.partition(".")
    within = [*_files().get(f"{head}.py", []), *_classes().get(head, [])]
    return any(_defines(path, rest) or _defines(path, name) for path in within)


def _defines(path: Path, name: str) -> bool:
    return path.suffix == ".py" and path.exists() and name in _definitions(path)


@cache
def _definitions(path: Path) -> frozenset[str]:
    """What a module defines: functions, classes, variables; those of a class by themselves and as `Class.name`."""
    return frozenset(_defined_in(ast.parse(path.read_text()).body))


def _defined_in(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            names = list(_defined_in(statement.body))
            yield from (statement.name, *names, *(f"{statement.name}.{name}" for name in names))
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement.name
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id
        elif isinstance(statement, ast.Assign):
            yield from (node.id for node in ast.walk(statement) if isinstance(node, ast.Name))


@cache
def _made_here() -> tuple[str, ...]:
    """The folders that programs fill, and the repository leaves out."""
    return tuple(line for line in (ROOT / ".gitignore").read_text().split() if line.startswith(TOPS))


@cache
def _files() -> dict[str, list[Path]]:
    """Every file of ours, by its name."""
    files: dict[str, list[Path]] = {}
    folders = [path for top in TOPS for path in sorted((ROOT / top).rglob("*")) if path.suffix not in _MADE]
    for path in [*folders, *sorted(ROOT.iterdir())]:
        if path.is_file():
            files.setdefault(path.name, []).append(path)
    return files


@cache
def _classes() -> dict[str, list[Path]]:
    """The modules that define a class, by its name."""
    classes: dict[str, list[Path]] = {}
    for path in itertools.chain(*_files().values()):
        if path.suffix == ".py":
            for name in re.findall(r"^class (\w+)", path.read_text(), re.MULTILINE):
                classes.setdefault(name, []).append(path)
    return classes


@cache
def _texts() -> tuple[str, ...]:
    """The sources; the pages themselves, and the tests of them, prove nothing."""
    files = itertools.chain(*_files().values())
    sources = [path for path in files if path.suffix in _SOURCES and path.parent != Path(__file__).parent]
    return (*(path.read_text() for path in sources), " ".join(names()))


@cache
def _words() -> frozenset[str]:
    """Every word of the sources."""
    return frozenset(word for text in _texts() for word in _WORD.findall(text))


def _texts_of(name: str) -> tuple[str, ...] | frozenset[str]:
    return _texts() if "." in name else _words() & {name}
