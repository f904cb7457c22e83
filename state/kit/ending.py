"""Where an action ends: what the focus goes to once it was answered, and never the body of the page.

Each handler says so when it declares who may call it (`allow` of state/kit/guard.py). The browser does it
(assets/js/passavant.js), which knows besides when what had the focus is gone.
"""

from enum import StrEnum

import reflex as rx

from state.kit.registration import Kept


class Ends(StrEnum):
    """Where an action may end."""

    HERE = "here"
    """Where one is: a choice, a search, a step of a list."""
    ANSWER = "answer"
    """At the note that refuses it; done, where one is, or at the word of it when what was pressed is gone."""
    FIELD = "field"
    """At the first field to correct, or at the note that refuses the whole form."""
    HEADING = "heading"
    """At the heading of what comes next."""
    REFUSAL = "refusal"
    """At the note that refuses it: what becomes of the others then."""


class Ending(Kept, rx.State):
    """Where the last action of this tab ended."""

    at: str = ""
    """`3 refusal`: another value each time, so that the browser sees that it ended there once more."""
    _count: int = 0

    def _say(self, ends: Ends) -> None:
        self._count += 1
        self.at = f"{self._count} {ends}"
