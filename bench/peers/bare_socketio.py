"""A server that does nothing but send a payload to those concerned: python-socketio on granian, as ours is served.

`POST /emit?group=…` with the payload as body; screens join a group with `?group=…`.
"""

import json
import sys
from typing import Any
from urllib.parse import parse_qs

import socketio
from granian.constants import Interfaces
from granian.server import Server

sio = socketio.AsyncServer(async_mode="asgi")
groups: dict[str, list[str]] = {}


@sio.event
async def connect(sid: str, environ: dict[str, Any]) -> None:
    groups.setdefault(parse_qs(environ["QUERY_STRING"])["group"][0], []).append(sid)


async def emit(scope: Any, receive: Any, send: Any) -> None:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    payload = json.loads(body)
    for sid in groups.get(parse_qs(scope["query_string"].decode()).get("group", [""])[0], []):
        await sio.emit("event", payload, to=sid)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


app = socketio.ASGIApp(sio, other_asgi_app=emit)

if __name__ == "__main__":
    Server(
        target="bench.peers.bare_socketio:app",
        interface=Interfaces.ASGI,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        log_enabled=False,
    ).serve()
