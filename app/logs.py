"""The log: one line of JSON an event, without personal data.

No local variables, no headers and no addresses: Reflex logs an unknown event with its headers, the session
cookie among them, and a query string may hold what somebody looked for.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_SECRET = re.compile(
    r"(passavant_(?:session|flash)=)[^;\s'\"]+|(Bearer\s+)[\w.-]+|\beyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]*)?",
    re.IGNORECASE,
)
"""Our cookies, bearer tokens, and signed tokens wherever they stand, as in the links of letters."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def configure(level: int = logging.INFO) -> None:
    """Send every log of the process, ours and the libraries', through the same filter."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("engineio.server", "socketio.server"):
        # Without a level of their own they would add a handler of theirs, which filters nothing.
        logging.getLogger(name).setLevel(logging.ERROR)
    for chatty in ("httpx", "alembic", "aiosqlite", "fontTools", "granian.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def redact(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Blank cookies, tokens and e-mail addresses, wherever they hide."""
    return {key: value if key.startswith("_") else _clean_all(value) for key, value in event.items()}


def _clean_all(value: Any) -> Any:
    """The same, at any depth; an object is told as it would be written, cleaned."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Mapping):
        return {_clean(str(key)): _clean_all(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean_all(one) for one in value]
    return _clean(repr(value))


def _clean(text: str) -> str:
    return _EMAIL.sub("[e-mail]", _SECRET.sub(r"\1\2[secret]", text))
