"""Validating the seal of a PDF without the library that made it: the bytes by hand, the signature by openssl."""

import re
import subprocess
from pathlib import Path


def is_sealed(pdf: bytes, certificate: bytes, folder: Path) -> bool:
    """Whether openssl finds the seal good over the whole file, made by the key of that certificate (PEM)."""
    ranges = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf)
    if ranges is None:
        return False
    start, length, again, rest = map(int, ranges.groups())
    if start != 0 or again + rest != len(pdf):
        return False  # something stands outside of what was sealed
    hexadecimal = pdf[length:again].strip(b"<>")
    try:
        signature = _without_padding(bytes.fromhex(hexadecimal.decode()))
    except (ValueError, UnicodeDecodeError):
        return False
    names = {
        "signature.der": signature,
        "signed": pdf[:length] + pdf[again:],
        "certificate.pem": certificate,
    }
    for name, content in names.items():
        (folder / name).write_bytes(content)
    words = [
        "openssl",
        "cms",
        "-verify",
        "-cades",
        "-inform",
        "DER",
        "-in",
        "signature.der",
        "-content",
        "signed",
    ]
    trust = [
        "-binary",
        "-purpose",
        "any",
        "-CAfile",
        "certificate.pem",
        "-partial_chain",
        "-out",
        "/dev/null",
    ]
    return subprocess.run([*words, *trust], cwd=folder, capture_output=True, check=False).returncode == 0


def _without_padding(der: bytes) -> bytes:
    """The one object at the beginning; nothing but zeros may fill the room that was kept for it.

    Raises:
        ValueError: when something else does.
    """
    octets = der[1] & 0x7F if der[1] & 0x80 else 0
    length = int.from_bytes(der[2 : 2 + octets], "big") if octets else der[1]
    if any(der[2 + octets + length :]):
        raise ValueError("something hides behind the signature")
    return der[: 2 + octets + length]
