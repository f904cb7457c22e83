"""A push service on this machine, people who are told things, and their browsers."""

from collections.abc import Iterator

import pytest

from app.tasks.relay_notices import relay_due
from models.kernel import clock
from models.kernel.database import read
from models.kernel.settings.portal import settings
from models.signals.notifications.queries.notices import subscriptions
from models.signals.notifications.subscriptions import subscribe
from models.signals.notifications.tables import PushSubscription
from tests.factories import NOW
from tests.support.notices import World, action_required, populate, viewer
from tests.support.pushing import Browser, PushService


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, database: str) -> Iterator[PushService]:  # noqa: ARG001 - after it
    monkeypatch.setenv("PASSAVANT_PUSH_ANYWHERE", "1")
    settings.cache_clear()
    made = PushService()
    yield made
    made.stop()


@pytest.fixture
async def world(service: PushService) -> World:  # noqa: ARG001 - before it
    with clock.fixed(NOW):
        return await populate()


async def add(service: PushService, account_id: int, name: str = "one") -> Browser:
    browser = service.browser(name)
    refused = await subscribe(
        await viewer(account_id), browser.endpoint, *browser.keys, "Firefox sur Android"
    )
    assert refused is None
    return browser


async def urgent() -> None:
    with clock.fixed(NOW):
        await action_required()
        await relay_due()


async def read_devices(account_id: int) -> list[PushSubscription]:
    who = await viewer(account_id)
    return await read(lambda db: subscriptions(db, who))
