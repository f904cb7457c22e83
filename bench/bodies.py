"""CHEDs as large as real ones: about 16 kB, of which half is what TRACES writes and nobody here reads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from lxml import etree

from demo.simulation.dossiers import kinds_of, notification
from demo.simulation.scenarios import IMPORTERS, PLACES
from demo.writers.contents import write_ched
from models.border.passage.content import Ched

SIZE = 16_000
_FROM = datetime(2026, 1, 5, 8, tzinfo=UTC)
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:21"
_SUBJECTS = (
    "OPERATOR_COMMENT",
    "CONFORM_TO_EU",
    "CATCH_AREA",
    "TEMPERATURE",
    "TRANSPORT_CONDITION",
    "SHIP_REGISTRY",
)
_WORDS = [
    "goods",
    "declared",
    "under",
    "transport",
    "kept",
    "stored",
    "below",
    "degrees",
    "sealed",
    "by",
    "operator",
    "for",
    "release",
    "within",
    "port",
]


def bodies(count: int, seed: int = 1) -> Iterator[bytes]:
    """`count` CHEDs of as many consignments: one to six lines of goods, one to three containers."""
    dice = Random(seed)
    for number in range(count):
        yield padded(write_ched(_ched(number, dice)), dice)


def _ched(number: int, dice: Random) -> Ched:
    pairs = [(one, place) for one in IMPORTERS for place in PLACES.values() if kinds_of(one, place)]
    importer, place = dice.choice(pairs)
    at = _FROM + timedelta(minutes=7 * number)
    arrival = at + timedelta(hours=dice.randrange(30, 90))
    made = notification(importer, place, at, arrival, dice.choice(place.carriers), dice)
    line = made.goods[0]
    lines = tuple(replace(line, sequence=n) for n in range(1, dice.choice((1, 1, 2, 3, 6)) + 1))
    return replace(made, reference=f"{made.ched_type}.FR.2026.{number + 1:07}", goods=lines)


def padded(body: bytes, dice: Random) -> bytes:
    """The message with remarks and levels of nomenclature as TRACES adds, up to SIZE."""
    certificate = etree.fromstring(body)
    exchanged = certificate[0]
    anchor = next(e for e in exchanged if e.tag.endswith("ReferenceSPSReferencedDocument"))
    size = len(body)
    while size < SIZE:
        note = etree.Element(f"{{{_RAM}}}IncludedSPSNote")
        etree.SubElement(note, f"{{{_RAM}}}ContentCode", listID="remark").text = str(dice.randrange(10**4))
        text = etree.SubElement(note, f"{{{_RAM}}}Content", languageID=dice.choice(("en", "fr", "es")))
        text.text = " ".join(dice.choices(_WORDS, k=dice.randrange(3, 16)))
        subject = etree.SubElement(note, f"{{{_RAM}}}SubjectCode", listID="ched_note_subject_code")
        subject.text = dice.choice(_SUBJECTS)
        anchor.addprevious(note)
        size += len(text.text) + 250
    return etree.tostring(certificate, encoding="UTF-8", xml_declaration=True)
