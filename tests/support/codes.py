"""Reading what a paper bears, with nothing of ours: its code by zxing-cpp, its statement by hand and `cryptography`."""

import base64
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature


def code_of(pdf: bytes, scale: float = 2.0) -> str:
    """The text of the code on the first page, as a reader sees it at `scale` × 72 points an inch."""
    page = pypdfium2.PdfDocument(BytesIO(pdf))[0].render(scale=scale).to_pil()
    (read,) = zxingcpp.read_barcodes(page)
    return str(read.text)


def statement_in(text: str) -> bytes:
    """The statement behind the `#` of an address."""
    letters = text.partition("#")[2]
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def parts_of(statement: bytes) -> tuple[bytes, bytes, bytes]:
    """Protected header, payload and signature of a COSE_Sign1 (RFC 9052), read byte by byte.

    Raises:
        ValueError: when it is none.
    """
    if statement[:2] != b"\xd2\x84":  # tag 18, an array of four
        raise ValueError("no COSE_Sign1")
    protected, rest = _bytes(statement[2:])
    if rest[:1] != b"\xa0":  # nothing unprotected
        raise ValueError("an unprotected header")
    payload, rest = _bytes(rest[1:])
    signature, rest = _bytes(rest)
    if rest:
        raise ValueError("more than four")
    return protected, payload, signature


def _bytes(data: bytes) -> tuple[bytes, bytes]:
    kind, length = data[0] >> 5, data[0] & 31
    if kind != 2:
        raise ValueError("no byte string")
    start = 1
    if length == 24:
        length, start = data[1], 2
    elif length == 25:
        length, start = int.from_bytes(data[1:3], "big"), 3
    if len(data) < start + length:
        raise ValueError("cut short")
    return data[start : start + length], data[start + length :]


def _head(length: int) -> bytes:
    if length < 24:
        return bytes([0x40 | length])
    return bytes([0x58, length]) if length < 256 else b"\x59" + length.to_bytes(2, "big")


def is_genuine(statement: bytes, key: ec.EllipticCurvePublicKey) -> bool:
    """Whether the holder of that key signed exactly this statement."""
    try:
        protected, payload, signature = parts_of(statement)
        signed = (
            b"\x84\x6aSignature1"
            + _head(len(protected))
            + protected
            + b"\x40"
            + _head(len(payload))
            + payload
        )
        pair = encode_dss_signature(
            int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        )
        key.verify(pair, signed, ec.ECDSA(hashes.SHA256()))
    except (ValueError, IndexError, InvalidSignature):
        return False
    return True


def key_of(jwk: dict[str, Any]) -> ec.EllipticCurvePublicKey:
    """The public key that is published so."""

    def number(text: str) -> int:
        return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")

    return ec.EllipticCurvePublicNumbers(number(jwk["x"]), number(jwk["y"]), ec.SECP256R1()).public_key()
