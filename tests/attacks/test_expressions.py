r"""No regular expression is slow for any text that somebody else chooses (SES-53).

Seen to fail: with `[\\w.+-]+@` for the address in app/log/words.py, with `+` instead of `++` in `_DOTTED` and without
what looks behind it.
"""

import ast
import json
import re
import subprocess
import sys

import pytest

from app.frontend.build import ROOT
from tests.attacks import expressions
from tests.attacks.expressions import Expression


def test_ses_53_no_expression_is_worse_than_linear() -> None:
    """SES-53: every one of them, on texts of growing length made from the expression itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.expressions"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=500,
    )
    told = {line["name"]: line["slow"] for line in map(json.loads, done.stdout.splitlines())}
    assert {name: slow for name, slow in told.items() if slow} == {}
    known = {one.name for one in expressions.expressions()}
    assert set(told) == known - set(expressions.LONGEST)
    assert set(expressions.LONGEST) <= known, "an exception for what is there no more"


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"[\w.+-]+@[\w-]+\.[\w.-]+", "sub"),
        (r"\beyJ[\w-]{10,}\.[\w-]+", "search"),
        (r" +([:;?!])", "sub"),
        (r"(?:a|aa)+$", "match"),
        (r"TypeError: can't access property \".*\" of null", "search"),
    ],
)
def test_the_texts_find_what_they_are_for(pattern: str, method: str) -> None:
    """An expression that is known to be slow is found so, or the test above would see nothing."""
    slow = Expression("x", re.compile(pattern), frozenset({method}))
    assert expressions._slow(slow, expressions.SIZE)


def test_validation_keeps_to_the_engine_that_never_backtracks() -> None:
    """Patterns of pydantic, those of queries included, run in Rust, in linear time, unless somebody asks for Python's."""
    for folder in expressions.FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            words = {
                node.arg for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.keyword)
            }
            assert "regex_engine" not in words, path
