"""A real mail server that keeps what it takes, refuses what it is told to, is slow, goes away and comes back."""

import asyncio
import email
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from models.kernel.settings.portal import settings
from tests.support.served import free_port


class Postbox:
    """A mail server's handler: keeps what it takes, refuses what it is told to."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        """What to answer about a recipient, or to DATA."""
        self.slow: dict[str, int] = {}
        """How many letters of others to wait for, before a recipient is answered."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        while len(self.taken) < self.slow.get(address, 0):  # noqa: ASYNC110 - told by another thread's test
            await asyncio.sleep(0.01)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "DATA" in self.refusals:
            return self.refusals["DATA"]
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 OK"


class Server:
    """A real SMTP server that can be away and come back on the same port."""

    def __init__(self) -> None:
        self.postbox, self.port = Postbox(), free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self.postbox, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, database: str) -> Iterator[Server]:  # noqa: ARG001 - after it
    """A mail server, and the settings that lead to it."""
    made = Server()
    monkeypatch.setenv("PASSAVANT_SMTP_URL", made.url)
    settings.cache_clear()
    made.start()
    yield made
    made.stop()
