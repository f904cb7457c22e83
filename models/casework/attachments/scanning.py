"""Whether ClamAV finds anything in a file: asked over clamd's socket, with the bytes as they stream by.

clamd may be absent, slow, dead half-way, or refuse what is larger than its own limit: the file is then unscanned, which
is neither clean nor infected, and is tried again. Only clamd's own words « OK » and « FOUND » settle it.
"""

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

from models.kernel.settings.files import ClamavSocket

CONNECT, WHOLE = 5.0, 90.0
"""Seconds to be heard, and for all of it."""
_PIECE = 256 * 1024
_ANSWER = 4096
"""Bytes of an answer: more is none of clamd's."""


class NotScanned(Exception):
    """Nobody knows what is in the file; the text says why, for the log."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What clamd says."""

    signature: str
    """The name of what it found; empty when it found nothing."""


def scan(server: ClamavSocket, content: Iterable[bytes]) -> Scan:
    """Have clamd look through these bytes.

    Raises:
        NotScanned: when it did not say what it found.
    """
    until = monotonic() + WHOLE
    try:
        with _connected(server) as connection:
            connection.sendall(b"zINSTREAM\0")
            for piece in content:
                for at in range(0, len(piece), _PIECE):
                    _send(connection, piece[at : at + _PIECE], until)
            _send(connection, b"", until)
            return _read(_answer(connection, until))
    except OSError as error:
        raise NotScanned(type(error).__name__) from error


def _connected(server: ClamavSocket) -> socket.socket:
    if server.path:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT)
        try:
            connection.connect(server.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((server.host, server.port), CONNECT)


def _send(connection: socket.socket, piece: bytes, until: float) -> None:
    connection.settimeout(_left(until))
    connection.sendall(struct.pack("!I", len(piece)) + piece)


def _answer(connection: socket.socket, until: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _ANSWER:
        connection.settimeout(_left(until))
        piece = connection.recv(_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(answer: str) -> Scan:
    """`stream: OK`, `stream: Eicar-Test-Signature FOUND`, `INSTREAM size limit exceeded. ERROR`."""
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return Scan("")
    signature = verdict.removesuffix(" FOUND")
    if signature != verdict and signature not in ("", "(null)"):
        return Scan(signature)
    raise NotScanned(answer[:80] or "no answer")
