"""What a seal gives, and how an authority is asked for its time: without the library that seals, which is heavy."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Ask = Callable[[bytes], Awaitable[bytes]]
"""Sends a question to the time-stamping authority, and brings its answer (RFC 3161)."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed bytes."""

    content: bytes
    timestamped: bool

    @property
    def digest(self) -> str:
        """SHA-256, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()
