"""Browsers that receive web push: allowed and forgotten by their holder, or by their push service."""

import base64
import binascii
import ipaddress
from urllib.parse import urlsplit

from models.identity.accounts.actors import actor_of
from models.identity.accounts.endings import Happened, ends
from models.identity.accounts.facts import record_of
from models.identity.accounts.pending import Pending
from models.identity.accounts.viewer import Viewer
from models.journal.record import SYSTEM
from models.kernel import clock
from models.kernel.database import DbSession, write, write_aside
from models.kernel.outbox import actions as outbox
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.signals.notifications.cursors import touch
from models.signals.notifications.queries.devices import count_devices, device_at, device_of, devices_of
from models.signals.notifications.tables import PushMessage, PushSubscription

MOST = 10
"""Browsers for one person: one more takes the place of the oldest."""
_LONGEST_ENDPOINT, _LONGEST_LABEL = 1000, 60
_PUBLIC_KEY, _SECRET = 65, 16
"""Bytes: a point of P-256, uncompressed; RFC 8291."""
_SIGNED_OUT = Refusal("Votre session est terminée. Reconnectez-vous pour régler vos notifications.")
_UNFIT = Refusal(
    "Ce navigateur n’a pas donné de quoi recevoir des notifications. Mettez-le à jour, puis réessayez."
)
_GONE = Refusal("Cet appareil ne reçoit déjà plus de notifications.")


async def subscribe(
    viewer: Viewer | None, endpoint: str, p256dh: str, auth: str, label: str
) -> Refusal | None:
    """Have this browser told, as what its holder recognises (`Firefox sur Android`).

    A browser that was another person's becomes the viewer's: it is the one who is signed in there.
    """
    if viewer is None:
        return _SIGNED_OUT
    if not is_endpoint(endpoint) or not _are_keys(p256dh, auth):
        return _UNFIT

    def verb(db: DbSession) -> None:
        subscription = device_at(db, endpoint)
        if subscription is None:
            _make_room(db, viewer.account_id)
            subscription = PushSubscription(
                account_id=viewer.account_id,
                endpoint=endpoint,
                p256dh=p256dh,
                auth=auth,
                label="",
                created_at=clock.now(),
            )
            db.add(subscription)
        subscription.account_id, subscription.p256dh, subscription.auth = viewer.account_id, p256dh, auth
        subscription.label, subscription.failed_at = label[:_LONGEST_LABEL] or "Navigateur", None
        actor = actor_of(viewer.account_id)
        record_of(db, "notification.device_added", viewer.account_id, actor=actor)
        touch(db, [viewer.account_id])

    return await write(verb)


async def unsubscribe_device(viewer: Viewer | None, endpoint: str = "", device: int = 0) -> Refusal | None:
    """Have a browser of the viewer's told no more, by its endpoint (it asks itself) or by its number in the list."""
    if viewer is None:
        return _SIGNED_OUT

    def verb(db: DbSession) -> Refusal | None:
        subscription = device_of(db, viewer.account_id, endpoint, device)
        if subscription is None:
            return _GONE
        db.delete(subscription)
        actor = actor_of(viewer.account_id)
        record_of(db, "notification.device_removed", viewer.account_id, actor=actor)
        touch(db, [viewer.account_id])
        return None

    return await write(verb)


def forget_devices(db: DbSession, account_id: int, reason: str) -> None:
    """No browser of that account is told any more, in the caller's transaction: somebody else may have added it."""
    for row in devices_of(db, account_id):
        db.delete(row)
        actor = actor_of(account_id)
        record_of(db, "notification.device_removed", account_id, actor=actor, reason=reason)
        touch(db, [account_id])


@ends(Pending.PUSH)
def _devices(db: DbSession, happened: Happened) -> None:
    forget_devices(db, happened.account_id, happened.event)


def _make_room(db: DbSession, account_id: int) -> None:
    if count_devices(db, account_id) >= MOST:
        db.delete(devices_of(db, account_id)[0])


def is_endpoint(endpoint: str) -> bool:
    """Whether it can be a push service's: HTTPS, a public name, no port but its own.

    The portal posts there: nobody must make it post to a machine of ours (SSRF). Its address is looked at again
    at each delivery (app.outbound).
    """
    if len(endpoint) > _LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable():
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if settings().push_anywhere:
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    named = parts.hostname or ""
    return (
        parts.scheme == "https"
        and port in (None, 443)
        and "@" not in parts.netloc
        and "." in named
        and not _is_address(named)
        and named.rsplit(".", 1)[1] not in ("local", "localhost", "internal", "home", "lan")
    )


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.replace(".", "").isdecimal()  # 2130706433, 127.1: addresses in other clothes
    return True


def _are_keys(p256dh: str, auth: str) -> bool:
    try:
        public, secret = _decoded(p256dh), _decoded(auth)
    except (binascii.Error, ValueError):
        return False
    return len(public) == _PUBLIC_KEY and public[0] == 4 and len(secret) == _SECRET


def _decoded(text: str) -> bytes:
    if len(text) > 200:
        raise ValueError("too long")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


async def take_due_pushes(most: int = 1) -> list[PushMessage]:
    """The push messages that wait for longest, as this relay's own for LEASE."""

    def verb(db: DbSession) -> list[PushMessage]:
        return outbox.take(db, PushMessage, most)

    return await write_aside(verb)


async def settle_pushed(message_id: str) -> None:
    """The push service took it."""

    def verb(db: DbSession) -> None:
        row = db.get_one(PushMessage, message_id)
        outbox.left(row)
        subscription = db.get(PushSubscription, row.subscription_id)
        if subscription is not None:
            subscription.used_at, subscription.failed_at = clock.now(), None

    await write_aside(verb)


async def settle_push_withheld(message_id: str) -> None:
    """Nobody may be told, or the browser is gone: nothing was sent."""

    def verb(db: DbSession) -> None:
        outbox.withheld(db.get_one(PushMessage, message_id))

    await write_aside(verb)


async def settle_push_failed(message_id: str, reason: str, *, for_ever: bool = False) -> None:
    """The push service did not take it: tried again later, or set aside."""

    def verb(db: DbSession) -> None:
        row = db.get_one(PushMessage, message_id)
        outbox.failed(row, reason, for_ever=for_ever)
        subscription = db.get(PushSubscription, row.subscription_id)
        if subscription is not None:
            subscription.failed_at = clock.now()

    await write_aside(verb)


async def forget_device(message_id: str) -> None:
    """The push service says that the browser takes nothing any more (404, 410): nothing is sent there again."""

    def verb(db: DbSession) -> None:
        row = db.get_one(PushMessage, message_id)
        outbox.withheld(row)
        subscription = db.get(PushSubscription, row.subscription_id)
        if subscription is not None:
            db.delete(subscription)
            record_of(db, "notification.device_removed", subscription.account_id, actor=SYSTEM, reason="gone")
            touch(db, [subscription.account_id])

    await write(verb)
