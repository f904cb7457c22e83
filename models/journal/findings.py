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
