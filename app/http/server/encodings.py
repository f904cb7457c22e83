"""Which compressed copy of a built file a client gets: the best of those that it understands (RFC 9110 § 12.5.3)."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Scope

from app.frontend.compression import ENCODINGS


@dataclass(frozen=True, slots=True)
class Copy:
    """A compressed copy of a file: where it is served from, how it is compressed, and what it is of."""

    path: str
    encoding: str
    content_type: str

    def name(self, headers: MutableHeaders) -> None:
        """Say what the bytes are: the file server took them for a file of their own."""
        headers["content-type"] = self.content_type
        headers["content-encoding"] = self.encoding
        headers.add_vary_header("Accept-Encoding")


@dataclass(frozen=True, slots=True)
class Copies:
    """All of them, by the path of the file and the encoding."""

    known: Mapping[str, Mapping[str, Copy]]

    def chosen(self, scope: Scope) -> Copy | None:
        """The copy for this request; None when it gets the file itself."""
        if scope["method"] not in ("GET", "HEAD"):
            return None
        path = "/index.html" if scope["path"] == "/" else scope["path"]
        copies = self.known.get(path)
        headers = Headers(scope=scope)
        if copies is None or "range" in headers:
            return None
        accepted = understood(headers.get("accept-encoding", ""))
        return next((copies[name] for name, _ in ENCODINGS if name in copies and name in accepted), None)


def understood(header: str) -> frozenset[str]:
    """The encodings that an Accept-Encoding header takes; those it refuses with `q=0` are left out."""
    encodings_found = set()
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            encodings_found.add(name.strip())
    return frozenset(encodings_found)


def compressed_copies(pages: Path) -> Copies:
    """Those that the build left in that folder."""
    known: dict[str, dict[str, Copy]] = {}
    for encoding, suffix in ENCODINGS:
        for file in pages.rglob(f"*{suffix}"):
            path = "/" + file.relative_to(pages).as_posix()
            original = path.removesuffix(suffix)
            known.setdefault(original, {})[encoding] = Copy(path, encoding, _type(original))
    return Copies(known)


def _type(path: str) -> str:
    guessed = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
