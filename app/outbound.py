"""Where the portal connects to, for all that leaves by HTTP: an address that was judged, and no other (SSRF).

A name is looked up once, every address that it has is judged, and the connection goes to one of those, so that the name
cannot lead elsewhere meanwhile. Hosts that the settings name may be machines of ours; whatever a browser or another
service names is of the public Internet, or nothing is sent.
"""

import asyncio
import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpx

from models.kernel.settings.portal import settings

_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""What is given out to the public (RFC 4291): neither local, nor multicast, nor IPv4 in another dress (NAT64, mapped)."""
_NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # for protocols: Teredo, which holds an IPv4 address, and others (RFC 2928)
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: any IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
_RELAYS_TO_6 = IPv4Network("192.88.99.0/24")
_PORTS = {"http": 80, "https": 443}


class NotPublic(httpx.RequestError):
    """The name leads nowhere, or to a machine that is not of the public Internet."""


def is_public(address: str) -> bool:
    """Whether this is the address of a machine of the public Internet, by what is allowed rather than what is not."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_public_4(parsed) if isinstance(parsed, IPv4Address) else _is_public_6(parsed)


def _is_public_4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and address not in _RELAYS_TO_6
    )


def _is_public_6(address: IPv6Address) -> bool:
    return (
        address in _GLOBAL_UNICAST
        and address.is_global
        and not any(address in network for network in _NOT_PUBLIC_6)
    )


async def public_address(host: str, port: int) -> str:
    """An address of `host`, when every one that it has is public.

    Raises:
        NotPublic: when one of them is not.
        OSError: when the name cannot be looked up.
    """
    addresses = await _look_up(host, port)
    if not settings().push_anywhere and not all(map(is_public, addresses)):
        raise NotPublic(host)
    return addresses[0]


async def _look_up(host: str, port: int) -> list[str]:
    addresses = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in addresses]


class Pinned(httpx.AsyncBaseTransport):
    """Sends a request to the address that was judged, under the name that was asked for.

    Args:
        named: hosts that the settings name, wherever they lead.
    """

    def __init__(self, named: Collection[str] = ()) -> None:
        self._named = frozenset(named)
        self._inner = httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Judge, then send.

        Raises:
            NotPublic: nothing was sent.
            httpx.ConnectError: when the name cannot be looked up.
        """
        host, port = request.url.host, request.url.port or _PORTS[request.url.scheme]
        if host in self._named:
            return await self._inner.handle_async_request(request)
        try:
            there = await public_address(host, port)
        except OSError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        # The name stays in the Host header, which httpx has written, and in what TLS asks for and checks.
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=there),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions | {"sni_hostname": host},
        )
        return await self._inner.handle_async_request(pinned)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def client(named: Collection[str] = (), **options: Any) -> httpx.AsyncClient:
    """A client that goes nowhere else, follows no redirection, and obeys no proxy of the environment."""
    return httpx.AsyncClient(transport=Pinned(named), follow_redirects=False, trust_env=False, **options)
