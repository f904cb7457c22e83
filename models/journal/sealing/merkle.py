"""A batch of entries under one digest, and the proof that an entry is among them (RFC 6962, section 2.1).

A certified copy shows its own entries and, of the others of their batches, digests only.
"""

import hashlib
from collections.abc import Sequence


def leaf(data: bytes) -> str:
    """The digest of one entry's bytes, hexadecimal. The first byte keeps leaves and nodes apart."""
    return hashlib.sha256(b"\0" + data).hexdigest()


def root(leaves: Sequence[str]) -> str:
    """The digest of a batch. Of one leaf, it is the leaf.

    Raises:
        ValueError: for no leaf at all.
    """
    if not leaves:
        raise ValueError("an empty batch is never sealed")
    if len(leaves) == 1:
        return leaves[0]
    half = _half(len(leaves))
    return _node(root(leaves[:half]), root(leaves[half:]))


def path(leaves: Sequence[str], index: int) -> list[tuple[str, str]]:
    """What leads from the leaf `index` to the root: (side, digest) of each neighbour, nearest first.

    The side is `left` or `right`: where the neighbour stands.
    """
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*path(leaves[:half], index), ("right", root(leaves[half:]))]
    return [*path(leaves[half:], index - half), ("left", root(leaves[:half]))]


def climb(start: str, steps: Sequence[tuple[str, str]]) -> str:
    """The root that a proof leads to."""
    for side, other in steps:
        start = _node(other, start) if side == "left" else _node(start, other)
    return start


def _node(left: str, right: str) -> str:
    return hashlib.sha256(b"\1" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def _half(count: int) -> int:
    """The largest power of two that is smaller than `count`."""
    return 1 << (count - 1).bit_length() - 1
