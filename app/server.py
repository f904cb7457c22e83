"""Serve the application: the built front end, the HTTP routes and the websocket, on one port."""

import errno
import os
import shutil
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

from app.errors import CannotRun
from app.frontend.build import ROOT, environment
from models.kernel.settings.portal import Settings, settings

LARGEST_EVENT = 64 * 1024
SECONDS_FOR_HEADERS = 10
HEADERS = 32 * 1024
"""Bytes of the headers of a request."""
_SECONDS_TO_CLOSE = 1
"""How long a worker may take to close its websockets before it is killed."""

_SECONDS_BETWEEN_LOOKS = 0.1


def serve(host: str, port: int, workers: int) -> None:
    """Serve until SIGINT or SIGTERM, then leave no process behind.

    Raises:
        CannotRun: when the port is taken, or when several workers lack what they would share.
    """
    check(host, port, workers)
    _prepare_environment(port)
    if workers > 1:
        _share_numbers(settings().data_dir / "metrics")
    _granian(host, port, workers).serve()


def check(host: str, port: int, workers: int = 1) -> None:
    """Refuse in one line what cannot be served, before anything long is done."""
    _check_workers(workers, settings())
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CannotRun(_port_refusal(host, port, error)) from None


def _check_workers(workers: int, set_: Settings) -> None:
    """Several workers must share their states and their facts."""
    if workers > 1 and not set_.redis_url:
        raise CannotRun("Several workers share their open pages through Redis: set PASSAVANT_REDIS_URL.")
    if workers > 1 and set_.database.startswith("sqlite"):
        raise CannotRun("Several workers need PostgreSQL: set PASSAVANT_DATABASE_URL=postgresql://…")


def _port_refusal(host: str, port: int, error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        other = f"PORT={port + 1} make run, or passavant serve --port {port + 1}"
        return f"Port {port} is already in use. Choose another: {other}"
    return f"Cannot listen on {host}, port {port}: {getattr(error, 'strerror', None) or error}."


def _prepare_environment(port: int) -> None:
    # Relative to where the command was typed; Reflex wants to run from the project's root.
    os.environ["PASSAVANT_DATA_DIR"] = str(settings().data_dir.resolve())
    os.environ["PASSAVANT_DATABASE_URL"] = settings().database
    os.environ.setdefault("PASSAVANT_PUBLIC_URL", f"http://localhost:{port}")
    os.environ.update(environment() | _reflex_environment(settings().redis_url))
    settings.cache_clear()
    os.chdir(ROOT)


def _reflex_environment(redis_url: str) -> dict[str, str]:
    # Internal names of Reflex 0.10.1 (pinned in pyproject.toml): serve what was built, compile nothing.
    variables = {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        # A phone that loses the network on a quay says nothing: notice it in 15 seconds, not in 145.
        "REFLEX_SOCKET_INTERVAL": "10",
        "REFLEX_SOCKET_TIMEOUT": "5",
        # Bytes of one message of the websocket; larger ones end the connection. What is large comes by HTTP.
        "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": str(LARGEST_EVENT),
    }
    if redis_url:
        # Optimistic locking: six to eight times faster, and several workers may hold one page's state.
        return variables | {"REFLEX_REDIS_URL": redis_url, "REFLEX_OPLOCK_ENABLED": "true"}
    # Reflex would otherwise pickle what people see into files.
    return variables | {"REFLEX_STATE_MANAGER_MODE": "memory"}


def _share_numbers(folder: Path) -> None:
    """Where the workers keep the numbers of /metrics: those of the last run say nothing any more."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _granian(host: str, port: int, workers: int) -> Any:
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    thread = threading.Thread(target=_say_when_it_listens, args=(_shown(host), port), daemon=True)
    server = Server(
        target="app.app:app",
        factory=True,
        interface=Interfaces.ASGI,
        address=host,
        port=port,
        workers=workers,
        # Proxies talk HTTP/1.1 to us: the other way in would only be one more to guard.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=SECONDS_FOR_HEADERS * 1000, max_buffer_size=HEADERS),
        working_dir=Path(ROOT),
        log_level=LogLevels.warning,
        workers_kill_timeout=_SECONDS_TO_CLOSE,
        respawn_failed_workers=workers > 1,  # alone, its supervisor restarts it
    )
    spawn = server._spawn_workers

    def spawn_workers(*args: Any) -> None:
        # The thread not before: a worker forked beside one that holds a lock would wait for it for ever.
        spawn(*args)  # type: ignore[no-untyped-call]
        thread.start()

    server._spawn_workers = spawn_workers  # type: ignore[method-assign]
    return server


def _say_when_it_listens(host: str, port: int) -> None:
    """Say where the portal is once a worker answers there: granian's own hook is called seconds before."""
    while True:
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
            typer.echo(f"Passavant listens on http://{host}:{port} (Ctrl-C ends it)")
            return
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _shown(host: str) -> str:
    return "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host  # noqa: S104
