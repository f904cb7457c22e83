"""What verification can hold against the journal, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """Kinds of tampering."""

    EDITED = "edited"
    PERSONAL = "personal part edited"
    PURGED = "personal part removed, and no entry says so"
    DELETED = "deleted"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    TRUNCATED = "truncated"
    SEAL_EDITED = "seal edited"
    SEAL_MISSING = "seal missing"
    SIGNATURE = "signature wrong"
    UNKNOWN_KEY = "signed by an unknown key"
    ANCHOR = "anchor file differs"
    GIVEN = "not what the anchor kept elsewhere says"
    TIMESTAMP = "time stamp differs"
    UNSEALED = "never sealed, though written long ago"
    LATE = "sealed long after it was written"
    REMADE = "sealed again: written after a seal that is not there"
    BEGUN = "first batch begun on a journal that was not new"
    NEW_KEY = "signed by a new key that the one before does not vouch for"
    BACKDATED = "written at another time than the one it tells"
    ANCHORED_LATE = "anchor written long after the seal"


EXPLICABLE = frozenset({Wrong.LATE, Wrong.BEGUN, Wrong.NEW_KEY, Wrong.ANCHORED_LATE})
"""What may have an honest cause that somebody remembers: a power cut, a lost key, a backup brought back."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed. `first` and `last` are entries, 0 when none is meant."""

    wrong: Wrong
    batch: int
    first: int = 0
    last: int = 0
    detail: str = ""

    def __str__(self) -> str:
        """`entries 12 to 15, batch 3: deleted`, for the terminal."""
        where = f"batch {self.batch}" if self.batch else "the end"
        if self.first:
            last = self.last or self.first
            entries = f"entry {self.first}" if last == self.first else f"entries {self.first} to {last}"
            where = f"{entries}, {where}" if self.batch else entries
        return f"{where}: {self.wrong}" + (f" ({self.detail})" if self.detail else "")
