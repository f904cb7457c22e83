"""What a person types to find consignments, and how the database looks for it (SES-01).

A reference is found by its beginning or its end, alone or inside a sentence; goods, origins and vessels by the
beginnings of their words. Each look-up is one range of an index, of what the viewer may see, and is cut short: what
a search costs does not depend on how many consignments there are.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, false, literal_column, select, union_all
from sqlmodel import col

from models.border.consignments.tables import Consignment, ConsignmentKey, ConsignmentTerm
from models.border.passage.keys import normalise
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.french import plain
from models.kernel.terms import LONGEST, singular, words

SHORTEST = 3
"""Letters and digits of a search, at least."""
LONGEST_SEARCH = 200
_ENOUGH = 10_000
"""Consignments that one term is looked up in, at most."""
_MOST_REFERENCES, _MOST_WORDS = 4, 6
_REFERENCE_LENGTH = 5
"""From how many characters on a word of a sentence with a digit in it is taken for a reference."""
_PARTS = re.compile(r"[^\w./-]+")
_WRITTEN_APART = re.compile(
    r"CHED(?:PP|A|D|P)\W{0,2}[A-Z]{2}\W{0,2}\d{4}\W{0,2}\d{7}\b"  # a CHED
    r"|\b[A-Z]{3}[UJZ]\W{0,2}\d{6}\W{0,2}\d\b"  # a container
    r"|\b\d{2}\W?[A-Z]{2}(?:\W?[A-Z0-9]){14}\b"  # an MRN
)
"""References that people write with spaces, points or dashes in them."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: one of these references, or all of these words. Neither: nothing can be found."""

    references: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def shape(self) -> "Search":
        """The same for every search of as many references and words: one statement serves all of them."""
        return Search(("?",) * len(self.references), ("?",) * len(self.words))


def is_too_short(typed: str) -> bool:
    """Whether there are too few letters and digits in what was typed to look for it."""
    return 0 < len(normalise(plain(typed))) < SHORTEST


def read_search(typed: str) -> Search:
    """What somebody looks for who typed this: `%` and `_` are characters that no reference and no word holds."""
    text = plain(typed)[:LONGEST_SEARCH].upper()
    whole, parts = normalise(text), _PARTS.split(text)
    apart = [normalise(found) for found in _WRITTEN_APART.findall(text)]
    named = apart or [one for one in map(normalise, parts) if _is_reference(one)]
    references = _few([*named, *([whole] if len(whole) <= LONGEST else [])], _MOST_REFERENCES)
    return Search(references, () if named else tuple(words(text)[:_MOST_WORDS]))


def _is_reference(word: str) -> bool:
    return len(word) >= _REFERENCE_LENGTH and any(char.isdigit() for char in word)


def _few(found: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in found if one))[:most]


def searched(search: Search) -> dict[str, Any]:
    """The values of a statement of that shape."""
    values: dict[str, Any] = {}
    for rank, reference in enumerate(search.references):
        values |= _range(f"begins_{rank}", reference) | _range(f"ends_{rank}", reference[::-1])
    for rank, word in enumerate(search.words):
        values |= _range(f"word_{rank}", singular(word))
    return values


def _range(name: str, start: str) -> dict[str, str]:
    return {name: start, f"{name}_past": start[:-1] + chr(ord(start[-1]) + 1)}


def found_by(search: Search, viewer: Viewer) -> ColumnElement[bool]:
    """The consignments that `search` finds, among those that the viewer sees, which policy.visible() says."""
    values = searched(search)
    ways = [
        way
        for rank in range(len(search.references))
        for way in (_begins(f"begins_{rank}", values, viewer), _ends(f"ends_{rank}", values))
    ]
    if search.words:
        ways.append(_with_all([_begins(f"word_{n}", values, viewer) for n in range(len(search.words))]))
    if not ways:
        return false()
    among: ColumnElement[bool] = col(Consignment.id).in_(union_all(*ways))
    return among


def _begins(name: str, values: Mapping[str, str], viewer: Viewer) -> Select[Any]:
    term, scope = col(ConsignmentTerm.term), _scope(viewer)
    query = select(col(ConsignmentTerm.consignment_id)).where(*scope, *_within(term, name, values))
    return _alone(query.limit(_ENOUGH))


def _ends(name: str, values: Mapping[str, str]) -> Select[Any]:
    reversed_ = col(ConsignmentKey.reversed)
    return select(col(ConsignmentKey.consignment_id)).where(*_within(reversed_, name, values))


def _within(column: Any, name: str, values: Mapping[str, str]) -> list[ColumnElement[bool]]:
    past = f"{name}_past"
    return [column >= bindparam(name, values[name]), column < bindparam(past, values[past])]


def _with_all(each: list[Select[Any]]) -> Select[Any]:
    """What all of these hold."""
    first, *others = each
    kept = first.subquery()
    number = kept.c.consignment_id
    return select(number).where(*(number.in_(other) for other in others))


def _alone(query: Select[Any]) -> Select[Any]:
    """The same in a query of its own: SQLite takes no LIMIT inside a union."""
    return select(literal_column("consignment_id").label("consignment_id")).select_from(query.subquery())


def _scope(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Whose terms are looked through: no more than policy.visible() shows, so that few are cut off."""
    if viewer.role == Role.SUPERVISOR:
        return []
    if viewer.is_officer:
        return [col(ConsignmentTerm.post_code).in_(viewer.posts)]
    return [col(ConsignmentTerm.siren) == viewer.siren]
