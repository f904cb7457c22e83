"""Find a Chromium to test with: Playwright's own, else the system's, else install it.

Debian has one without windows, `chromium-headless-shell`, which needs a quarter less of the processor: where root can
install it, it is preferred. It has no notifications; who needs them asks for the whole browser.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SHELL = "chromium-headless-shell"
FLAGS = [
    "--no-sandbox",  # for root, and in containers: it only sees pages of ours
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    # Left alone, it calls home at every start, and waits where there is no way out.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find(playwrights_own: str, *, whole: bool = False) -> str:
    """The path of a Chromium that starts.

    Raises:
        RuntimeError: in one line, when there is none and none can be installed.
    """
    if Path(playwrights_own).exists():
        return playwrights_own
    names = NAMES if whole else (SHELL, *NAMES)
    if not whole and not shutil.which(SHELL):
        _install(SHELL)
    return _installed(names) or _install("chromium") or _none()


def _installed(names: tuple[str, ...] = NAMES) -> str:
    return next((path for path in map(shutil.which, names) if path), "")


def _install(package: str) -> str:
    """Install it from Debian's packages, one process after the other; its path, empty where that is not possible."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return ""
    with (Path(tempfile.gettempdir()) / "passavant-tests-chromium").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = [apt, "install", "-qq", "--no-install-recommends", package]
        for words in (install, [apt, "update", "-qq"], install):
            if not shutil.which(package):
                subprocess.run(
                    words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
                )
    return shutil.which(package) or ""


def _none() -> str:
    raise RuntimeError("No Chromium: install your system's package, or run `playwright install chromium`.")
