"""An act is about what its author had before them: once that is something else, it is not done.

Whoever reads what a button is shown for reads a stamp of its state with it; the button sends the stamp back, and the
verb compares it, in its own transaction, with what is there by then. So neither a repeated key, nor a click on a
screen that changed under the finger, does to one state what was decided about another.
"""

import hashlib

from models.kernel.refusal import Refusal

CHANGED = Refusal(
    "Rien n’a été fait\u00a0: ce que vous aviez sous les yeux a changé entre-temps. Relisez, puis recommencez."
)


def stamp(*state: object) -> str:
    """What tells this state from any other: 16 hexadecimal digits, of values whose `str` is their own."""
    return hashlib.sha256("\x1f".join(map(str, state)).encode()).hexdigest()[:16]


def changed(shown: str | None, now: str) -> Refusal | None:
    """Why nothing is done when the stamp `shown` is not that of the present state.

    None: no screen is behind it. A program or a command names what it wants, and has shown nothing to anybody.
    """
    return CHANGED if shown is not None and shown != now else None
