"""Browsers that subscribe to push: their keys, how many, who forgets one, and the portal’s own key."""

import pytest

from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.signals.notifications.subscriptions import MOST, subscribe, unsubscribe_device
from models.signals.notifications.vapid import FILE, public_key
from tests.app.push_scene import add, read_devices, service, world
from tests.support.notices import World, browser_keys, viewer
from tests.support.pushing import PushService

__all__ = ["service", "world"]


@pytest.mark.parametrize(
    ("p256dh", "auth"), [("", ""), ("AAAA", "AAAA"), ("!" * 87, "A" * 22), ("A" * 87, "A" * 22)]
)
async def test_keys_that_are_none_are_refused(
    service: PushService, world: World, p256dh: str, auth: str
) -> None:
    lise = await viewer(world.lise)
    assert isinstance(await subscribe(lise, service.url, p256dh, auth, "x"), Refusal)
    assert isinstance(await subscribe(None, service.url, *browser_keys(), "x"), Refusal)


async def test_a_person_has_so_many_browsers(service: PushService, world: World) -> None:
    """One more takes the place of the oldest; the same again is the same."""
    for number in range(MOST + 1):
        await add(service, world.lise, f"b{number}")
    await add(service, world.lise, f"b{MOST}")
    assert len(await read_devices(world.lise)) == MOST


async def test_one_browser_of_the_list_is_forgotten_by_its_holder_alone(
    service: PushService, world: World
) -> None:
    await add(service, world.lise)
    (device,) = await read_devices(world.lise)
    number = device.id or 0
    assert isinstance(await unsubscribe_device(await viewer(world.paul), device=number), Refusal)
    assert isinstance(await unsubscribe_device(None, device=number), Refusal)
    assert await unsubscribe_device(await viewer(world.lise), device=number) is None


def test_the_portal_s_key_is_drawn_once_and_is_nobody_else_s(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Browsers subscribed with it: another key would lose them all."""
    first = public_key()
    assert public_key() == first
    assert len(first) == 87
    path = settings().data_dir / FILE
    assert path.stat().st_mode & 0o077 == 0
    assert tmp_path_factory.getbasetemp() in path.parents
