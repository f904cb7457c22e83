"""The public keys that issued documents are verified with, for anybody's program and our own page (CTX-14)."""

import base64
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from models.casework.issued.keys import certificates, key_name
from models.kernel.threads import documents

router = APIRouter(include_in_schema=False)

PATH = "/verifier/cles.json"
_HEADERS = {"Cache-Control": "no-cache"}


@router.get(PATH)
async def keys() -> Response:
    """A JWK set (RFC 7517), the present key first, then those that it replaced; each with its certificate."""
    known = await documents.run(certificates)
    return JSONResponse({"keys": [_jwk(one) for one in known]}, headers=_HEADERS)


def _jwk(certificate: x509.Certificate) -> dict[str, Any]:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise TypeError("not an EC key")
    point = key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "use": "sig",
        "alg": "ES256",
        "kid": key_name(certificate).hex(),
        "x": _number(point.x),
        "y": _number(point.y),
        "x5c": [base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()],
    }


def _number(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes(32, "big")).decode().rstrip("=")
