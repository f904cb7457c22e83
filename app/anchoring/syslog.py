"""The anchor as a line of syslog (RFC 5424): to the machine's own, which passes it on, or to a server."""

import asyncio
import os
import socket
from typing import Any

from app.anchoring.failures import NotSent
from models.journal.canonical import moment
from models.journal.sealing.anchors import Anchor
from models.kernel import clock
from models.kernel.settings.anchors import SyslogServer

_SECONDS = 10.0
_PRIORITY = 10 * 8 + 5
"""authpriv.notice"""


async def send(anchor: Anchor, server: SyslogServer) -> None:
    """Send it; over a socket or UDP nobody says whether it came.

    Raises:
        NotSent: when the server cannot be reached.
    """
    try:
        async with asyncio.timeout(_SECONDS):
            if server.scheme == "tcp":
                await _stream(_message(anchor), server)
            else:
                await asyncio.to_thread(_datagram, anchor, server)
    except OSError as error:  # the time out is one
        raise NotSent(f"{type(error).__name__}: {error}") from None


async def _stream(message: bytes, server: SyslogServer) -> None:
    _, writer = await asyncio.open_connection(server.host, server.port)
    try:
        writer.write(b"%d %s" % (len(message), message))  # RFC 6587: counted, so that nothing is cut
        await writer.drain()
    finally:
        writer.close()
        await writer.wait_closed()


def _datagram(anchor: Anchor, server: SyslogServer) -> None:
    if server.scheme == "unix":
        _hand_over(socket.AF_UNIX, server.host, _local_message(anchor))
        return
    family, _, _, _, address = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_DGRAM)[0]
    _hand_over(family, address, _message(anchor))


def _hand_over(family: int, address: Any, message: bytes) -> None:
    with socket.socket(family, socket.SOCK_DGRAM) as datagram:
        datagram.settimeout(_SECONDS)
        datagram.connect(address)
        datagram.send(message)


def _message(anchor: Anchor) -> bytes:
    head = f"<{_PRIORITY}>1 {moment(clock.machine())} {socket.gethostname()} passavant {os.getpid()} anchor -"
    return f"{head} {anchor.line}".encode()


def _local_message(anchor: Anchor) -> bytes:
    """The machine's own syslog adds the time and the name."""
    return f"<{_PRIORITY}>passavant[{os.getpid()}]: {anchor.line}".encode()
