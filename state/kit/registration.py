"""Every State of ours, registered by being declared: nothing that a tab keeps is left out of what it forgets.

It imports no State, so that each of them can import it.
"""

from typing import Any

import reflex as rx

_states: list[type[rx.State]] = []


class Kept(rx.State, mixin=True):
    """What a tab keeps of somebody: forgotten before another person gets the tab (state/hub/tab.py, SES-04)."""

    def __init_subclass__(cls, **named: Any) -> None:
        """Register the State, unless it is a mixin, which no tab holds."""
        super().__init_subclass__(**named)
        if not cls._mixin:
            _states.append(cls)


def states() -> tuple[type[rx.State], ...]:
    """All of them, in the order in which their modules were read."""
    return tuple(_states)
