"""Secrets at rest: bcrypt, over a SHA-256 pre-hash, off the event loop.

bcrypt reads 72 bytes and stops at a zero byte; the base64 of a SHA-256 has 44 and none. It takes 0.3 s on
purpose, hence threads of their own.
"""

import hashlib
import unicodedata
from base64 import b64encode

import bcrypt

from models.kernel import threads

COST = 12
"""Each step doubles the time. No setting lowers it; tests patch it."""

# Salt and digest of no password: checking against it takes the same time as against a real one.
_NOBODY = "K4QAKfV9Dp1cLIk4Ufpp.u" + "N0TaPassw0rdOfAnybody/..Passavan"[:31]


async def make_hash(secret: str) -> str:
    """The text to keep instead of `secret`."""
    return await threads.passwords.run(_make, secret, COST)


async def verify(secret: str, kept: str | None) -> bool:
    """Whether `secret` is the one behind `kept`. Without `kept`, takes as long, and says no."""
    return await threads.passwords.run(_check, secret, kept or f"$2b${COST:02}${_NOBODY}")


def _make(secret: str, cost: int) -> str:
    return bcrypt.hashpw(_prehash(secret), bcrypt.gensalt(cost)).decode("ascii")


def _check(secret: str, kept: str) -> bool:
    return bcrypt.checkpw(_prehash(secret), kept.encode("ascii"))


def _prehash(secret: str) -> bytes:
    # The same password typed on another keyboard may come with its accents composed otherwise.
    same = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    return b64encode(hashlib.sha256(same).digest())
