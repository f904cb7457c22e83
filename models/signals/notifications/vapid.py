"""The key by which push services know this portal (VAPID, RFC 8292): P-256, drawn once, kept in the data folder.

Whoever loses it loses every browser that allowed notifications: a backup of the data folder holds it, and
`vapid_key.pem` can be put into another data folder as it is.
"""

import base64
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from models.journal.sealing.keys import keep
from models.kernel.settings.portal import settings

FILE = "vapid_key.pem"


def private_pem() -> bytes:
    """The private key, PEM; drawn at first use, mode 0600."""
    return _private(settings().data_dir.resolve())


def public_key() -> str:
    """What a browser is given to subscribe (applicationServerKey): base64url, without padding."""
    key = load_pem_private_key(private_pem(), None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError(f"{FILE} is not a P-256 key")
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


@cache
def _private(folder: Path) -> bytes:
    path = folder / FILE
    if not path.exists():
        elliptic_curve_private_key = generate_private_key(SECP256R1())
        keep(
            path,
            elliptic_curve_private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
            0o600,
        )
    return path.read_bytes()
