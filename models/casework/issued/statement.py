"""The signed statement in a document's code: a CBOR Web Token (RFC 8392) under COSE_Sign1 (RFC 9052), ES256 (CTX-14).

The code repeats nothing that could be copied onto another paper without its signature failing: number, authority, date,
digest of the contents, destination, and the company where the kind of document says so. It is read by any telephone as
an address of the portal: the statement stands behind `#`, which no browser sends to a server, in base32, which a QR
code holds densely.
"""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import cbor2

from models.casework.issued.keys import SealKey

ISSUER, SUBJECT, ISSUED_AT = 1, 2, 6
"""Registered claims: the authority, the number, the time in seconds (RFC 8392)."""
KIND, DIGEST, DESTINATION, HOLDER = -65537, -65538, -65539, -65540
"""Private ones: the kind of document, the digest of its contents, the country that it is for, whom it was issued to."""
_ALGORITHM, _ES256, _KEY_ID = 1, -7, 4
_TAG = 18
"""COSE_Sign1."""
_LONGEST = 120
"""Characters of a name: the code must stay readable from paper."""


def claims(
    *,
    number: str,
    kind: str,
    authority: str,
    issued_at: datetime,
    contents_digest: str,
    destination: str = "",
    holder: str = "",
) -> dict[int, Any]:
    """What is signed about one document."""
    told: dict[int, Any] = {
        ISSUER: authority[:_LONGEST],
        SUBJECT: number,
        ISSUED_AT: int(issued_at.timestamp()),
        KIND: kind,
        DIGEST: bytes.fromhex(contents_digest),
    }
    if destination:
        told[DESTINATION] = destination
    if holder:
        told[HOLDER] = holder[:_LONGEST]
    return told


def sign(told: Mapping[int, Any], key: SealKey) -> bytes:
    """The statement, signed: COSE_Sign1 with its algorithm and the name of its key under the signature."""
    protected = cbor2.dumps({_ALGORITHM: _ES256, _KEY_ID: key.name})
    payload = cbor2.dumps(dict(told))
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    return cbor2.dumps(cbor2.CBORTag(_TAG, [protected, {}, payload, signature]))


def encode(statement: bytes) -> str:
    """In the letters that a QR code packs best (base32, RFC 4648, without padding)."""
    return base64.b32encode(statement).decode().rstrip("=")


def code(address: str, number: str, check: str, statement: bytes) -> tuple[str, str]:
    """The text of a QR code, in two parts of which it packs the second better: the page that verifies the document, and
    the statement, which that page verifies.
    """
    return f"{address}/verifier/{number}?code={check}#", encode(statement)
