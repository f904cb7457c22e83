"""The mail server, as PASSAVANT_SMTP_URL names it."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

_SHAPE = "expected smtp://host, smtps://host or smtp://user:password@host:587?starttls"
_PORTS = {"smtp": 25, "smtps": 465}
_SUBMISSION = 587
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where letters are handed over, and how."""

    host: str
    port: int
    username: str | None
    password: str | None = field(repr=False)
    tls: bool
    """Encrypted from the first byte."""
    starttls: bool
    """Encrypted before anything is said; a server that cannot is refused."""


def read_smtp_url(url: str) -> SmtpServer:
    """The server that the address names.

    Raises:
        ValueError: with what was expected; never with what was given, which may hold a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(_SHAPE) from None
    if not _is_fit(parts, port):
        raise ValueError(_SHAPE)
    tls, starttls, host = parts.scheme == "smtps", parts.query == "starttls", str(parts.hostname)
    if parts.password and not (tls or starttls or host in _LOOPBACK):
        raise ValueError("a password must not travel in clear: expected smtps://… or …?starttls")
    usual = _SUBMISSION if starttls else _PORTS[parts.scheme]
    username, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return SmtpServer(host, port or usual, username, password, tls, starttls)


def _is_fit(parts: SplitResult, port: int | None) -> bool:
    return (
        parts.scheme in _PORTS
        and bool(parts.hostname)
        and port != 0
        and parts.path in ("", "/")
        and parts.query in ("", "starttls")
        and not (parts.scheme == "smtps" and parts.query)
        and bool(parts.username) == bool(parts.password)
    )
