"""Compare what is locked with known vulnerabilities that somebody fetched: no network.

    .venv/bin/python -m tools.audit FILE...

FILE holds records of the Open Source Vulnerability format (OSV): one as JSON, several as a JSON list, or the zip
archive that OSV gives for an ecosystem (PyPI, npm). Ends with status 1 and a line for each package concerned, and
with status 2 when a file cannot be read.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tools.locked import Locked, npm_packages, python_packages

ROOT = Path(__file__).resolve().parents[1]
_COMPARED = ("ECOSYSTEM", "SEMVER")


def main() -> None:
    """Check all locks against the files named on the command line."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        records = [record for name in sys.argv[1:] for record in read(Path(name))]
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        print(f"audit: these are no OSV records: {error}", file=sys.stderr)
        sys.exit(2)
    packages = set(npm_packages(ROOT / "reflex.lock" / "package-lock.json"))
    for lock in ROOT.glob("requirements*.lock"):
        packages.update(python_packages(lock))
    lines = sorted(set(vulnerable(packages, records)))
    print(
        "\n".join(lines) or f"{len(packages)} packages, {len(records)} records: nothing known against them."
    )
    sys.exit(1 if lines else 0)


def read(file: Path) -> list[dict[str, Any]]:
    """The records of a file.

    Raises:
        ValueError: when it is neither JSON nor a zip archive of JSON files.
    """
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return [json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")]
    content = json.loads(file.read_bytes())
    return content if isinstance(content, list) else [content]


def vulnerable(packages: set[Locked], records: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each package that a record concerns; withdrawn records concern none."""
    by_name: dict[tuple[str, str], list[Locked]] = {}
    for package in packages:
        by_name.setdefault(_key(package.ecosystem, package.name), []).append(package)
    for record in records:
        for affected in () if "withdrawn" in record else record.get("affected", ()):
            about = affected.get("package", {})
            for package in by_name.get(_key(about.get("ecosystem", ""), about.get("name", "")), ()):
                if concerns(affected, package.version):
                    yield f"{package.name} {package.version}: {record['id']} {record.get('summary', '')}".strip()


def _key(ecosystem: str, name: str) -> tuple[str, str]:
    return ecosystem, canonicalize_name(name) if ecosystem == "PyPI" else name


def concerns(affected: dict[str, Any], version: str) -> bool:
    """Whether a version is listed, or lies in a range; one that cannot be compared is taken to."""
    if version in affected.get("versions", ()):
        return True
    ranges = [range_ for range_ in affected.get("ranges", ()) if range_.get("type") in _COMPARED]
    try:
        return any(_lies_in(range_["events"], Version(version)) for range_ in ranges)
    except InvalidVersion:
        return True


def _lies_in(events: list[dict[str, str]], version: Version) -> bool:
    inside = False
    for event in sorted(events, key=_bound):
        (kind, _), bound = next(iter(event.items())), _bound(event)
        if kind == "introduced" and version >= bound:
            inside = True
        elif (kind == "fixed" and version >= bound) or (kind == "last_affected" and version > bound):
            inside = False
    return inside


def _bound(event: dict[str, str]) -> Version:
    return Version(next(iter(event.values())))


if __name__ == "__main__":
    main()
