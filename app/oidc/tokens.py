"""Whether an ID token proves who signed in (OpenID Connect Core 1.0, 3.1.3.7)."""

from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError

from app.oidc.discovery import keys_of
from app.oidc.failures import NotProven
from models.kernel import clock
from models.kernel.settings.co_owners import CoOwnerSettings

ALGORITHMS = ["RS256", "PS256", "ES256", "Ed25519"]
"""Signatures that only the issuer can make: neither `none` nor a shared secret."""
_LEEWAY = 30
"""Seconds by which two clocks may differ."""


async def verify(there: CoOwnerSettings, token: Mapping[str, Any], nonce: str) -> str:
    """The subject of the ID token among `token`, which the token endpoint gave.

    Its signature, issuer, audience, party, times, nonce and access token all fit.

    Raises:
        NotProven: when one of them does not.
        CoOwnerAway: when the issuer's keys cannot be had.
    """
    id_token = token.get("id_token")
    if not isinstance(id_token, str):
        raise NotProven("no ID token")
    try:
        kid = str(jws.extract_compact(id_token.encode()).headers().get("kid", ""))
        keys = await keys_of(there.issuer, kid)
        signed = jwt.decode(id_token, keys, algorithms=ALGORITHMS)
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            options={
                "iss": {"essential": True, "value": there.issuer},
                "aud": {"essential": True, "value": there.client_id},
                "sub": {"essential": True},
            },
            params={
                "nonce": nonce,
                "client_id": there.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(clock.now().timestamp()), leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotProven(f"ID token: {type(error).__name__} {error}") from None
    return str(claims["sub"])
