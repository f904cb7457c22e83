"""A refusal: why something is not done, for whoever asked for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, in a French sentence that also says what to do."""

    reason: str
