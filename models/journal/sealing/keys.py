"""The key that signs seals and certified copies: Ed25519, drawn once, kept in the data folder.

The public key is published (`GET /journal/cle-publique.pem`) and lies beside the private one.
"""

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from models.journal.canonical import digest
from models.kernel.settings.portal import settings

PRIVATE = "journal_key.pem"
PUBLIC = "journal_key.pub.pem"
_PUBLIC_KEYS = "journal_key*.pub.pem"


class Signer:
    """The private key, and what is published of it."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = public_pem(key.public_key())
        self.name = key_name(self.public)

    def sign(self, data: bytes) -> bytes:
        """64 bytes that only this key can make for `data`."""
        return self._key.sign(data)


def signer() -> Signer:
    """This portal's key; drawn at first use, mode 0600."""
    return _signer(settings().data_dir.resolve())


@cache
def _signer(folder: Path) -> Signer:
    path = folder / PRIVATE
    if not path.exists():
        keep(path, _new_pem(), 0o600)
    key = _read(path)
    keep(folder / PUBLIC, key.public, 0o644)
    return key


def former_signer(name: str) -> Signer | None:
    """The key of that name, if it was replaced and its file still lies in the data folder; None when it does not.

    It vouches for the key that takes its place, in the first seal that this one signs.
    """
    private = {*settings().data_dir.glob("journal_key*.pem")} - {*settings().data_dir.glob(_PUBLIC_KEYS)}
    for path in sorted(private):
        with suppress(OSError, ValueError, TypeError):  # what is no key of ours vouches for nothing
            key = _read(path)
            if key.name == name:
                return key
    return None


def _read(path: Path) -> Signer:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} is not an Ed25519 key")
    return Signer(key)


def public_keys() -> dict[str, bytes]:
    """The public keys that verification trusts, PEM by name: every journal_key*.pub.pem of the data folder.

    A key that was replaced stays there under another name, so that what it signed can still be verified.
    """
    paths = sorted(settings().data_dir.glob(_PUBLIC_KEYS))
    return {key_name(pem): pem for pem in (path.read_bytes() for path in paths)}


def is_signed(pem: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the key `pem` signed exactly these bytes."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        return False
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def key_name(pem: bytes) -> str:
    """The beginning of the SHA-256 of the PEM file: enough to tell keys apart."""
    return digest(pem)[:16]


def public_pem(key: Ed25519PublicKey) -> bytes:
    """The public key as openssl reads it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _new_pem() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def keep(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is whole from its first moment; of several processes at once, the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
