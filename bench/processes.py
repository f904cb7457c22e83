"""The servers measured: started, waited for, and the CPU that they spend."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.served import clean_environment, end_group, free_port

ROOT = Path(__file__).parents[1]


def cpu(pid: int) -> float:
    """CPU seconds of a process and of those that it started, to the nanosecond (stat counts by 10 ms)."""
    total = 0
    for one in [pid, *_children(pid)]:
        for thread in Path(f"/proc/{one}/task").iterdir():
            total += int((thread / "schedstat").read_text().split()[0])
    return total / 1e9


def memory(pid: int) -> int:
    """Bytes that a process and those that it started hold; what several share is counted once (Pss)."""
    total = 0
    for one in [pid, *_children(pid)]:
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total * 1024


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    direct = [int(one) for one in listed.read_text().split()] if listed.exists() else []
    return [one for child in direct for one in (child, *_children(child))]


@contextmanager
def peer(module: str) -> Iterator[tuple[str, int]]:
    """A server of bench/peers: its address and its process."""
    port = free_port()
    environment = clean_environment() | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    }
    process = subprocess.Popen(
        [sys.executable, "-m", f"bench.peers.{module}", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        end_group(process)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("a peer did not start: is the extra `bench` installed?")
