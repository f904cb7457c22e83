"""EDIFACT text to segments, through pydifact: characters, separators, folded lines."""

import re
from collections.abc import Iterator
from datetime import datetime

from pydifact.exceptions import EDISyntaxError, ValidationError
from pydifact.parser import Parser
from pydifact.segments import Segment, SegmentFactory

from models.border.messages.formats.parts.findings import Findings
from models.border.messages.formats.parts.times import from_coded
from models.border.passage.content import UnreadableMessage
from models.kernel.legible import legible

_DEFAULT_CHARACTERS = ":+.? '"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SYNTAX = re.compile(rb"UNB.(UNO[A-Z])")
_ENCODINGS = {b"UNOC": "iso-8859-1", b"UNOD": "iso-8859-2", b"UNOG": "iso-8859-3", b"UNOW": "utf-8"}


class _PlainFactory(SegmentFactory):
    """Segments as they are: validation against a directory is not ours, and warns on every segment."""

    @staticmethod
    def create_segment(name: str, *elements: str | list[str], **_: object) -> Segment:
        segment: Segment = Segment(name, *(elements or ("",)))
        return segment


def component(segment: Segment, element: int, position: int = 0) -> str:
    """One component of one data element, both counted from 0; empty where it is absent."""
    value = segment[element]
    parts = value if isinstance(value, list) else [value or ""]
    return legible(str(parts[position])).strip() if position < len(parts) else ""


def time_of(
    segments: list[Segment], qualifiers: tuple[str, ...], name: str, findings: Findings
) -> datetime | None:
    """The UTC time of the first DTM with one of `qualifiers`, in their order; None where there is none.

    An impossible one goes to the findings as the field `name` (in French).
    """
    times = {component(s, 0): s for s in reversed(segments) if s.tag == "DTM" and component(s, 0, 1)}
    segment = next((times[qualifier] for qualifier in qualifiers if qualifier in times), None)
    if segment is None:
        return None
    text = component(segment, 0, 1)
    try:
        return from_coded(text, component(segment, 0, 2))
    except ValueError:
        findings.impossible(name, text)
        return None


def broken(detail: str) -> UnreadableMessage:
    """The refusal of an interchange that cannot be read; `detail` is a French sentence."""
    return UnreadableMessage("EDIFACT illisible", detail)


def segments_of(body: bytes, findings: Findings) -> Iterator[Segment]:
    """The segments of an interchange, one by one. Raises UnreadableMessage where they stop making sense."""
    text = _text(body, findings)
    try:
        yield from Parser(factory=_PlainFactory()).parse(text)
    except (EDISyntaxError, ValidationError, ValueError, IndexError, AttributeError) as error:
        if "Unexpected end" in str(error):
            raise broken("L’interchange est tronqué\u00a0: son dernier segment n’est pas terminé.") from error
        raise broken("Un segment de l’interchange n’a pas la forme prévue par EDIFACT.") from error


def _text(body: bytes, findings: Findings) -> str:
    """The interchange as text, always led by a UNA segment, line breaks taken out."""
    text = _decoded(body, findings)
    # Without a leading UNA, pydifact looks for one further on, and skips all that stands before it.
    characters, text = (text[3:9], text[9:]) if text.startswith("UNA") else (_DEFAULT_CHARACTERS, text)
    separators = characters[0:2] + characters[3:4] + characters[5:6]
    if len(characters) < 6 or len(set(separators)) < 4 or any(c.isalnum() for c in separators):
        raise broken("Les séparateurs annoncés par le segment UNA sont impossibles.")
    if any(match[0] not in separators for match in _CONTROL.finditer(text)):
        raise broken(
            "L’interchange contient des caractères de contrôle\u00a0: ce n’est pas du texte EDIFACT."
        )
    if characters[5] not in "\r\n":
        # Many senders fold their files at 80 columns, even inside a value.
        text = text.replace("\r", "").replace("\n", "")
    if characters[3] == " ":
        # A blank announces that no release character is used; pydifact would eat every blank.
        characters = characters[:3] + "\x1a" + characters[4:]
    return f"UNA{characters}{text}"


def _decoded(body: bytes, findings: Findings) -> str:
    match = _SYNTAX.search(body[:64])
    encoding = _ENCODINGS.get(match[1] if match else b"", "utf-8")
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        findings.warn("L’interchange contient des octets étrangers au jeu de caractères annoncé (UNB).")
        return body.decode("iso-8859-1")
