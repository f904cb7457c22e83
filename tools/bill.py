"""Write the software bill of materials: what an installation runs, in CycloneDX 1.6 (`make lock` does it).

The same locks give the same file: it bears no date, and its number derives from its content.
"""

import json
import uuid
from pathlib import Path
from typing import Any

from tools.locked import Locked, npm_packages, python_packages

ROOT = Path(__file__).resolve().parents[1]
BILL = ROOT / "sbom.cdx.json"
_NAMESPACE = uuid.UUID("6f1a8c1e-6f0b-4c55-9a7e-0f9a4a1d7c11")


def bill(root: Path = ROOT) -> str:
    """The bill of materials of the checkout at `root`, as JSON."""
    packages = [
        *python_packages(root / "requirements.lock"),
        *npm_packages(root / "reflex.lock" / "package-lock.json"),
    ]
    components = [_component(package) for package in sorted(packages)]
    number = uuid.uuid5(_NAMESPACE, json.dumps(components))
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "passavant", "bom-ref": "passavant"}},
        "components": components,
    }
    return json.dumps(document, indent=1) + "\n"


def _component(package: Locked) -> dict[str, Any]:
    hashes = [{"alg": algorithm, "content": digest} for algorithm, digest in package.digests]
    # A Python package has a digest for each platform's file: CycloneDX knows one file a component.
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
    } | ({"hashes": hashes} if len(hashes) == 1 else {})


def main() -> None:
    """Write the bill beside the locks."""
    BILL.write_text(bill(), encoding="utf-8")


if __name__ == "__main__":
    main()
