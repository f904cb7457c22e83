"""Which program calls the partner API: a bearer token (RFC 6750), checked against the client as it stands now."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated

from fastapi import Security
from fastapi.openapi.models import OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import OAuth2

from app.http.server.problems import Problem
from models.identity.accounts import tokens
from models.identity.accounts.partners import Partner, Scope, active_partner
from models.identity.accounts.tokens import Audience
from models.kernel.database import read

_SCHEME = OAuth2(
    flows=OAuthFlows(
        clientCredentials=OAuthFlowClientCredentials(
            tokenUrl="/api/v1/token", scopes={scope.value: scope.value for scope in Scope}
        )
    ),
    scheme_name="Partenaire",
    auto_error=False,
)


def partner(*scopes: Scope) -> Callable[..., Awaitable[Partner]]:
    """A dependency: the program behind the bearer token, which must hold every one of `scopes`.

    The client is looked up at each request: revoked, or a scope taken back, the token is worth nothing.

    Raises:
        Problem: 401 or 403, with WWW-Authenticate (RFC 6750).
    """

    async def prove(
        authorization: Annotated[str | None, Security(_SCHEME, scopes=[scope.value for scope in scopes])],
    ) -> Partner:
        client = await _bearer(authorization)
        if not set(scopes) <= client.scopes:
            needed = " ".join(scopes)
            raise Problem(
                403,
                detail=f"Ce jeton n’ouvre pas ce service. Droit nécessaire\u00a0: {needed}.",
                headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{needed}"'},
            )
        return client

    return prove


async def _bearer(authorization: str | None) -> Partner:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise Problem(
            401,
            detail="Joignez un jeton\u00a0: demandez-le à /api/v1/token.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    claims = tokens.read(Audience.PARTNER, token.strip()) or {}
    client = await read(lambda db: active_partner(str(claims.get("sub", "")), db))
    if client is None:
        raise Problem(
            401,
            detail="Ce jeton n’est pas ou n’est plus valable. Demandez-en un autre à /api/v1/token.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    held = set(str(claims.get("scope", "")).split())
    return replace(client, scopes=frozenset(scope for scope in client.scopes if scope in held))
