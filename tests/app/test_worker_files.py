"""What the service worker keeps for offline is renewed when it changes; the installed application names real files."""

import hashlib
import json
import re

from PIL import Image

from app.frontend.build import ROOT

ASSETS = ROOT / "assets"
WORKER = (ASSETS / "sw.js").read_text()


def test_the_version_of_the_worker_follows_the_files_that_it_keeps() -> None:
    """A browser looks for new ones when sw.js changes, and only then."""
    page = re.search(r'const PAGE = "(/[^"]+)"', WORKER)
    listed = re.search(r"const FILES = \[PAGE, ([^\]]+)\]", WORKER)
    assert page
    assert listed
    names = [page[1], *re.findall(r'"(/[^"]+)"', listed[1])]
    digest = hashlib.sha256(b"\0".join((ASSETS / name[1:]).read_bytes() for name in names)).hexdigest()[:12]
    version = re.search(r'const VERSION = "(\w+)"', WORKER)
    assert version
    assert version[1] == digest, f'write const VERSION = "{digest}" in assets/sw.js'


def test_the_manifest_names_icons_of_the_sizes_that_it_says() -> None:
    """An application that can be installed: a phone that allows it shows push messages (SES-30)."""
    manifest = json.loads((ASSETS / "manifest.webmanifest").read_text())
    assert (manifest["lang"], manifest["display"]) == ("fr", "standalone")
    sizes = {}
    for icon in manifest["icons"]:
        path = ASSETS / icon["src"][1:]
        assert path.exists(), path
        if path.suffix == ".png":
            with Image.open(path) as image:
                sizes[path.name] = f"{image.width}x{image.height}"
                assert sizes[path.name] == icon["sizes"]
    assert set(sizes.values()) == {"192x192", "512x512"}
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
