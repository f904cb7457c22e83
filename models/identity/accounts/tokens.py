"""Signed tokens: what a browser or a partner brings back to us unchanged."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

import jwt

from models.kernel import clock
from models.kernel.settings.portal import settings

_ALGORITHM = "HS256"


class Audience(StrEnum):
    """What a token is for. One made for a purpose is worth nothing for another."""

    SESSION = "passavant-session"
    FLASH = "passavant-flash"
    CEREMONY = "passavant-ceremony"
    PARTNER = "passavant-partner"
    LINK = "passavant-link"
    CARD = "passavant-card"
    NOTICES = "passavant-notices"


def sign(audience: Audience, life: timedelta, **claims: Any) -> str:
    """A token good for `audience` during `life`. Its claims can be read by whoever holds it."""
    now = clock.now()
    standard = {"aud": audience, "iat": int(now.timestamp()), "exp": int((now + life).timestamp())}
    return jwt.encode(claims | standard, settings().signing_key(), algorithm=_ALGORITHM)


def read(audience: Audience, token: str) -> dict[str, Any] | None:
    """The claims of a token that we signed for `audience` and that still holds; None for anything else."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            settings().signing_key(),
            algorithms=[_ALGORITHM],  # pinned: the token's own header has no say
            audience=audience,
            # The expiry is compared below, with our clock rather than the library's.
            options={"require": ["aud", "exp"], "verify_exp": False, "verify_iat": False},
        )
    except (jwt.PyJWTError, ValueError):
        return None
    expires = claims["exp"]
    return claims if isinstance(expires, int) and expires > clock.now().timestamp() else None
