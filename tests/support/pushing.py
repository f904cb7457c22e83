"""A push service on this machine, and browsers that can read what it hands them."""

import base64
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.signals.notifications.vapid import public_key

AUTH = bytes(range(16))


def text(data: bytes) -> str:
    """base64url, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def data(said: str) -> bytes:
    """The opposite."""
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))


@dataclass
class Browser:
    """One that subscribed."""

    endpoint: str
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    @property
    def keys(self) -> tuple[str, str]:
        """p256dh and auth."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return text(point), text(AUTH)

    def read(self, body: bytes) -> dict[str, Any]:
        """What the service worker is given."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=AUTH, version="aes128gcm")
        told: dict[str, Any] = json.loads(plain)
        return told


@dataclass
class Taken:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    def claims(self, audience: str) -> dict[str, Any]:
        """What the portal signed, judged by the key that browsers were given."""
        scheme, _, said = self.headers["authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(one.strip().split("=", 1) for one in said.split(","))
        assert parts["k"] == public_key()
        point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), data(parts["k"]))
        found: dict[str, Any] = jwt.decode(
            parts["t"], point, algorithms=["ES256"], audience=audience, options={"verify_exp": False}
        )
        return found


class PushService:
    """Answers 201, or what it is told to."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.answers: dict[str, int] = {}
        """By path."""
        self._server: ThreadingHTTPServer | None = None
        self.start(0)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def server(self) -> ThreadingHTTPServer:
        """While it runs."""
        assert self._server is not None
        return self._server

    def start(self, port: int | None = None) -> None:
        """Again on the same port, after a stop."""
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status = service.answers.get(self.path, 201)
                if status < 300:
                    service.taken.append(Taken(self.path, headers, body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                if 300 <= status < 400:
                    self.send_header("Location", f"{service.url}/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port if port is None else port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Gone."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def browser(self, name: str) -> Browser:
        """One more."""
        return Browser(f"{self.url}/{name}")
