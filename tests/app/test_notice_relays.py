"""Several relays over the same outbox: each letter leaves once, and nobody waits for anybody (SES-32)."""

import asyncio

import pytest

from app.tasks.relay_notices import relay_due
from app.tasks.send_mail import send_due
from models.identity.letters.actions import post_letter, take_due
from models.identity.letters.tables import Email
from models.kernel import clock
from models.kernel.outbox import actions as outbox
from models.kernel.outbox.actions import LEASE
from tests.app.letter_scene import world
from tests.factories import NOW
from tests.support.databases import aside, transaction
from tests.support.notices import action_required
from tests.support.smtp import Server, server

__all__ = ["server", "world"]

pytestmark = pytest.mark.usefixtures("server", "world")


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_ses_32_several_relays_at_once_take_each_letter_once(server: Server) -> None:
    """SES-32: eight relays over forty letters. Fails when rows are taken without a lock, and without a lease."""
    with clock.fixed(NOW):
        async with transaction() as db:
            for number in range(40):
                post_letter(db, "password_changed", to=f"p{number}@example.org")
        taken = await asyncio.gather(*(take_due(5) for _ in range(8)))
        assert len({one.id for some in taken for one in some}) == sum(map(len, taken)) == 40
        assert all(taken)
    with clock.fixed(NOW + LEASE):
        assert sum(await asyncio.gather(*(send_due() for _ in range(4)))) == 40
    assert len({one["Message-ID"] for one in server.postbox.taken}) == len(server.postbox.taken) == 40


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_a_relay_passes_by_what_another_is_taking() -> None:
    """SKIP LOCKED: it waits for nobody. Fails without `skip_locked`."""
    with clock.fixed(NOW):
        async with transaction() as db:
            for number in range(10):
                post_letter(db, "password_changed", to=f"p{number}@example.org")
        async with aside() as db:
            first = outbox.take(db, Email, 5)
            db.flush()
            second = await asyncio.wait_for(take_due(5), 10)
    assert len({one.id for one in [*first, *second]}) == 10


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_taking_waits_for_nobody_who_writes_a_fact() -> None:
    """SKIP LOCKED outside of the writers' lock: letters leave while a long verb runs."""
    with clock.fixed(NOW):
        await action_required()
        await relay_due()
        async with transaction() as db:
            post_letter(db, "password_changed", to="z@example.org")
            db.flush()
            assert await asyncio.wait_for(send_due(), 10) == 2
