"""What codes derive from, kept encrypted under the signing key: the database alone shows no code.

Bound to its account: moved to another row by whoever writes into the database, it opens nothing.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.kernel.settings.portal import settings

_NONCE = 12


def encrypted(account_id: int, secret: str) -> str:
    """The secret of that account, as it may be kept."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_key(settings().signing_key())).encrypt(nonce, secret.encode(), _bound(account_id))
    return urlsafe_b64encode(nonce + sealed).decode()


def decrypted(account_id: int, kept: str) -> str | None:
    """What was kept for that account; None under another signing key, or for another account."""
    try:
        raw = urlsafe_b64decode(kept)
        key = AESGCM(_key(settings().signing_key()))
        return key.decrypt(raw[:_NONCE], raw[_NONCE:], _bound(account_id)).decode()
    except (InvalidTag, ValueError):
        return None


def _bound(account_id: int) -> bytes:
    return f"account:{account_id}".encode()


@cache
def _key(signing_key: str) -> bytes:
    return HKDF(SHA256(), 32, None, b"passavant second factors").derive(signing_key.encode())
