"""Texts that a backtracking expression is slow for, made from the expression itself.

What it repeats is repeated, after what comes before it and before what cannot follow; so is what it begins with, for
an expression that is looked for at each character.
"""

import re
from collections.abc import Callable, Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_CANDIDATES = "aA0 -.+_@:/<>='\",;%?é\t\n" + "".join(map(chr, range(32, 127)))
_USUAL = 5
"""How many of these make most differences: a letter, a capital, a figure, what separates words."""
_ENDS = ("", "\x00", "!", " ")
_MANY = 8
"""Repeats of fewer are no repeats."""


def hostile_texts(pattern: "re.Pattern[str] | re.Pattern[bytes]", size: int) -> list[str]:
    """Each of about `size` characters; for another size, the same ones in the same order."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE & ~re.ASCII
    tree = list(_parser.parse(source, flags | re.ASCII if pattern.flags & re.ASCII else flags))
    parts = {(before, pump, end) for before, pump in _pumps(tree) if pump for end in _ENDS}
    return [f"{before}{pump * (size // len(pump))}{end}" for before, pump, end in sorted(parts)]


def _pumps(items: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """What comes before, and what to repeat."""
    samples = [sample(item) for item in items]
    others = [sample(item, last=True) for item in items]
    for start in range(len(items)):
        for end in range(start + 1, len(items) + 1):
            yield before, "".join(samples[start:end])
            yield before, "".join(others[start:end])
    for number, (op, given) in enumerate(items):
        first = before + "".join(samples[:number])
        for inner in _inside(op, given):
            if op in _REPEATS and given[1] >= _MANY:
                for text in _alternatives(inner):
                    yield first, text
                    yield "", text
            yield from _pumps(inner, first)


def _inside(op: Any, given: Any) -> list[list[Any]]:
    if op in _REPEATS:
        return [list(given[2])]
    if op is ops.SUBPATTERN:
        return [list(given[-1])]
    if op is ops.BRANCH:
        return [list(each) for each in given[1]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [list(given[1])]
    return [list(given)] if op is ops.ATOMIC_GROUP else []


def _alternatives(items: list[Any]) -> list[str]:
    """Several samples of what is repeated: of a class, a few of its characters."""
    if len(items) == 1 and items[0][0] is ops.IN:
        return [char for char in _CANDIDATES if _in_class(char, items[0][1])][:4]
    return ["".join(map(sample, items))]


def sample(item: Any, *, last: bool = False) -> str:
    """A short text that this part of an expression matches: of a class the first character that it has, or the last."""
    op, given = item
    if op is ops.LITERAL:
        return chr(int(given))
    if op is ops.NOT_LITERAL:
        return "b" if given == ord("a") else "a"
    if op is ops.ANY:
        return "a"
    if op is ops.IN:
        chars = [char for char in _CANDIDATES[:_USUAL] if _in_class(char, given)] or _any_of(given)
        return chars[-1 if last else 0]
    if op in _REPEATS:
        return "".join(sample(inner, last=last) for inner in given[2]) * max(1, min(int(given[0]), _MANY * 4))
    inside = [] if op in (ops.ASSERT, ops.ASSERT_NOT) else _inside(op, given)
    return "".join(sample(inner, last=last) for inner in inside[0]) if inside else ""


def _any_of(given: Any) -> list[str]:
    return [char for char in _CANDIDATES if _in_class(char, given)] or [chr(1)]


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    ops.CATEGORY_DIGIT: str.isdigit,
    ops.CATEGORY_NOT_DIGIT: lambda char: not char.isdigit(),
    ops.CATEGORY_SPACE: str.isspace,
    ops.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    ops.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    ops.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def _in_class(char: str, parts: list[Any]) -> bool:
    negated = parts[0][0] is ops.NEGATE
    return negated != any(_in_part(char, op, given) for op, given in parts[negated:])


def _in_part(char: str, op: Any, given: Any) -> bool:
    if op is ops.LITERAL:
        return ord(char) == int(given)
    if op is ops.RANGE:
        return bool(given[0] <= ord(char) <= given[1])
    return _CATEGORIES[given](char)
