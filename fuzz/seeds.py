"""Where fuzzing starts: messages of the simulated traffic, and a few broken ones."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

from demo.simulation.journeys import journey, write
from demo.simulation.traffic import call
from demo.writers.contents import write_ched
from models.border.messages.formats.recognition import read
from models.border.passage.content import Ched

_BROKEN = {
    "xml": [
        b"<p:a xmlns:p='u'><q:b k='1'>x</q:b></p:a>",
        b"<?xml version='1.0' encoding='latin1'?><a>\xe9</a>",
    ],
    "coarri": [b"UNA:+.? 'UNB+UNOC:3+A+B+260101:0000+1'UNZ+0+1'"],
    "event": [b'{"type":"step"}'],
    "recognise": [b"", b"[]", b"%PDF", b"UNH", b"\xff\xfe<\x00a\x00/\x00>\x00"],
}
_KINDS = {"ched": ("ched", "xml"), "wco": ("wco", "xml"), "coarri": ("coarri",), "event": ("event",)}


def write_seeds(target: str, folder: Path) -> int:
    """Write the seeds of `target` into `folder`; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    seeds = [*_BROKEN.get(target, []), *_traffic(target)]
    for number, body in enumerate(seeds):
        (folder / f"seed-{number:03}").write_bytes(body)
    return len(seeds)


def _traffic(target: str) -> list[bytes]:
    dice, found = Random(7), list[bytes]()
    for day in range(1, 7):
        for notified in call(datetime(2026, 11, day, 15, tzinfo=UTC), dice, set())[:2]:
            for message in journey(notified):
                if isinstance(message.content, Ched):
                    found += _of(target, write_ched(message.content, soap=True))
                found += _of(target, write(message.content))
    return found[:60]


def _of(target: str, body: bytes) -> list[bytes]:
    format_ = read(body).format
    return [body] if target == "recognise" or target in _KINDS.get(format_, ()) else []
