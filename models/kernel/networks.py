"""Where requests come from, as far as it is counted: a network, never kept in clear."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import IPv6Address, ip_address, ip_network

from models.kernel.settings.portal import settings

_asking: ContextVar[str] = ContextVar("asking_network", default="")


def network(address: str) -> str:
    """Whom to count for: an IPv4 address, or an IPv6 /64, which one subscriber has whole; anything else as it is."""
    if not is_address(address):
        return address
    parsed = ip_address(address)
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


def is_address(text: str) -> bool:
    """Whether that is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@contextmanager
def asked_from(name: str) -> Iterator[None]:
    """What happens inside the block is asked by that network."""
    token = _asking.set(name)
    try:
        yield
    finally:
        _asking.reset(token)


def asking() -> str | None:
    """The network that asks, as a keyed hash: it is personal data. None for what no request causes."""
    name = _asking.get()
    if not name:
        return None
    secret = settings().signing_key().encode()
    return hmac.new(secret, f"network\n{name}".encode(), hashlib.sha256).hexdigest()[:32]
