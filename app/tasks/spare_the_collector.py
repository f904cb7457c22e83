"""Python's garbage collector looks less often, and never again at what the worker made when it started.

What it would look at is the application itself, and one tree of states for each open tab: none of it is garbage.
Measured on the live screens: a fifth less CPU, for everything.
"""

import gc

_MADE_BETWEEN_LOOKS = 20_000
_LOOKS_BETWEEN_FULLER_ONES = (5, 2)
"""The state of a closed tab is in circles, and old: only the fullest look finds it. Every 200,000 objects made, or once
what grew old is a quarter of what is held, whichever is later: so a thousand tabs that were closed leave nothing.
"""


async def spare_the_collector() -> None:
    """Once, when the worker starts."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE_BETWEEN_LOOKS, *_LOOKS_BETWEEN_FULLER_ONES)
