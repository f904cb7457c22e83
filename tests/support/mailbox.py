"""The letters that a running application wrote into its data folder, as their addressee reads them."""

import asyncio
import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.support.served import ServedApp

_LINK = re.compile(r"https?://\S+")
_SECONDS = 15


def letters(data: Path, to: str) -> list[EmailMessage]:
    """What came for that address, oldest first."""
    found = []
    for file in sorted((data / "mail").glob("*.eml")):
        message = email.message_from_bytes(file.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        if message["To"] == to:
            found.append(message)
    return found


async def next_letter(served: ServedApp, to: str, after: int = 0) -> EmailMessage:
    """The letter number `after` + 1 for that address, as soon as it comes."""
    for _ in range(_SECONDS * 10):
        found = letters(served.data, to)
        if len(found) > after:
            return found[after]
        await asyncio.sleep(0.1)
    raise AssertionError(f"no letter for {to}")


def link_in(message: EmailMessage) -> str:
    """The first address in its text."""
    text = message.get_body(("plain",))
    assert text is not None
    found = _LINK.search(text.get_content())
    assert found is not None
    return found[0]
