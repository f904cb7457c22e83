"""Find a Chromium to test with: Playwright's own, else the system's, else install it."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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


def find(playwrights_own: str) -> str:
    """The path of a Chromium that starts.

    Raises:
        RuntimeError: in one line, when there is none and none can be installed.
    """
    if Path(playwrights_own).exists():
        return playwrights_own
    return _installed() or _install()


def _installed() -> str:
    return next((path for path in map(shutil.which, NAMES) if path), "")


def _install() -> str:
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run([apt, *words], env=environment, stdout=subprocess.DEVNULL, check=False)
    found = _installed()
    if not found:
        raise RuntimeError(
            "No Chromium: install your system's package, or run `playwright install chromium`."
        )
    return found
