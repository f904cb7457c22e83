"""Time stamps that a third party put on seals (RFC 3161), in a folder beside the anchors.

Whoever has the portal's key can write another history, but no time stamp of an earlier day upon it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.x509 import Certificate
from rfc3161_client import TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

from models.journal.sealing.keys import keep
from models.kernel.settings.portal import settings

FOLDER = "journal_timestamps"
_SHA_256 = "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True, slots=True)
class Stamp:
    """One answer of an authority."""

    where: str
    """The file's name."""
    digest: str
    """Of the seal that it was put upon."""
    at: datetime
    answer: TimeStampResponse


def folder() -> Path:
    """Where they are kept."""
    return settings().data_dir / FOLDER


def keep_stamp(batch: int, content: bytes) -> None:
    """Keep the answer about that batch's seal.

    Raises:
        OSError: when the disk refuses.
    """
    keep(folder() / f"{batch:09}.tsr", content, 0o644)


def read_stamps() -> tuple[list[Stamp], list[str]]:
    """The time stamps, oldest batch first, and the names of the files that are none."""
    stamps, unreadable = [], []
    for path in sorted(folder().glob("*.tsr")):
        try:
            stamps.append(decode(path.read_bytes(), path.name))
        except (OSError, ValueError):
            unreadable.append(path.name)
    return stamps, unreadable


def decode(content: bytes, where: str) -> Stamp:
    """The time stamp that these bytes are.

    Raises:
        ValueError: when they are none, or a refusal.
    """
    answer = decode_timestamp_response(content)
    time_stamp_token_info = answer.tst_info
    if time_stamp_token_info.message_imprint.hash_algorithm.dotted_string != _SHA_256:
        raise ValueError("not over SHA-256")
    return Stamp(
        where, time_stamp_token_info.message_imprint.message.hex(), time_stamp_token_info.gen_time, answer
    )


def is_genuine(stamp: Stamp, roots: Sequence[Certificate]) -> bool:
    """Whether an authority under these roots signed it, with a certificate that was good at that time."""
    with suppress(VerificationError, ValueError):
        return VerifierBuilder(roots=list(roots)).build().verify(stamp.answer, bytes.fromhex(stamp.digest))
    return False
