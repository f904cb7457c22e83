"""How many failed attempts one address may make, whatever accounts it tries (SES-53)."""

from collections import deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from fastapi import Request

from app.http.problems import Problem
from models import clock
from models.settings import settings

FAILURES = 30
WINDOW = timedelta(minutes=10)
_MANY = 10_000


class FailureWindow:
    """Failed attempts per address over a sliding window, in this process's memory.

    With several workers each counts for itself: an address gets at most `FAILURES` times their number. The
    lock of the account (COM-02) is in the database and does not depend on this.
    """

    def __init__(self) -> None:
        self._tries: dict[str, deque[datetime]] = {}

    def enter(self, address: str) -> None:
        """Count one attempt, a failure until `forgive` says otherwise: many at once do not slip through.

        Raises:
            Problem: 429 with Retry-After.
        """
        now = clock.now()
        if len(self._tries) >= _MANY:
            self._forget(now)
        tries = self._tries.setdefault(address, deque())
        while tries and tries[0] <= now - WINDOW:
            tries.popleft()
        if len(tries) >= FAILURES:
            wait = ceil((tries[0] + WINDOW - now).total_seconds())
            raise Problem(
                429,
                detail="Trop d’essais ont échoué depuis votre réseau. "
                f"Réessayez dans {ceil(wait / 60)}\u00a0min.",
                headers={"Retry-After": str(wait)},
            )
        tries.append(now)

    def forgive(self, address: str) -> None:
        """Take back the newest attempt: it succeeded."""
        tries = self._tries.get(address)
        if tries:
            tries.pop()

    def clear(self) -> None:
        """Forget everything, between tests."""
        self._tries.clear()

    def _forget(self, now: datetime) -> None:
        old = [address for address, tries in self._tries.items() if not tries or tries[-1] <= now - WINDOW]
        for address in old:
            del self._tries[address]


failures = FailureWindow()


def network_of(request: Request) -> str:
    """Whom to count for: the client's IPv4 address, or its IPv6 /64, which one subscriber has whole.

    Behind proxies of ours (`trusted_proxy_hops`), the address that the outermost of them saw.
    """
    hops = settings().trusted_proxy_hops
    seen = request.headers.get("x-forwarded-for", "").split(",")
    client = request.client.host if request.client else ""
    text = seen[-hops].strip() if 0 < hops <= len(seen) else client
    try:
        address = ip_address(text)
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
