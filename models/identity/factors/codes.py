"""Codes that a person types: those of an application (RFC 6238), and those that stand for it once each. Pure."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime

import pyotp

from models.identity.factors.rules import CODE_GROUP, CODE_GROUPS, CODES
from models.kernel.settings.portal import settings

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Thirty-two characters that nobody takes for one another."""
_PERIOD = 30
_DRIFT = 1
"""Periods before and after the present one: clocks of phones differ."""
_SIX = re.compile(r"[0-9]{6}")
ISSUER = "Passavant"


def new_secret() -> str:
    """What an application derives its codes from: 160 bits, base32."""
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """What an application reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, typed: str, at: datetime, after: int = 0) -> int | None:
    """The period whose code that is, later than the period `after`; None when there is none.

    A period is used once: whoever looks over a shoulder, or reads the network, comes too late.
    """
    code = "".join(typed.split())
    if _SIX.fullmatch(code) is None:
        return None
    now = int(at.timestamp()) // _PERIOD
    application = pyotp.TOTP(secret, interval=_PERIOD)
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        if step > after and hmac.compare_digest(application.at(step * _PERIOD), code):
            return step
    return None


def new_codes() -> list[str]:
    """Recovery codes, such as `K7QD-9WXM-TR4A-HZ2P`."""
    return [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(CODE_GROUP)) for _ in range(CODE_GROUPS))
        for _ in range(CODES)
    ]


def digest_of(account_id: int, typed: str) -> str:
    """What is kept of a recovery code of that account; however it is typed.

    Fast, unlike a person's password: eighty random bits are found by nobody who tries.
    """
    plain = "".join(character for character in typed.upper() if character in _ALPHABET)
    message = f"recovery code\n{account_id}\n{plain}"
    return hmac.new(settings().signing_key().encode(), message.encode(), hashlib.sha256).hexdigest()
