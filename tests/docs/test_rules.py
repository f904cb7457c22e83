"""The pages of docs/ keep their word: rules marked as implemented have a proof, links lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.names import PAGES, ROOT, prose

HERE = Path(__file__).parent
RULES = ROOT / "docs" / "rules"

# A rule is a line of a table: its number, what it asks, its state, where.
_RULE = re.compile(r"^\| ([A-Z]{3}-\d\d) \| .* \| (implemented|partly|not yet) \|(.*)\|$", re.MULTILINE)
_NUMBER = re.compile(r"^\| ([A-Z]{3}-\d\d) ", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FILE = re.compile(r"`((?:app|assets|components|demo|migrations|models|state|tests|tools)/[\w./-]+)`")
_TO_COME = {"docs/screens/suivi-desktop.jpg"}
"""Pictures, which are taken of the running application."""


def _rules() -> dict[str, tuple[str, str]]:
    pages = [page.read_text() for page in sorted(RULES.glob("*.md"))]
    return {number: (state, where) for text in pages for number, state, where in _RULE.findall(text)}


def _proofs() -> str:
    files = [path for path in (ROOT / "tests").rglob("*.py") if HERE not in path.parents]
    return "\n".join(path.read_text() for path in files)


def test_every_rule_has_a_state() -> None:
    numbers = [n for page in sorted(RULES.glob("*.md")) for n in _NUMBER.findall(page.read_text())]
    assert len(numbers) == len(set(numbers)), "a rule is told twice"
    assert set(numbers) == set(_rules()), "a line of a rule has no state, or one that is not known"


def test_every_rule_marked_as_implemented_is_named_by_a_test() -> None:
    proofs = _proofs()
    implemented = [number for number, (state, _) in _rules().items() if state == "implemented"]
    assert implemented
    assert [number for number in implemented if number not in proofs] == []


def test_every_rule_that_is_implemented_says_where() -> None:
    silent = [
        number
        for number, (state, where) in _rules().items()
        if state != "not yet" and not _FILE.search(where)
    ]
    assert silent == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(prose(page)):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            name = target.relative_to(ROOT).as_posix()
            broken += [] if name in _TO_COME else [link]
        elif anchor and anchor not in _anchors(target):
            broken.append(link)
    assert broken == []


def _anchors(page: Path) -> set[str]:
    """The anchors that a forge makes of headings: lower case, hyphens for spaces, no punctuation."""
    headings = _HEADING.findall(prose(page))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
