"""Try every supported Python that this machine has, each in a clone of its own: a start, then the quick tests.

    python3 tools/pythons.py [3.12 ...]

Ends with status 1 when a Python failed, and says which. Standard library only.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUPPORTED = ("3.11", "3.12", "3.13")
QUICK = "not browser and not postgres"


def main() -> None:
    """Go through the Pythons, and say how each fared."""
    fared = {version: tried(version) for version in sys.argv[1:] or SUPPORTED}
    for version, result in fared.items():
        print(f"Python {version}: {result}")
    if any(result.startswith("failed") for result in fared.values()):
        sys.exit(1)


def tried(version: str) -> str:
    """What became of this Python: passed, failed and where, or not on this machine."""
    python = next((path for path in candidates(version) if not run(ROOT, path, "-c", "import venv")), "")
    if not python:
        return "not on this machine"
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "passavant"
        steps = (
            (ROOT, "git", "clone", "--quiet", str(ROOT), str(clone)),
            (clone, "make", "setup", "PYTHON=" + python),
            (clone, ".venv/bin/python", "-m", "pytest", "-q", "tests/journeys/test_newcomer.py"),
            (clone, ".venv/bin/python", "-m", "pytest", "-q", "-n", "auto", "-m", QUICK, "tests/models"),
        )
        for place, *words in steps:
            if run(place, *words):
                return "failed at " + " ".join(words)
    return "passed"


def candidates(version: str) -> list[str]:
    """Where this version may be: on the PATH, and where pyenv keeps those that are not switched on."""
    on_path = shutil.which("python" + version)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    return ([on_path] if on_path else []) + [str(path) for path in pyenv.glob(f"{version}.*/bin/python3")]


def run(place: Path, *words: str) -> int:
    """Run a command in a folder, without the environment that this script was started from; its status."""
    left_out = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(words, cwd=place, env=environment, check=False).returncode


if __name__ == "__main__":
    main()
