"""What a fact, a notice, a claim, an alert or a screen is about: a kind of thing, and which of its kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that the portal follows: a consignment, an account, a service."""

    kind: str
    """The noun of the thing in English: `consignment`, `account`."""
    id: str
    """Its key among its kind: a row's number in digits, or a code."""

    def __str__(self) -> str:
        """`consignment:12`, as it is sealed."""
        return f"{self.kind}:{self.id}"

    @classmethod
    def of(cls, kind: str, key: int | str) -> "Subject":
        """The subject of that kind whose key is a number or a code."""
        return cls(kind, str(key))


def in_subjects(kind: Any, key: Any, subjects: Iterable[Subject]) -> ColumnElement[bool]:
    """The rows whose two columns hold one of these subjects: one look at their index for each kind."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        keys[subject.kind].add(subject.id)
    return or_(false(), *(and_(kind == name, key.in_(sorted(ids))) for name, ids in sorted(keys.items())))
