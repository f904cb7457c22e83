"""The systemd units of deploy/: what a process that was broken into may still do.

Seen to fail: with a directive taken away; without all of them the units scored 6.5 to 9.2.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.frontend.build import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
MOST = 2.5
"""Exposure as `systemd-analyze security` tells it, from 0 to 10."""
WANTED = {
    "UMask": ["0077"],
    "NoNewPrivileges": ["yes"],
    "CapabilityBoundingSet": [""],
    "AmbientCapabilities": [""],
    "SystemCallFilter": ["@system-service", "~@privileged @resources"],
    "SystemCallArchitectures": ["native"],
    "RestrictAddressFamilies": ["AF_INET AF_INET6 AF_UNIX"],
    "ProtectSystem": ["strict"],
    **{
        key: ["yes"]
        for key in [
            "RestrictNamespaces",
            "RestrictRealtime",
            "RestrictSUIDSGID",
            "LockPersonality",
            "ProtectHome",
            "ProtectClock",
            "ProtectControlGroups",
            "ProtectHostname",
            "ProtectKernelLogs",
            "ProtectKernelModules",
            "ProtectKernelTunables",
            "PrivateDevices",
            "PrivateMounts",
            "PrivateTmp",
            "PrivateUsers",
            "RemoveIPC",
        ]
    },
    "ProtectProc": ["invisible"],
    "ProcSubset": ["pid"],
    "KeyringMode": ["private"],
}


def _directives(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in unit.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def test_there_are_units() -> None:
    assert len(UNITS) == 3


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_lets_its_process_do_little(unit: Path) -> None:
    """Read from the file, wherever the test runs: nothing of the machine, a bound to its memory and its threads."""
    directives = _directives(unit)
    assert {name: directives.get(name) for name in WANTED} == WANTED
    assert {"MemoryMax", "TasksMax"} <= set(directives)
    assert directives["User"] == ["passavant"]
    written = directives.get("ReadWritePaths", [])
    assert not [path for path in written if path.startswith("/opt")], (
        "the program and its front end are read-only"
    )


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_itself_finds_little_to_say(unit: Path) -> None:
    """Where its tool is there; elsewhere the directives above stand for it."""
    tool = shutil.which("systemd-analyze")
    if tool is None:
        test_a_unit_lets_its_process_do_little(unit)
        return
    done = subprocess.run(
        [tool, "security", "--offline=true", str(unit)], capture_output=True, text=True, check=False
    )
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
    assert found is not None, done.stderr
    assert float(found[1]) <= MOST, done.stdout
