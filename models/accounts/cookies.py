"""The two cookies of the portal, both technical (COM-06), read from a Cookie header.

Pure functions, for the HTTP routes and for the screens: a websocket event has the header and nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from models.accounts.rules import SESSION_LIFE
from models.accounts.tokens import Audience, read, sign

SESSION_COOKIE = "passavant_session"
FLASH_COOKIE = "passavant_flash"
FLASH_LIFE = timedelta(seconds=120)
COPY_TAKEN, COPY_REFUSED = "copy_taken", "copy_refused"
SIGN_UP, SIGN_UP_SENT = "sign_up", "sign_up_sent"
LINK_ASKED, LINK_SENT = "link_asked", "link_sent"
NEW_PASSWORD, NEW_ADDRESS, UNDONE = "new_password", "new_address", "undone"
PROFILE_DONE, PROFILE_PASSWORD, PROFILE_ADDRESS = "profile_done", "profile_password", "profile_address"
LINK_DONE, LINK_REFUSED = "link_done", "link_refused"
CARD_ASKED, CARD_FOUND = "card_asked", "card_found"
SIGN_IN_DONE, SIGN_IN_MISSING = "done", "missing"
"""What a Flash is about, so that each page tells only its own; about a failed sign-in, it bears a RefusalKind."""


@dataclass(frozen=True, slots=True)
class Flash:
    """What a form post has to say on the page that follows it at once: what was done, or what is wrong with what
    was typed.
    """

    kind: str
    title: str
    sentence: str
    email: str
    typed: Mapping[str, str] = field(default_factory=dict)
    """Other fields of the form, to be shown again; never a password."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by field."""


def session_cookie(session_id: str) -> str:
    """The value that names a session row, signed."""
    return sign(Audience.SESSION, SESSION_LIFE, jti=session_id)


def read_session_cookie(cookie_header: str | None) -> str | None:
    """The session id that the Cookie header names; None without a cookie that we signed.

    It says who the browser claims to be: whether that session still runs, the database says.
    """
    for value in _values(cookie_header, SESSION_COOKIE):
        jti = (read(Audience.SESSION, value) or {}).get("jti")
        if isinstance(jti, str):
            return jti
    return None


def flash_cookie(flash: Flash) -> str:
    """The value that carries `flash`, signed: personal data stays out of addresses and of logs."""
    return sign(
        Audience.FLASH,
        FLASH_LIFE,
        kind=flash.kind,
        title=flash.title,
        sentence=flash.sentence,
        email=flash.email,
        typed=dict(flash.typed),
        errors=dict(flash.errors),
    )


def read_flash_cookie(cookie_header: str | None) -> Flash | None:
    """What the last form post left to say, during two minutes."""
    for value in _values(cookie_header, FLASH_COOKIE):
        claims = read(Audience.FLASH, value)
        if claims is not None:
            said = {name: str(claims.get(name, "")) for name in ("kind", "title", "sentence", "email")}
            return Flash(**said, typed=claims.get("typed", {}), errors=claims.get("errors", {}))
    return None


def _values(cookie_header: str | None, name: str) -> Iterator[str]:
    """Every value under `name`: a neighbouring site may have planted another one before ours."""
    for pair in (cookie_header or "").split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            yield value.strip('"')
