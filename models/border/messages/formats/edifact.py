"""EDIFACT syntax: an interchange cut into its messages, with the counts that prove it whole.

pydifact splits the segments; the envelope is checked here, since it does not check it.
"""

from dataclasses import dataclass, field

from pydifact.segments import Segment

from models.border.messages.formats.edifact_segments import broken, component, segments_of
from models.border.messages.formats.parts.findings import NBSP, Findings, quote


@dataclass(slots=True)
class EdiMessage:
    """One message of an interchange, without its UNH and UNT."""

    kind: str
    reference: str
    segments: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Envelope:
    """An interchange; `prepared` is the date and time of its UNB header, as digits."""

    reference: str
    prepared: str
    messages: list[EdiMessage] = field(default_factory=list)
    groups: int = 0
    closed: bool = False


def read_envelope(body: bytes, findings: Findings) -> Envelope:
    """The messages of an interchange. Raises UnreadableMessage when it is cut or its counts disagree."""
    envelope: Envelope | None = None
    unended: EdiMessage | None = None
    for segment in segments_of(body, findings):
        if segment.tag == "UNA":
            continue
        if segment.tag == "UNB":
            if envelope is not None:
                raise broken("Le fichier contient plusieurs interchanges (UNB)\u00a0; envoyez-les un par un.")
            prepared = component(segment, 3) + component(segment, 3, 1)
            envelope = Envelope(component(segment, 4), prepared)
            continue
        if envelope is None or envelope.closed:
            raise broken("Des segments se trouvent hors de l’interchange (avant UNB ou après UNZ).")
        unended = _take(segment, envelope, unended, findings)
    if envelope is None or not envelope.closed:
        raise broken("L’interchange est tronqué\u00a0: le segment de fin UNZ manque.")
    return envelope


def _take(
    segment: Segment, envelope: Envelope, unended: EdiMessage | None, findings: Findings
) -> EdiMessage | None:
    """Takes one segment in, and returns the message that is still open after it."""
    if segment.tag in {"UNH", "UNZ"} and unended is not None:
        raise broken(f"Le message {quote(unended.reference)} est tronqué\u00a0: son segment UNT manque.")
    if segment.tag == "UNH":
        return EdiMessage(component(segment, 1), component(segment, 0))
    if segment.tag == "UNZ":
        _close(segment, envelope, findings)
    elif segment.tag == "UNG":
        envelope.groups += 1
    elif segment.tag != "UNE":
        return _into_message(segment, envelope, unended)
    return unended


def _into_message(segment: Segment, envelope: Envelope, unended: EdiMessage | None) -> EdiMessage | None:
    if unended is None:
        raise broken(f"Le segment {segment.tag} se trouve hors de tout message (UNH).")
    if segment.tag != "UNT":
        unended.segments.append(segment)
        return unended
    _check_count(segment, len(unended.segments) + 2, f"Le message {quote(unended.reference)}", "segments")
    envelope.messages.append(unended)
    return None


def _close(segment: Segment, envelope: Envelope, findings: Findings) -> None:
    envelope.closed = True
    _check_count(segment, envelope.groups or len(envelope.messages), "L’interchange", "messages")
    if component(segment, 1) != envelope.reference:
        findings.warn("La référence de fin d’interchange (UNZ) n’est pas celle du début (UNB).")


def _check_count(segment: Segment, counted: int, what: str, of: str) -> None:
    announced = component(segment, 0)
    if announced.lstrip("0") != str(counted):
        raise broken(
            f"{what} annonce {quote(announced)} {of} ({segment.tag}) et en compte {counted}{NBSP}: "
            "il a été tronqué ou modifié. Renvoyez-le entier."
        )
