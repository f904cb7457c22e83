"""The bytes that seals are made of: each fact has exactly one way of being written (SES-52).

They are JSON as RFC 8785 (JCS) writes it, so that anybody's program gets the same bytes: sorted keys, no
spaces, UTF-8, no fractions.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from models.journal.tables import FORMAT, TIMED, JournalEntry, JournalSeal


def canonical(value: Any) -> bytes:
    """The only bytes of a JSON value. Of one that refuse_fractions() lets through, RFC 8785 has the same."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")  # a lone surrogate must not stop the journal


def refuse_fractions(value: Any) -> None:
    """See that a value has only one way of being written.

    Raises:
        TypeError: for a fraction, which programs write in different ways: use a string.
    """
    if isinstance(value, float):
        raise TypeError("the journal keeps no fraction: write a string")
    if isinstance(value, Mapping):
        for item in value.values():
            refuse_fractions(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            refuse_fractions(item)


def new_salt() -> str:
    """128 bits that nobody can guess."""
    return secrets.token_hex(16)


def personal_digest(salt: str, personal: Mapping[str, Any]) -> str:
    """What an entry says of its personal part. Once the salt is purged, no guess can be checked against it."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(personal)).hexdigest()


def entry_bytes(entry: JournalEntry, version: int) -> bytes:
    """What a seal of that format seals of an entry: all of it, but of its personal part the digest alone."""
    sealed = {
        "seq": entry.seq,
        "at": moment(entry.at),
        "kind": entry.kind,
        "actor": entry.actor,
        "siren": entry.siren,
        "post_code": entry.post_code,
        "payload": entry.payload,
        "personal": entry.personal_digest,
        "nonce": entry.nonce,
    }
    if version >= FORMAT:
        sealed["subject"] = str(entry.subject) if entry.subject else None
    else:
        sealed["consignment_id"] = entry.key_among("consignment")
    if version >= TIMED:
        sealed["written_at"] = moment(entry.written_at) if entry.written_at else None
        sealed["after_seal"] = entry.after_seal
    return canonical(sealed)


def seal_bytes(seal: JournalSeal) -> bytes:
    """What a seal signs, and what the next seal names by its digest."""
    signed = {
        "batch": seal.batch,
        "first_seq": seal.first_seq,
        "last_seq": seal.last_seq,
        "count": seal.count,
        "root": seal.root,
        "previous": seal.previous,
        "sealed_at": moment(seal.sealed_at),
        "key": seal.key,
    }
    if seal.version >= TIMED:
        signed["version"] = seal.version
    return canonical(signed)


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def moment(at: datetime) -> str:
    """`2026-03-24T09:00:00.000000Z`."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
