"""Handing a message over: to the mail server, or into the data folder where there is none."""

import asyncio
import os
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib

from models.kernel.settings.portal import Settings
from models.kernel.settings.smtp import SmtpServer

_SECONDS = 20.0
"""For each exchange with the mail server."""
_SECONDS_IN_ALL = 60.0
"""Shorter than the time for which a relay has a letter to itself (models.kernel.outbox.LEASE)."""
FOLDER = "mail"


class NotDelivered(Exception):
    """A message was not taken; its text says why, in the server's words."""

    def __init__(self, reason: str, *, for_ever: bool = False, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.for_ever = for_ever
        """Whether trying again would change nothing: the server refuses the recipient, or the message."""
        self.unreachable = unreachable
        """Whether it is the recipient that the server refuses for good."""


async def deliver(message: EmailMessage, name: str, set_: Settings) -> None:
    """Hand the message over; into a file called `name` where there is no mail server.

    Raises:
        NotDelivered: with the reason.
    """
    server = set_.mail_server
    try:
        if server is None:
            await asyncio.to_thread(_write, set_.data_dir / FOLDER, name, bytes(message))
        else:
            async with asyncio.timeout(_SECONDS_IN_ALL):
                await _send(message, server)
    except aiosmtplib.SMTPRecipientsRefused as refused:
        first = refused.recipients[0]
        lasting = first.code >= 500
        raise NotDelivered(f"{first.code} {first.message}", for_ever=lasting, unreachable=lasting) from None
    except aiosmtplib.SMTPDataError as refused:
        raise NotDelivered(f"{refused.code} {refused.message}", for_ever=refused.code >= 500) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"{type(error).__name__}: {error}") from None


async def _send(message: EmailMessage, server: SmtpServer) -> None:
    await aiosmtplib.send(
        message,
        hostname=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        use_tls=server.tls,
        start_tls=server.starttls,
        timeout=_SECONDS,
    )


def _write(folder: Path, name: str, body: bytes) -> None:
    """Whole or not at all, and for nobody else on the machine: it may hold a link."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{name}.part"
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / f"{name}.eml")
