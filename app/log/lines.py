"""The log: one line of JSON an event, without personal data, so long at most and so many a minute.

No local variables, no headers and no addresses; nothing of what a browser sent by websocket, of which Reflex and its
libraries write much: of theirs only the place in their code is told.
"""

import logging
import sys
from typing import Any

import structlog

from app.log.rate import TOLD, Rate
from app.log.words import redact

_OF_SOCKETS = ("reflex", "reflex_base", "engineio", "socketio")
"""Libraries that put what a browser sent into the texts that they log."""


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
    handler.addFilter(Rate(lambda count: structlog.get_logger().warning(TOLD, count=count)))
    handler.addFilter(_without_events)
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


def _without_events(record: logging.LogRecord) -> bool:
    """Where a library of the websocket spoke, and of which exception; neither its words nor the exception's."""
    if record.name.partition(".")[0] in _OF_SOCKETS:
        failed = record.exc_info[0] if record.exc_info else None
        because = f", {failed.__name__}" if failed else ""
        record.msg = f"{record.name}.{record.funcName}, line {record.lineno}{because}"
        record.args, record.exc_info, record.exc_text = None, None, None
    return True
