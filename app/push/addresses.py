"""Where a push may go: a public address, found anew at each delivery, and kept to (SSRF)."""

import asyncio
import ipaddress
import socket

from models.settings import settings


class NotPublic(Exception):
    """The name leads nowhere, or to a machine that is not of the public Internet."""


async def public_address(host: str, port: int) -> str:
    """An address of `host`, when every one that it has is public.

    Whoever connects to it, rather than to the name, cannot be led elsewhere meanwhile.

    Raises:
        NotPublic: when one of them is not.
        OSError: when the name cannot be looked up.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not settings().push_anywhere and not all(map(_is_public, addresses)):
        raise NotPublic(host)
    return addresses[0]


def _is_public(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_global
