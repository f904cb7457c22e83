"""How pages and files reach the browser: plain addresses, caching, and the headers that protect."""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.server.encodings import compressed_copies
from models.kernel.settings.portal import settings

_FOREVER = "public, max-age=31536000, immutable"
_HASHED = "/assets/"
"""What the build names after its content: a changed file has another name."""

_WORKER = "/sw.js"
_WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
"""A worker is held to the policy of its own file: it reads our pages, and nothing else."""

_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""What is no page runs, loads and frames nothing, should a browser ever take it for one."""
_PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_SCANS = "/verifier"
_CAMERA = "camera=(self), microphone=(), geolocation=()"
"""Where the code of a document is scanned, once the person who holds the phone allows it."""

_READS = ("GET", "HEAD")
_KNOWN = 304
"""The browser has it already, and keeps the headers it came with, but for those of this answer (RFC 9111, 3.2).

The policy of what is no page would take the place of the page's own, and none of its scripts would run.
"""
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class Delivery:
    """An ASGI layer around the whole application.

    The static server answers `/suivi` with a redirect to `http://…/suivi/`, which loses HTTPS behind a proxy
    and gives each page two addresses: here the page is served where it was asked for.
    """

    def __init__(self, app: ASGIApp, pages: Path) -> None:
        self._app = app
        files = list(pages.rglob("*.html"))
        self._pages = frozenset(
            "/" + file.relative_to(pages).with_suffix("").as_posix()
            for file in files
            if file.stem not in ("index", "404", "__spa-fallback")
        )
        self._policy = content_policy(file.read_bytes() for file in files)
        self._copies = compressed_copies(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; websockets pass through untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if (
            path in self._pages and scope["method"] in _READS
        ):  # a form may be posted to its page's own address
            scope = _at(scope, f"{path}.html")
        copy = self._copies.chosen(scope)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if copy is not None and message["status"] == 200:
                    copy.name(headers)
                if path == _SCANS or path.startswith(f"{_SCANS}/"):
                    headers["Permissions-Policy"] = _CAMERA
                # A file that is missing during a deployment must not be missing for ever.
                _dress(headers, path if message["status"] < 400 else "", self._policy)
                if message["status"] == _KNOWN:
                    del headers["Content-Security-Policy"]
            await send(message)

        scope = _at(scope, copy.path) if copy is not None else scope

        await self._app(scope, receive, dressed)


def deliver(inner: ASGIApp) -> ASGIApp:
    """The outermost layer: addresses and headers of everything that is served."""
    return Delivery(inner, Path(".web/build/client"))


def _at(scope: Scope, path: str) -> Scope:
    return {**scope, "path": path, "raw_path": path.encode()}


def content_policy(pages: Iterable[bytes]) -> str:
    """A Content-Security-Policy under which only our scripts run: ours by address, the pages' own by hash.

    Styles written by scripts stay allowed: React sets them one by one.
    """
    inline = {script for page in pages for script in _INLINE.findall(page)}
    hashes = sorted(base64.b64encode(hashlib.sha256(script).digest()).decode() for script in inline)
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _dress(headers: MutableHeaders, path: str, policy: str) -> None:
    for name, value in _PROTECTION.items():
        headers.setdefault(name, value)
    if settings().secure_cookies:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if path.startswith(_HASHED):
        headers["Cache-Control"] = _FOREVER
    elif path == _WORKER:
        headers["Cache-Control"] = "no-cache"  # a new one holds at the next visit
        headers["Content-Security-Policy"] = _WORKER_POLICY
    elif headers.get("content-type", "").startswith("text/html"):
        headers.setdefault("Cache-Control", "no-cache")
        headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("Content-Security-Policy", _NOTHING)
