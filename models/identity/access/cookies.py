"""The cookies of the portal, all technical (COM-06), read from a Cookie header.

Pure functions, for the HTTP routes and for the screens: a websocket event has the header and nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from models.identity.accounts.rules import SESSION_LIFE
from models.identity.accounts.tokens import Audience, read, sign
from models.identity.factors.rules import CEREMONY_LIFE
from models.kernel.settings.portal import settings

SESSION_COOKIE, FLASH_COOKIE, CEREMONY_COOKIE = "passavant_session", "passavant_flash", "passavant_ceremony"
"""As they are named over plain HTTP: see name_of()."""
_HOST = "__Host-"
"""A browser takes a cookie of such a name from this very host alone, over HTTPS: no neighbour can plant one."""
FLASH_LIFE = timedelta(seconds=120)
_LONGEST = 254
"""Characters of what is shown again after an error: the cookie that carries it is small."""
_MOST = 8
"""Cookies of one name that are looked at: each costs the check of a signature."""
COPY_TAKEN, COPY_REFUSED = "copy_taken", "copy_refused"
SIGN_UP, SIGN_UP_SENT = "sign_up", "sign_up_sent"
LINK_ASKED, LINK_SENT = "link_asked", "link_sent"
NEW_PASSWORD, NEW_ADDRESS, UNDONE = "new_password", "new_address", "undone"
PROFILE_DONE, PROFILE_PASSWORD, PROFILE_ADDRESS = "profile_done", "profile_password", "profile_address"
LINK_DONE, LINK_REFUSED = "link_done", "link_refused"
FACTOR_REFUSED, PROFILE_FACTOR = "factor_refused", "profile_factor"
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


def name_of(cookie: str) -> str:
    """What that cookie is called: over HTTPS, with the prefix by which browsers keep it to this host."""
    return _HOST + cookie if settings().secure_cookies else cookie


def session_cookie(session_id: str) -> str:
    """The value that names a session row, signed; over HTTPS it says that it belongs under the longer name."""
    host = {"host": True} if settings().secure_cookies else {}
    return sign(Audience.SESSION, SESSION_LIFE, jti=session_id, **host)


def read_session_cookie(cookie_header: str | None) -> str | None:
    """The session id that the Cookie header names; None without a cookie that we signed.

    It says who the browser claims to be: whether that session still runs, the database says.

    Over HTTPS the plain name is still read, for those who signed in before it had another: a value signed since
    then is worth nothing there, so that a neighbour who plants one plants the session of nobody new.
    """
    for value in _values(cookie_header, name_of(SESSION_COOKIE)):
        jti = (read(Audience.SESSION, value) or {}).get("jti")
        if isinstance(jti, str):
            return jti
    return _former(cookie_header) if settings().secure_cookies else None


def _former(cookie_header: str | None) -> str | None:
    for value in _values(cookie_header, SESSION_COOKIE):
        claims = read(Audience.SESSION, value) or {}
        if isinstance(claims.get("jti"), str) and "host" not in claims:
            return str(claims["jti"])
    return None


def ceremony_cookie(ceremony_id: str) -> str:
    """The value that names a sign-in half-way, signed."""
    return sign(Audience.CEREMONY, CEREMONY_LIFE, jti=ceremony_id)


def read_ceremony_cookie(cookie_header: str | None) -> str | None:
    """The sign-in half-way that the Cookie header names; whether it still waits, the database says."""
    for value in _values(cookie_header, name_of(CEREMONY_COOKIE)):
        jti = (read(Audience.CEREMONY, value) or {}).get("jti")
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
        email=flash.email[:_LONGEST],
        typed={name: text[:_LONGEST] for name, text in flash.typed.items()},
        errors=dict(flash.errors),
    )


def read_flash_cookie(cookie_header: str | None) -> Flash | None:
    """What the last form post left to say, during two minutes."""
    for value in _values(cookie_header, name_of(FLASH_COOKIE)):
        claims = read(Audience.FLASH, value)
        if claims is not None:
            claimed = {name: str(claims.get(name, "")) for name in ("kind", "title", "sentence", "email")}
            return Flash(**claimed, typed=claims.get("typed", {}), errors=claims.get("errors", {}))
    return None


def _values(cookie_header: str | None, name: str) -> Iterator[str]:
    """Every value under `name`: a neighbouring site may have planted another one before ours."""
    pairs = (pair.strip().partition("=") for pair in (cookie_header or "").split(";"))
    yield from islice((value.strip('"') for key, _, value in pairs if key == name), _MOST)
