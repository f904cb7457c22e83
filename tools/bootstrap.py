"""Make the virtual environment of this checkout, once per state of the locks.

    python3 tools/bootstrap.py                  what `make run` needs
    python3 tools/bootstrap.py --dev            what `make test` and `make check` need, too
    python3 tools/bootstrap.py --dev --bench    what `make bench` adds; likewise --fuzz

A lock is installed, never resolved: what is published after it changes nothing. Then tools/complete.py checks
that nothing is missing.

Standard library only, and readable by Pythons that are too old, so that they can say so.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMP = VENV / "passavant.stamp"
PIP = (str(BIN / "python"), "-m", "pip", "--disable-pip-version-check")
OLDEST = (3, 11)
NEEDED_BYTES = 1500000000
NO_NETWORK = ("NewConnectionError", "Temporary failure in name resolution", "Max retries", "ConnectTimeout")
# Run by sh first: the kernel would cut the path of an interpreter at its first space.
COMMAND = """#!/bin/sh
'''exec' "$(dirname "$0")/python" "$0" "$@"
' '''
import sys

sys.path.insert(0, {root!r})

from importlib.util import find_spec

from app.cli import main

if find_spec("demo"):
    import demo.cli

main()
"""


def main() -> None:
    """Set up what is missing."""
    if sys.version_info < OLDEST:
        stop(f"Passavant needs Python 3.11 or newer; this is {version()}. Try: make PYTHON=python3.12")
    set_up(ROOT / ("requirements-dev.lock" if "--dev" in sys.argv else "requirements.lock"))
    for extra in ("bench", "fuzz"):
        if "--" + extra in sys.argv:
            add(ROOT / ("requirements-" + extra + ".lock"))


def set_up(lock: Path) -> None:
    """Make the environment what `lock` says, unless it is."""
    wanted = line_of(lock) + " " + version() + " " + str(ROOT)
    if wanted in stamped() or (lock.name == "requirements.lock" and is_covered()):
        return
    if STAMP.exists() or BIN.exists():
        say("The locks changed, or an earlier run was cut short: bringing .venv up to date.")
    make_environment()
    if STAMP.exists():
        STAMP.unlink()
    install(lock)
    # Not needed by anything here, and old: it came with venv.
    run(*PIP, "uninstall", "--yes", "--quiet", "setuptools")
    write_command()
    # Written last: a run that was cut short leaves no stamp, and is done again.
    STAMP.write_text(wanted)


def add(lock: Path) -> None:
    """Install what `lock` adds to the environment, once per state of the locks."""
    stamp = VENV / (lock.name + ".stamp")
    wanted = line_of(lock) + " " + STAMP.read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    install(lock)
    stamp.write_text(wanted)


def make_environment() -> None:
    """Create .venv, unless a sound one is there."""
    if (BIN / "pip").exists() and STAMP.exists() and STAMP.read_text().endswith(f" {version()} {ROOT}"):
        return
    free = shutil.disk_usage(str(ROOT)).free
    if free < NEEDED_BYTES:
        stop(f"Not enough disk: 1.5 GB needed, {free / 1e9:.1f} GB free.")
    say(f"Creating .venv with Python {version()}…")
    shutil.rmtree(str(VENV), ignore_errors=True)
    made = run(sys.executable, "-m", "venv", str(VENV))
    if made.returncode:
        if "ensurepip" in made.stdout or "No module named venv" in made.stdout:
            stop("This Python comes without venv: install it (Debian, Ubuntu: apt-get install python3-venv).")
        stop("Could not create .venv: " + last_line(made.stdout))


def install(lock: Path) -> None:
    """Install what the lock says and nothing else, then check that nothing is missing: pip checks every hash."""
    say(f"Installing the {count(lock)} packages of {lock.name} (a minute or two)…")
    # --no-deps: pip resolves extras of locked packages anew otherwise, and refuses what was published since.
    done = run(*PIP, "install", "--no-input", "--quiet", "--require-hashes", "--no-deps", "-r", str(lock))
    if done.returncode == 0:
        check_completeness(lock)
        return
    if any(sign in done.stdout for sign in NO_NETWORK):
        stop("The package index cannot be reached: check the network (or pip's settings), then run it again.")
    if "No space left" in done.stdout or "Errno 28" in done.stdout:
        stop("The disk is full.")
    if "DO NOT MATCH THE HASHES" in done.stdout:
        stop(f"A package does not match its hash in {lock.name}: nothing of it was installed.")
    sys.stderr.write(done.stdout[-3000:])
    stop("The packages could not be installed: " + last_line(done.stdout))


def check_completeness(lock: Path) -> None:
    """Stop when a package requires what the lock does not name, or another version of it."""
    checked = run(str(BIN / "python"), str(ROOT / "tools" / "complete.py"), str(ROOT / "pyproject.toml"))
    if checked.returncode:
        stop(f"{lock.name} is not whole: {last_line(checked.stdout)} Write it again with: make lock")


def write_command() -> None:
    """Put the `passavant` command in the environment: the project runs from its checkout."""
    command = BIN / "passavant"
    command.write_text(COMMAND.format(root=str(ROOT)))
    command.chmod(0o755)


def is_covered() -> bool:
    """Whether the development packages are there: they include the others."""
    lock = ROOT / "requirements-dev.lock"
    return lock.exists() and line_of(lock) + " " + version() in stamped()


def stamped() -> str:
    """What the environment was made from."""
    whole = STAMP.exists() and (BIN / "python").exists() and (BIN / "passavant").exists()
    return STAMP.read_text() if whole else ""


def line_of(lock: Path) -> str:
    """The name of the lock and its digest: what a stamp begins with."""
    return lock.name + " " + hashlib.sha256(lock.read_bytes()).hexdigest()


def count(lock: Path) -> int:
    """How many packages the lock names."""
    return sum("==" in line for line in lock.read_text().splitlines())


def version() -> str:
    """The version of this Python."""
    return ".".join(str(part) for part in sys.version_info[:3])


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command; its output is kept."""
    return subprocess.run(
        list(words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def last_line(text: str) -> str:
    """The last thing a program said."""
    return (text.strip() or "no reason given").splitlines()[-1]


def say(sentence: str) -> None:
    """Tell what is being done."""
    print(sentence)
    sys.stdout.flush()


def stop(reason: str) -> NoReturn:
    """End with one line."""
    sys.exit("bootstrap: " + reason)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("interrupted; run it again to go on.")
    except OSError as error:
        stop(f"{os.strerror(error.errno or 0)} ({error.filename})")
