"""Hostile networks, in a process of their own, as gentle to the machine as another machine would be: `nice 19`.

    python -m bench.strangers URL NETWORKS

Each network does in a loop, as fast as it is answered, what a stranger can: tries passwords, asks for the terms and for
pages, sends messages without a good token, opens websockets and fills them, sends forms by halves. Ended by SIGTERM, it
prints what it was answered.
"""

import asyncio
import json
import os
import signal
import sys
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable

import aiohttp

_PAUSE = 0.02
"""Seconds between two requests of one thread of one network: some 2,000 requests a second of twenty networks."""
Attack = Callable[[aiohttp.ClientSession, str, dict[str, str]], Awaitable[str]]


async def _password(http: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> str:
    form = {"email": "concurrent@demo.passavant.fr", "password": uuid.uuid4().hex}
    async with http.post(f"{url}/session", data=form, headers=headers, allow_redirects=False) as answer:
        return f"POST /session {answer.status}"


async def _document(http: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> str:
    async with http.get(f"{url}/cgu.pdf?{uuid.uuid4().hex}", headers=headers) as answer:
        await answer.read()
        return f"GET /cgu.pdf {answer.status}"


async def _page(http: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> str:
    async with http.get(f"{url}/suivi", headers=headers) as answer:
        await answer.read()
        return f"GET /suivi {answer.status}"


async def _message(http: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> str:
    bearer = {"Authorization": f"Bearer {'A' * 4000}"}
    async with http.post(f"{url}/api/v1/messages", data=b"x" * 50_000, headers=headers | bearer) as answer:
        return f"POST /api/v1/messages {answer.status}"


async def _websocket(http: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> str:
    address = f"{url}/_event?token={uuid.uuid4()}&EIO=4&transport=websocket"
    event = {"name": "A" * 40_000, "payload": {"a": "-eyJ" * 5000}, "router_data": {"x" * 60: "y" * 1000}}
    async with http.ws_connect(address, headers=headers | {"Origin": url}) as socket:
        await socket.receive(timeout=10)
        await socket.send_str("40/_event,")
        for _ in range(20):
            await socket.send_str("42/_event," + json.dumps(["event", event])[:60_000])
            await asyncio.sleep(_PAUSE)
    return "websocket open"


async def _half(_http: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> str:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    lines = [
        "POST /session HTTP/1.1",
        f"Host: {host}:{port}",
        "Content-Length: 4000",
        *(f"{k}: {v}" for k, v in headers.items()),
    ]
    writer.write(("\r\n".join(lines) + "\r\n\r\nemail=").encode())
    await writer.drain()
    await asyncio.wait_for(reader.read(64), 30)
    writer.close()
    return "half a form"


ATTACKS: tuple[Attack, ...] = (_password, _document, _page, _message, _websocket, _half)


async def _network(number: int, url: str, answers: Counter[str]) -> None:
    headers = {"X-Forwarded-For": f"203.0.113.{number + 1}"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as http:
        await asyncio.gather(*(_without_end(attack, http, url, headers, answers) for attack in ATTACKS))


async def _without_end(
    attack: Attack, http: aiohttp.ClientSession, url: str, headers: dict[str, str], answers: Counter[str]
) -> None:
    while True:
        try:
            answers[await attack(http, url, headers)] += 1
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            answers[f"{attack.__name__[1:]} {type(error).__name__}"] += 1
        await asyncio.sleep(_PAUSE)


async def main(url: str, networks: int) -> None:
    """Until SIGTERM."""
    os.nice(19)
    answers: Counter[str] = Counter()
    running = asyncio.gather(*(_network(number, url, answers) for number in range(networks)))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        print(json.dumps(answers.most_common()))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
