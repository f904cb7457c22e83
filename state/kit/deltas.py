"""What is sent to the browser: a var that is set is sent, even when its value is the one it had."""

from typing import Any


def put(state: Any, **values: Any) -> None:
    """Set these vars of `state`, but for those that already have that value."""
    for name, value in values.items():
        if state.get_value(name) != value:
            setattr(state, name, value)
