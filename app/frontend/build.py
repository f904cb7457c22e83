"""Build the front end, once per state of its sources.

Reflex writes everything into .web, which is not in git. Two files there are ours: the log, and the stamp,
which says what the output was made from. There is no stamp while a build runs: the one after a build that
was killed finds none, and starts from nothing.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from app.errors import CannotRun

ROOT = Path(__file__).parents[2]
WEB = ROOT / ".web"
_STAMP = WEB / "passavant.digest"
_LOG = WEB / "passavant.log"
_FAILED = "failed"
_TO_BE_BUILT = "The front end is not built for this version, and cannot be from here: run passavant build."
_OUTPUT = WEB / "build" / "client" / "index.html"
_LOCK = "reflex.lock"
# The version of Reflex is in requirements.lock.
_SOURCES = ("app", "assets", "components", "models", "state", "rxconfig.py", "requirements.lock", ".npmrc")
_NOT_SEEN_BY_BROWSERS = (
    "app/documents",
    "app/commands",
    "app/http",
    "app/lifeline.py",
    "app/log",
    "app/mail",
    "app/oidc",
    "app/outbound.py",
    "app/push",
    "app/sockets",
    "app/tasks",
    "app/cli.py",
    "app/server.py",
    "app/migration.py",
)


def build(*, force: bool = False) -> bool:
    """Build the front end if its sources changed.

    Returns:
        Whether anything was built.

    Raises:
        CannotRun: when it cannot be built; the details are in the log.
    """
    with _alone(), _readable_by_others():
        if not force and is_built():
            return False
        sources = _digest(*_SOURCES)
        if not os.access(WEB if WEB.exists() else ROOT, os.W_OK):  # as under the units of deploy/
            raise CannotRun(_TO_BE_BUILT)
        _start_afresh()
        with Console(stderr=True).status("Building the front end (a minute the first time)…"):
            _export()
        # Reflex itself brings its lock up to date when a page imports something new.
        _stamp(sources + _digest(_LOCK))
    return True


def is_built() -> bool:
    """Whether the output was made from the sources as they are."""
    if not (_OUTPUT.exists() and _STAMP.exists()):
        return False
    return _STAMP.read_text() == _digest(*_SOURCES) + _digest(_LOCK)


def environment() -> dict[str, str]:
    """The environment in which Reflex finds the Node.js of the virtual environment, and never bun."""
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_DIR": str(Path(sys.prefix) / "share" / "reflex"),
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "NPM_CONFIG_REGISTRY": _npm_registry(),
    }


def _digest(*names: str) -> str:
    total = hashlib.sha256()
    for path in sorted(path for name in names for path in _files(ROOT / name)):
        content = path.read_bytes()
        total.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    hidden = tuple(str(ROOT / name) for name in _NOT_SEEN_BY_BROWSERS)
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file() and file.suffix != ".pyc" and not str(file).startswith(hidden):
            yield file


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time, whoever asks: a second one waits, then finds nothing left to do."""
    with (ROOT / "rxconfig.py").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _readable_by_others() -> Iterator[None]:
    """The front end is public, and often built by another user than who serves it; what else is written is not."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def _start_afresh() -> None:
    if _STAMP.exists():
        _STAMP.unlink()
    else:
        shutil.rmtree(WEB, ignore_errors=True)


def _stamp(text: str) -> None:
    new = _STAMP.with_suffix(".new")
    new.write_text(text)
    new.replace(_STAMP)


def _export() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app.lifeline", str(os.getpid()), "app.frontend.export"],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate()
        except BaseException:
            # npm and vite with it: what was interrupted must not go on writing.
            os.killpg(process.pid, signal.SIGKILL)
            raise
    WEB.mkdir(exist_ok=True)
    _LOG.write_bytes(output)
    if process.returncode != 0:
        _stamp(_FAILED)
        sys.stderr.write(output.decode(errors="replace")[-4000:])
        raise CannotRun(f"The front end could not be built: see above, or {_LOG.relative_to(ROOT)}.")


def _npm_registry() -> str:
    """The registry this machine's npm uses: the one in the virtual environment does not read its settings."""
    npm = shutil.which("npm")
    if "NPM_CONFIG_REGISTRY" in os.environ or npm is None:
        return os.environ.get("NPM_CONFIG_REGISTRY", "")
    asked = subprocess.run(
        [npm, "config", "get", "registry"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    return asked.stdout.strip()
