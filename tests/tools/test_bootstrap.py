"""A lock is installed, not resolved: with the oldest pip that a supported Python brings, and with the newest known."""

import hashlib
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from app.frontend.build import ROOT
from tools import bootstrap

_OLDEST_PIP = "22.3"
"""What Python 3.11.0 brought."""
_PROJECT = '[project]\nname = "p"\ndependencies = ["trunk"]\n[project.optional-dependencies]\n'


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of wheels: trunk 1 requires an extra of leaf; leaf 2, with another bud, came after the lock."""
    folder = tmp_path_factory.mktemp("shelf")
    _write_wheel(folder, "trunk", "1", "leaf[reload]>=1")
    for version in ("1", "2"):
        _write_wheel(folder, "leaf", version, "bud>=1; extra == 'reload'", provides="reload")
    _write_wheel(folder, "bud", "1")
    return folder


def _write_wheel(folder: Path, name: str, version: str, requires: str = "", provides: str = "") -> None:
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += f"Requires-Dist: {requires}\n" if requires else ""
    metadata += f"Provides-Extra: {provides}\n" if provides else ""
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    records = "".join(f"{path},,\n" for path in (*files, f"{info}/RECORD"))
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, content in (files | {f"{info}/RECORD": records}).items():
            wheel.writestr(path, content)


def _lock(folder: Path, shelf: Path, *packages: str) -> Path:
    lock = folder / "requirements.lock"
    lines = []
    for package in packages:
        name, version = package.split("==")
        digest = hashlib.sha256((shelf / f"{name}-{version}-py3-none-any.whl").read_bytes()).hexdigest()
        lines.append(f"{package} \\\n    --hash=sha256:{digest}\n    # via trunk\n")
    lock.write_text("".join(lines))
    return lock


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two environments: the oldest pip, and the one in our lock."""
    made = {}
    for pip, requirement in {"oldest": f"pip=={_OLDEST_PIP}", "locked": _locked_pip()}.items():
        folder = made[pip] = tmp_path_factory.mktemp(pip)
        venv.create(folder, with_pip=False)
        command = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "-q"]
        subprocess.run([*command, "--no-deps", requirement], check=True, capture_output=True)
    return made


def _locked_pip() -> str:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return next(line.split()[0] for line in lines if line.startswith("pip=="))


@pytest.fixture(params=["oldest", "locked"])
def environment(
    request: pytest.FixtureRequest,
    environments: dict[str, Path],
    shelf: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The bootstrap turned towards an environment, an index that knows newer versions, and a project of its own."""
    folder = environments[request.param]
    for name, value in {"BIN": folder / "bin", "ROOT": tmp_path}.items():
        monkeypatch.setattr(bootstrap, name, value)
    pip = (str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check")
    monkeypatch.setattr(bootstrap, "PIP", pip)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    (tmp_path / "tools").symlink_to(ROOT / "tools")
    (tmp_path / "pyproject.toml").write_text(_PROJECT)
    return folder


def _versions(environment: Path) -> set[str]:
    command = [str(environment / "bin" / "python"), "-m", "pip", "freeze"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_what_was_published_after_the_lock_changes_nothing(
    environment: Path, shelf: Path, tmp_path: Path
) -> None:
    bootstrap.install(_lock(tmp_path, shelf, "trunk==1", "leaf==1", "bud==1"))
    assert _versions(environment) == {"trunk==1", "leaf==1", "bud==1"}


@pytest.mark.usefixtures("environment")
def test_a_lock_that_lacks_what_an_extra_requires_is_one_line_that_names_it(
    shelf: Path, tmp_path: Path
) -> None:
    subprocess.run([*bootstrap.PIP, "uninstall", "-q", "-y", "bud"], check=True, capture_output=True)
    with pytest.raises(SystemExit, match=r"requirements.lock is not whole: leaf requires bud, .* make lock$"):
        bootstrap.install(_lock(tmp_path, shelf, "trunk==1", "leaf==1"))


@pytest.mark.usefixtures("environment")
def test_a_package_that_is_not_the_locked_one_is_not_installed(shelf: Path, tmp_path: Path) -> None:
    lock = _lock(tmp_path, shelf, "bud==1")
    lock.write_text(lock.read_text().replace("sha256:", "sha256:" + "0" * 64)[: len("bud==1 \\\n") + 83])
    with pytest.raises(SystemExit, match="does not match its hash"):
        bootstrap.install(lock)


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_a_lock_names_no_place_and_pins_every_package(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert packages
    assert all("==" in line.split(";")[0] for line in packages)
    assert "://" not in "".join(lines)


def test_the_command_starts_under_a_path_with_a_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a b é"
    venv.create(folder, with_pip=False)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "cli.py").write_text("def main():\n    print('here')\n")
    for name, value in {"BIN": folder / "bin", "ROOT": tmp_path}.items():
        monkeypatch.setattr(bootstrap, name, value)
    bootstrap.write_command()
    done = subprocess.run([str(folder / "bin" / "passavant")], capture_output=True, text=True, check=True)
    assert done.stdout == "here\n"
