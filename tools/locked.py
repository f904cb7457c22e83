"""What the locks name: the packages of Python and of the front end, with their versions and digests."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,200})(?:\[[^\]]{0,200}\])?==([^\s;\\]{1,100})")
_DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, order=True)
class Locked:
    """A package as a lock pins it."""

    ecosystem: str
    """PyPI or npm, as OSV spells them."""
    name: str
    version: str
    digests: tuple[tuple[str, str], ...] = ()
    """(algorithm as CycloneDX spells it, digest in hexadecimal) of each file that may be installed."""

    @property
    def purl(self) -> str:
        """Its package URL, which names no index: pkg:pypi/lxml@6.0.0."""
        return f"pkg:{self.ecosystem.lower()}/{quote(self.name, safe='/')}@{quote(self.version, safe='')}"


def python_packages(lock: Path) -> Iterator[Locked]:
    """The packages of a requirements lock."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8")):
        pinned = _PINNED.match(block)
        if pinned:
            digests = tuple(("SHA-256", digest) for digest in _DIGEST.findall(block))
            yield Locked("PyPI", pinned[1].lower(), pinned[2], digests)


def npm_packages(lock: Path) -> Iterator[Locked]:
    """The packages of a package-lock.json, each version once."""
    packages: dict[str, dict[str, str]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    seen = set()
    for place, package in packages.items():
        name = place.rpartition("node_modules/")[2]
        if name and (name, package["version"]) not in seen:
            seen.add((name, package["version"]))
            yield Locked("npm", name, package["version"], tuple(_integrity(package.get("integrity", ""))))


def _integrity(text: str) -> Iterator[tuple[str, str]]:
    for digest in text.split():
        algorithm, _, content = digest.partition("-")
        yield f"SHA-{algorithm.removeprefix('sha')}", base64.b64decode(content).hex()
