"""What forms are made of: the options of a list, the fields to correct, the numbers that come back."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.identity.accounts.viewer import Viewer


@dataclass
class Choice:
    """An option of a select or of a radio group."""

    value: str = ""
    label: str = ""


@dataclass
class Wrong:
    """A field to correct, as the summary of errors leads to it."""

    href: str = ""
    label: str = ""


def colleagues(people: Sequence[tuple[int, str]], viewer: Viewer) -> list[Choice]:
    """To whom something can be handed, by account; the viewer's own name says so."""
    return [Choice(str(key), f"{name} (vous)" if key == viewer.account_id else name) for key, name in people]


def read_whole(text: str, most: int = 9) -> int | None:
    """A number of at most `most` digits; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def read_key(text: str) -> int:
    """The row that a line of ours names; 0, which is none, for what no line of ours names."""
    return read_whole(text) or 0


def read_page(text: str) -> int:
    """The page that an address names, from 1; the first for anything else."""
    return read_whole(text, 5) or 1
