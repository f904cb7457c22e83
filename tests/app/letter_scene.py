"""People to write to, behind a real mail server, and what it took for them."""

from email.message import EmailMessage

import pytest

from models.identity.letters.tables import Email
from models.kernel import clock
from models.signals.notifications.rules import SETTLING
from tests.factories import NOW
from tests.support.notices import World, letters, populate
from tests.support.smtp import Server

SOON = NOW + SETTLING


@pytest.fixture
async def world(server: Server) -> World:  # noqa: ARG001 - before it
    with clock.fixed(NOW):
        return await populate()


def to(server: Server, name: str) -> list[EmailMessage]:
    return [one for one in server.postbox.taken if one["To"] == f"{name}@example.org"]


def text(message: EmailMessage) -> str:
    plain = message.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


async def mine(account_id: int) -> Email:
    (only,) = await letters(account_id)
    return only
