"""What takes a person to a tele-service without signing in again: a signed assertion, good once, for a minute (PPR-04)."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from models.identity.accounts.viewer import Held, Viewer
from models.journal.sealing.keys import keep
from models.kernel import clock
from models.kernel.settings.portal import settings

ASSERTION_LIFE = timedelta(seconds=60)
ALGORITHM = "ES256"
"""What every library verifies."""
_FILE = "assertion_key.pem"


def assertion(viewer: Viewer, subject: str, audience: str, held: Sequence[Held], objet: str) -> str:
    """Says to `audience` who comes, for which company, by which rights, about what.

    Its `jti` is never the same: the tele-service accepts it once.
    """
    claims: dict[str, Any] = {
        "siren": viewer.siren,
        "right": " ".join(sorted({right.right for right in held})),
    }
    if all(right.siret for right in held):
        claims["sirets"] = sorted({right.siret for right in held})
    if objet:
        claims["objet"] = objet
    return _signed(subject, audience, claims)


def notice_assertion(reference: str, siren: str, audience: str) -> str:
    """Says to `audience` that whoever comes holds the payment notice of that debt, and nothing of who it is (PPR-31)."""
    return _signed(reference, audience, {"siren": siren, "right": "payer-sur-avis", "objet": reference})


def _signed(subject: str, audience: str, said: dict[str, Any]) -> str:
    now = clock.now()
    claims = said | {
        "iss": settings().public_url,
        "sub": subject,
        "aud": audience,
        "iat": int(now.timestamp()),
        "exp": int((now + ASSERTION_LIFE).timestamp()),
        "jti": secrets.token_urlsafe(16),
    }
    key = _key(settings().data_dir.resolve())
    return jwt.encode({"alg": ALGORITHM, "kid": key.thumbprint(), "typ": "JWT"}, claims, key)


def public_keys() -> dict[str, Any]:
    """The JSON Web Key Set that tele-services verify assertions with."""
    key = _key(settings().data_dir.resolve())
    return {
        "keys": [
            {**key.as_dict(private=False), "kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM},
        ]
    }


@cache
def _key(folder: Path) -> ECKey:
    """This portal's key; drawn at first use, mode 0600."""
    path = folder / _FILE
    if not path.exists():
        drawn = generate_private_key(SECP256R1())
        keep(path, drawn.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    return ECKey.import_key(path.read_bytes())
