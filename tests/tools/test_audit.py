"""What an installation runs can be listed, and compared with known vulnerabilities without a network."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from app.frontend.build import ROOT
from tools.audit import concerns
from tools.bill import BILL, bill
from tools.locked import npm_packages, python_packages


def test_the_bill_of_materials_is_that_of_the_locks() -> None:
    """It is written by `make lock`."""
    assert BILL.read_text() == bill()
    document = json.loads(BILL.read_text())
    purls = [component["purl"] for component in document["components"]]
    assert len(purls) == len(set(purls))
    locked = {package.purl for package in python_packages(ROOT / "requirements.lock")}
    assert locked < set(purls)
    assert any(purl.startswith("pkg:npm/%40babel/") for purl in purls)


def _record(ecosystem: str, name: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    return {
        "id": "TEST-1",
        "summary": "Lets strangers in",
        "affected": [{"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges}],
    } | more


def _audit(*files: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "tools.audit", *map(str, files)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_vulnerable_package_of_either_lock_is_named(tmp_path: Path) -> None:
    npm = next(npm_packages(ROOT / "reflex.lock" / "package-lock.json"))
    python = tmp_path / "python.json"
    python.write_text(json.dumps([_record("PyPI", "PyJWT", {"introduced": "0"})]))
    front = tmp_path / "npm.zip"
    with zipfile.ZipFile(front, "w") as archive:
        archive.writestr("a.json", json.dumps(_record("npm", npm.name, {"introduced": "0"})))
    done = _audit(python, front)
    assert done.returncode == 1
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"pyjwt", npm.name}
    assert "TEST-1 Lets strangers in" in done.stdout


def test_a_withdrawn_record_concerns_nothing_and_no_record_is_said(tmp_path: Path) -> None:
    file, other = tmp_path / "a.json", tmp_path / "b.json"
    file.write_text(json.dumps(_record("PyPI", "pyjwt", {"introduced": "0"}, withdrawn="2026-01-01")))
    other.write_text("no JSON")
    assert _audit(file).returncode == 0
    assert _audit(other).returncode == 2


@pytest.mark.parametrize(
    ("version", "expected"),
    [("1.9", False), ("2.0", True), ("2.4.9", True), ("2.5", False), ("3.1", True), ("3.2", False)],
)
def test_a_version_is_held_against_every_range(version: str, expected: bool) -> None:
    events = [{"introduced": "2.0"}, {"fixed": "2.5"}, {"introduced": "3.0"}, {"last_affected": "3.1"}]
    assert concerns({"ranges": [{"type": "SEMVER", "events": events}]}, version) is expected
    assert concerns({"versions": [version]}, version)


def test_a_version_that_cannot_be_compared_is_told_rather_than_passed_over() -> None:
    assert concerns({"ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}, "github:a/b")
