"""Write the locks again: Python's from pyproject.toml, the front end's from what the pages import.

    make lock           the newest versions of everything
    make lock KEEP=1    the versions already locked, wherever they still do: to add a package or remove it

They hold versions and hashes, and no address: any mirror will do. Needs uv (`pip install uv`, or on the PATH).
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.bill import BILL, bill  # noqa: E402 - from the checkout, wherever this is started

COMPILE = (
    "pip compile --quiet --universal --python-version 3.11 --generate-hashes "
    "--no-emit-index-url --no-emit-find-links pyproject.toml"
)


def main() -> None:
    """Write the four requirements locks, reflex.lock/, and the bill of materials."""
    kept = [] if "--keep" in sys.argv else ["--upgrade"]
    environment = os.environ | {"UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    for extra, lock in (([], "requirements.lock"), (["--extra", "dev"], "requirements-dev.lock")):
        command = [*_uv(), *COMPILE.split(), *kept, *extra, "--output-file", lock]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    _lock_apart("fuzz", environment, *kept)
    _lock_apart("bench", environment, *kept, "--constraint", "requirements-dev.lock")
    _check_no_address()

    # What was just added may be needed by the build.
    subprocess.run([sys.executable, "tools/bootstrap.py", "--dev"], cwd=ROOT, check=True)
    if kept:
        _lock_the_front_end()
    BILL.write_text(bill(), encoding="utf-8")


def _lock_the_front_end() -> None:
    from app.frontend.build import WEB, build

    for name in ("package.json", "package-lock.json"):
        (ROOT / "reflex.lock" / name).unlink(missing_ok=True)
    shutil.rmtree(WEB, ignore_errors=True)
    build(force=True)
    _check_no_address()


def _lock_apart(name: str, environment: dict[str, str], *more: str) -> None:
    """requirements-NAME.lock: what `make fuzz` or `make bench` adds, alone, since tests do without."""
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"][name]
    words = [
        *_uv(),
        *COMPILE.replace("pyproject.toml", "-").split(),
        *more,
        "--output-file",
        f"requirements-{name}.lock",
    ]
    subprocess.run(words, cwd=ROOT, env=environment, check=True, input="\n".join(extra), text=True)


def _uv() -> list[str]:
    found = shutil.which("uv")
    if found:
        return [found]
    folder = ROOT / ".venv" / "uv"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(folder), "uv"]
    subprocess.run(pip, check=True)
    return [str(folder / "bin" / "uv")]


def _check_no_address() -> None:
    locks = [
        ROOT / "requirements.lock",
        ROOT / "requirements-dev.lock",
        ROOT / "requirements-fuzz.lock",
        ROOT / "requirements-bench.lock",
        *(ROOT / "reflex.lock").glob("*lock*"),
    ]
    for lock in locks:
        text = lock.read_text()
        if '"resolved"' in text or "--index" in text or str(ROOT) in text:
            sys.exit(f"{lock.name} names where packages come from: it must not.")


if __name__ == "__main__":
    main()
