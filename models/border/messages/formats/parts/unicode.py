"""Bytes of the other encodings of Unicode, as UTF-8: UTF-16 and UTF-32, with or without byte order mark."""

import codecs

from models.border.passage.content import UnreadableMessage

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST = frozenset(b"<{[U \t\r\n")
"""What our messages begin with: beside a null byte, it tells the encoding."""


def in_utf8(body: bytes) -> bytes:
    """The same text in UTF-8, with its byte order mark: it goes before what an XML declaration announces.

    Bytes of any other encoding are returned as they are. Raises UnreadableMessage when they are cut or broken.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if body.startswith(mark)), (b"", ""))
    encoding = encoding or _unmarked(body[:4])
    if not encoding:
        return body
    try:
        return codecs.BOM_UTF8 + body[len(mark) :].decode(encoding).encode()
    except UnicodeError as error:
        raise UnreadableMessage(
            "Message illisible",
            f"Le message semble codé en {encoding[:6].upper()}, mais il ne l’est pas jusqu’au bout\u00a0: il est tronqué "
            "ou mal converti. Renvoyez-le en UTF-8.",
        ) from error


def _unmarked(start: bytes) -> str:
    if len(start) < 2:
        return ""
    if start[0] in _FIRST and start[1] == 0:
        return "utf-32-le" if start[1:] == b"\0\0\0" else "utf-16-le"
    if start[0] == 0 and start[1] in _FIRST:
        return "utf-16-be"
    if len(start) == 4 and start[:3] == b"\0\0\0" and start[3] in _FIRST:
        return "utf-32-be"
    return ""
