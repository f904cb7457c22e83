"""Handing a message to the push service of a browser: encrypted for it (RFC 8291), signed as ours (RFC 8292)."""

import asyncio
import json
from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit

import httpx
from py_vapid import Vapid
from pywebpush import WebPusher, WebPushException

from app.outbound import NotPublic, client
from models.kernel import clock
from models.kernel.settings.portal import settings
from models.signals.notifications.preparation import Push
from models.signals.notifications.tables import PushSubscription
from models.signals.notifications.vapid import private_pem

_SECONDS = 10.0
_SECONDS_IN_ALL = 30.0
"""Shorter than the time for which a relay has a message to itself (models.kernel.outbox.LEASE)."""
_KEPT = 24 * 3600
"""Seconds for which the push service keeps it for a phone that is off."""
_SIGNED = 12 * 3600
_GONE = (404, 410)
_LATER = (408, 429)


class NotPushed(Exception):
    """A message was not taken; its text says why, naming no endpoint."""

    def __init__(self, reason: str, *, for_ever: bool = False, gone: bool = False) -> None:
        super().__init__(reason)
        self.for_ever = for_ever
        """Whether trying again would change nothing."""
        self.gone = gone
        """Whether the browser takes nothing any more."""


async def deliver(push: Push) -> None:
    """Hand the message over.

    Raises:
        NotPushed: with the reason.
    """
    parts = urlsplit(push.subscription.endpoint)
    try:
        async with asyncio.timeout(_SECONDS_IN_ALL):
            status = await _post(push, parts)
    except NotPublic:
        raise NotPushed("not a public address", for_ever=True) from None
    except (WebPushException, ValueError) as error:
        raise NotPushed(f"cannot be encrypted: {type(error).__name__}", for_ever=True) from None
    except (httpx.HTTPError, OSError) as error:
        raise NotPushed(type(error).__name__) from None
    if status in _GONE:
        raise NotPushed(str(status), for_ever=True, gone=True)
    if not 200 <= status < 300:
        raise NotPushed(str(status), for_ever=400 <= status < 500 and status not in _LATER)


async def _post(push: Push, parts: SplitResult) -> int:
    body = _encrypted(push.subscription, _payload(push))
    async with client(timeout=_SECONDS) as sender:
        asked = sender.build_request(
            "POST", push.subscription.endpoint, content=body, headers=_signature(parts) | _headers(push)
        )
        answer = await sender.send(asked, stream=True)
        await answer.aclose()  # what else it says is not ours to read
        return answer.status_code


def _payload(push: Push) -> bytes:
    """What the service worker shows: one sentence, and a page of ours that asks who is there."""
    payload = {"title": push.title, "body": push.body, "url": push.path, "tag": push.tag}
    return json.dumps(payload, ensure_ascii=False).encode()


def _encrypted(subscription: PushSubscription, data: bytes) -> bytes:
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    sealed = WebPusher({"endpoint": subscription.endpoint, "keys": keys}).encode(data)
    return bytes(sealed["body"])


def _headers(push: Push) -> dict[str, str]:
    return {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(_KEPT),
        "Urgency": "high" if push.urgent else "normal",
        "Topic": push.tag,  # of two that wait for a phone that is off, the newer takes the place of the other
    }


def _signature(parts: SplitResult) -> dict[str, str]:
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "sub": f"mailto:{parseaddr(settings().mail_sender)[1]}",
        "exp": int(clock.now().timestamp()) + _SIGNED,
    }
    signed: dict[str, str] = Vapid.from_pem(private_pem()).sign(claims)
    return signed
