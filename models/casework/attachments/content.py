"""What a file is, from its bytes: they must be what its name says, whole, and nothing else beside (pure).

The formats that services admit are few, and each is known by how it begins and ends: so a list of ours, rather than a
library that guesses among a thousand. What is inside is looked at later, in a process apart (previews.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from models.casework.attachments.renderer import MOST_PIXELS
from models.casework.attachments.vocabulary import Reason

HEAD, TAIL = 512 * 1024, 64 * 1024
"""Bytes that are kept of the beginning and of the end: enough for the size of an image behind its colour profile."""
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of JPEG after which the size stands."""
_END_OF_PDF = 2048
"""Bytes at the end of a PDF, one of whose lines is `%%EOF`."""
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker in _FRAMES:
            return int.from_bytes(head[at + 7 : at + 9]), int.from_bytes(head[at + 5 : at + 7])
        if marker == 0xFF or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(head[at + 2 : at + 4])
    return None


def _png_size(head: bytes) -> tuple[int, int] | None:
    return (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) if head[12:16] == b"IHDR" else None


@dataclass(frozen=True, slots=True)
class FileType:
    """A format that a service may admit."""

    code: str
    label: str
    """As it is said in French, after « un » or « une »."""
    endings: tuple[str, ...]
    """Of names, in lower case, the usual one first."""
    media_types: tuple[str, ...]
    """As browsers declare it, the right one first."""
    begins: bytes
    is_whole: Callable[[bytes], bool]
    """Whether the end of the file is that of a whole one."""
    pixels: Callable[[bytes], tuple[int, int] | None] = lambda _head: None
    """Width and height, from the beginning; None when it does not say."""

    @property
    def media_type(self) -> str:
        """What it is served as."""
        return self.media_types[0]


PDF = FileType(
    "pdf",
    "PDF",
    (".pdf",),
    ("application/pdf", "application/x-pdf"),
    b"%PDF-",
    lambda tail: b"%%EOF" in tail[-_END_OF_PDF:],
)
JPEG = FileType(
    "jpeg",
    "image JPEG",
    (".jpg", ".jpeg"),
    ("image/jpeg", "image/jpg", "image/pjpeg"),
    b"\xff\xd8\xff",
    lambda tail: b"\xff\xd9" in tail,
    _jpeg_size,
)
PNG = FileType(
    "png",
    "image PNG",
    (".png",),
    ("image/png",),
    b"\x89PNG\r\n\x1a\n",
    lambda tail: b"IEND\xaeB`\x82" in tail,
    _png_size,
)
FILE_TYPES: Mapping[str, FileType] = {file_type.code: file_type for file_type in (PDF, JPEG, PNG)}
UNDECLARED = frozenset({"", "application/octet-stream"})
"""What is declared by who does not know."""


def by_name(name: str) -> FileType | None:
    """The format that a file's name tells, by its ending."""
    lower = name.lower()
    return next((file_type for file_type in FILE_TYPES.values() if lower.endswith(file_type.endings)), None)


class Inspection:
    """Reads a file that goes by, in pieces: its digest, and what its beginning and end say."""

    def __init__(self) -> None:
        self._digest = sha256()
        self._head, self._tail = b"", b""
        self.size = 0

    def feed(self, piece: bytes) -> bytes:
        """Read one piece, and hand it on."""
        self._digest.update(piece)
        self.size += len(piece)
        if len(self._head) < HEAD:
            self._head += piece[: HEAD - len(self._head)]
        self._tail = (self._tail + piece)[-TAIL:]
        return piece

    @property
    def sha256(self) -> str:
        """The digest of all that went by, hexadecimal."""
        return self._digest.hexdigest()

    def fault(self, expected: FileType) -> Reason | None:
        """Why these bytes are not a whole file of that format, or more than that; None when they are."""
        if not self._head.startswith(expected.begins):
            return Reason.OTHER_CONTENT
        size = expected.pixels(self._head)
        if size is not None and size[0] * size[1] > MOST_PIXELS:
            return Reason.TOO_MANY_PIXELS
        if not expected.is_whole(self._tail):
            return Reason.TRUNCATED
        return Reason.AMBIGUOUS if self._is_something_else(expected) else None

    def _is_something_else(self, expected: FileType) -> bool:
        """Whether another program would open it as another format: a PDF behind an image, an archive at its end."""
        hidden = expected is not PDF and b"%PDF-" in self._head[:1024]
        at = self._tail.rfind(_ZIP_END)
        comment = self._tail[at + 20 : at + _ZIP_END_SIZE]
        archive = at >= 0 and at + _ZIP_END_SIZE + int.from_bytes(comment, "little") == len(self._tail)
        return hidden or archive
