"""The registry of letters: a row for each kind, written beside what it tells.

The words are made when the letter leaves, from what its row holds: a link is signed then, and is kept nowhere. Nothing
that somebody typed stands in a letter to an address that is not known to be theirs: nobody writes to others through us.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from models.identity.letters.parts import Details, Letter


class Budget(StrEnum):
    """What is counted together: the same for an address with an account and for one without."""

    SIGN_UP = "sign_up"
    PASSWORD_LINK = "password_link"  # noqa: S105 (the name of a budget)
    NEW_ADDRESS = "new_address"
    INVITATION = "invitation"
    HELP = "help"
    WARNING = "warning"
    """Word to the holder of what somebody did with the account and its password."""
    RECOVERY = "recovery"
    PROVEN = "proven"
    """Word of what was done with a link that only its reader could use."""
    NOTICES = "notices"


Words = Callable[[Details], Letter]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter."""

    words: Words
    """What it says, in French: what happened, what to do, what to do if it was not you."""
    budget: Budget
    """With what it is counted (models/identity/letters/limits.py)."""
    label: str
    """In French, for those who run the service."""


LETTERS: dict[str, LetterKind] = {}
"""By the kind that post_letter() is given."""


def letter_kind(kind: str, budget: Budget, label: str) -> Callable[[Words], Words]:
    """Register the words of a kind of letter, under the budget with which it is counted."""

    def register(words: Words) -> Words:
        LETTERS[kind] = LetterKind(words, budget, label)
        return words

    return register


def letter(kind: str, details: Details) -> Letter:
    """The letter of that kind.

    Raises:
        KeyError: for a kind that does not exist, or details that lack something.
    """
    return LETTERS[kind].words(details)
