"""ClamAV for tests: the real clamd where Debian's package is installed, and servers that behave as a bad one does."""

import shutil
import socket
import socketserver
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

EVIL = b"PASSAVANT-TESTS-EVIL"
"""What the only signature of the tests finds: no signature can be fetched here."""
_CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
_READY = "Listening daemon"


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The setting that names a real clamd, which knows one signature and takes 3 MB at most."""
    if _CLAMD is None:
        pytest.skip("clamd is not installed (Debian: clamav-daemon)")
    folder = tmp_path_factory.mktemp("clamd", numbered=True)
    (folder / "passavant.ndb").write_text(f"Passavant.Evil:0:*:{EVIL.hex()}\n")
    path, config = folder / "socket", folder / "clamd.conf"
    lines = {
        "LocalSocket": path,
        "DatabaseDirectory": folder,
        "TemporaryDirectory": folder,
        "Foreground": "yes",
        "StreamMaxLength": "3M",
        "SelfCheck": "0",
    }
    config.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
    process = subprocess.Popen([_CLAMD, "--config-file", str(config)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert any("Self checking disabled" in line or _READY in line for line in process.stdout), (
            "clamd ended"
        )
        yield f"unix:{path}"
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


Behaviour = Callable[[socket.socket], None]


@contextmanager
def behaving(behaviour: Behaviour) -> Iterator[str]:
    """The setting that names a server which does that with each connection."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            behaviour(self.request)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def answering(answer: bytes) -> Behaviour:
    """Reads the whole stream, then says that."""

    def behave(connection: socket.socket) -> None:
        with connection.makefile("rb") as stream:
            assert stream.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
            while size := struct.unpack("!I", stream.read(4))[0]:
                stream.read(size)
        connection.sendall(answer)

    return behave


def hanging_up(connection: socket.socket) -> None:
    """Reads a little, and is gone."""
    connection.recv(20)


def silent(connection: socket.socket) -> None:
    """Reads for ever, and says nothing."""
    while connection.recv(65536):
        pass
