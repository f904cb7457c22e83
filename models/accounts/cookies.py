"""The two cookies of the portal, both technical (COM-06), read from a Cookie header.

Pure functions, for the HTTP routes and for the screens: a websocket event has the header and nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from models.accounts.rules import SESSION_LIFE
from models.accounts.tokens import Audience, read, sign

SESSION_COOKIE = "passavant_session"
FLASH_COOKIE = "passavant_flash"
FLASH_LIFE = timedelta(seconds=120)
COPY_TAKEN, COPY_REFUSED = "copy_taken", "copy_refused"
"""What a Flash is about when it is not about signing in: a corrected copy, for /agent/messages."""
LINK_DONE, LINK_REFUSED = "link_done", "link_refused"
"""The same: a link with a co-owner, for /profil."""


@dataclass(frozen=True, slots=True)
class Flash:
    """What a form post has to say on the page that follows it at once: why signing in failed, and what was
    typed, or what became of a corrected copy.
    """

    kind: str
    title: str
    sentence: str
    email: str


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
    )


def read_flash_cookie(cookie_header: str | None) -> Flash | None:
    """What the last sign-in attempt left to say, during two minutes."""
    for value in _values(cookie_header, FLASH_COOKIE):
        claims = read(Audience.FLASH, value)
        if claims is not None:
            return Flash(*(str(claims.get(name, "")) for name in ("kind", "title", "sentence", "email")))
    return None


def _values(cookie_header: str | None, name: str) -> Iterator[str]:
    """Every value under `name`: a neighbouring site may have planted another one before ours."""
    for pair in (cookie_header or "").split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            yield value.strip('"')
