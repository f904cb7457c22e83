"""What somebody may do to a certified copy: each must be noticed (tests/app/http/downloads/test_certified.py)."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path


def _rewrite(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(copy: Path) -> None:
        (path,) = copy.glob(name)
        text = path.read_bytes()
        assert old.encode() in text
        path.write_bytes(text.replace(old.encode(), new.encode(), 1))

    return change


def _remove(name: str) -> Callable[[Path], None]:
    return lambda copy: min(copy.glob(name)).unlink()


def _put(name: str, text: str) -> Callable[[Path], None]:
    def change(copy: Path) -> None:
        (copy / name).write_text(text)

    return change


def _edit_record(copy: Path) -> None:
    path = min((copy / "enregistrements").iterdir())
    path.write_bytes(path.read_bytes().replace(b"FRLEH1", b"FRCDG4"))


def _swap_records(copy: Path) -> None:
    first, second = sorted((copy / "enregistrements").iterdir())[:2]
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)


def forge_manifest(copy: Path) -> None:
    """Alter a record, and write its new digest into the manifest."""
    _edit_record(copy)
    path = min((copy / "enregistrements").iterdir())
    manifest = json.loads((copy / "manifeste.json").read_bytes())
    manifest["files"][f"enregistrements/{path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (copy / "manifeste.json").write_text(json.dumps(manifest))


ALTERATIONS: dict[str, Callable[[Path], None]] = {
    "a record edited": _edit_record,
    "records swapped": _swap_records,
    "a record removed": _remove("enregistrements/*.json"),
    "a message edited": _rewrite("messages/*douane*", "26FR", "27FR"),
    "a message removed": _remove("messages/*"),
    "the PDF edited": _rewrite("copie-certifiee.pdf", "%PDF-", "%PDf-"),
    "the chain cut": _put("sceaux/chaine.jsonl", ""),
    "the last seal edited": _rewrite("sceaux/dernier.json", '"batch":1', '"batch":2'),
    "a proof edited": _rewrite("preuves.json", '"left"', '"right"'),
    "a file added": _put("messages/autre.xml", "<a/>"),
    "the manifest edited to match": forge_manifest,
    "the date edited": _rewrite("manifeste.json", '"made_at":"2', '"made_at":"1'),
}
