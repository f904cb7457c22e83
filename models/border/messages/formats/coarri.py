"""EDIFACT COARRI to Coarri: the containers put ashore or loaded, hence the arrival step (SES-02)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydifact.segments import Segment

from models.border.messages.formats.edifact import EdiMessage, read_envelope
from models.border.messages.formats.edifact_segments import component, time_of
from models.border.messages.formats.parts.findings import Findings, quote
from models.border.messages.formats.parts.identifiers import container_number
from models.border.messages.formats.parts.times import from_coded
from models.border.passage.content import Coarri, ContainerMovement, UnknownFormat

_MOVEMENTS = {"44": ("discharged", "11"), "46": ("loaded", "9")}
"""Kind of report (BGM): the movement, and the qualifier of the port (LOC) where it took place."""
_CANCELLATION = "1"


@dataclass(frozen=True, slots=True)
class _Report:
    """What a message says once for all its containers."""

    movement: str
    place: str
    port: str
    vessel: str
    voyage: str
    at: datetime | None


def read_coarri(body: bytes) -> tuple[Coarri, tuple[str, ...]]:
    """The movements of all COARRI messages of an interchange, and French warnings (SES-02).

    Times without offset are Europe/Paris, and become UTC. Raises UnreadableMessage when the interchange
    is cut, UnknownFormat when it holds no COARRI or cancels a report, IncompleteMessage when a kind of
    report, a time or every container is missing.
    """
    findings = Findings("Le compte rendu COARRI")
    envelope = read_envelope(body, findings)
    reports = [message for message in envelope.messages if message.kind == "COARRI"]
    others = sorted({message.kind for message in envelope.messages if message.kind != "COARRI"})
    if not reports:
        raise UnknownFormat(
            "Message EDIFACT inconnu",
            f"L’interchange contient {quote(', '.join(others) or 'aucun message')}\u00a0; "
            "seul le message COARRI est pris en charge.",
        )
    if others:
        findings.warn(f"Messages non pris en charge, laissés de côté\u00a0: {quote(', '.join(others))}.")
    foreign = sorted({nature for message in reports if (nature := _nature(message)) not in ("", *_MOVEMENTS)})
    known = [message for message in reports if _nature(message) not in foreign]
    if not known:
        raise UnknownFormat("Compte rendu COARRI non pris en charge", _not_read(foreign))
    if foreign:
        findings.warn(_not_read(foreign))
    movements = [m for message in known for m in _movements(message, envelope.prepared, findings)]
    if not movements and not findings.at_fault:
        findings.missing("numéro de conteneur")
    if findings.at_fault:
        raise findings.refusal()
    return Coarri(envelope.reference, tuple(movements)), findings.warnings


def _nature(message: EdiMessage) -> str:
    bgm = next((segment for segment in message.segments if segment.tag == "BGM"), None)
    return component(bgm, 0) if bgm is not None else ""


def _not_read(natures: Sequence[str]) -> str:
    listed = quote(", ".join(natures))
    several = len(natures) > 1
    return (
        f"{'Natures' if several else 'Nature'} de compte rendu {listed} non {'prises' if several else 'prise'} en "
        "charge\u00a0: sont lus le débarquement (BGM 44) et l’embarquement (BGM 46)."
    )


def _movements(message: EdiMessage, prepared: str, findings: Findings) -> list[ContainerMovement]:
    header, containers = _split(message.segments)
    report = _report(header, prepared, findings)
    if report is None:
        return []
    container_movements = (_movement(segments, report, findings) for segments in containers)
    return [movement for movement in container_movements if movement is not None]


def _split(segments: Iterable[Segment]) -> tuple[list[Segment], list[list[Segment]]]:
    """The segments before the first equipment, then those of each container (EQD+CN)."""
    header: list[Segment] = []
    groups: list[list[Segment]] = [header]
    for segment in segments:
        if segment.tag in {"EQD", "CNT"}:
            groups.append([])
        groups[-1].append(segment)
    return header, [g for g in groups[1:] if g[0].tag == "EQD" and component(g[0], 0) == "CN"]


def _report(header: list[Segment], prepared: str, findings: Findings) -> _Report | None:
    bgm = next((segment for segment in header if segment.tag == "BGM"), None)
    code = component(bgm, 0) if bgm is not None else ""
    if bgm is not None and component(bgm, 2) == _CANCELLATION:
        raise UnknownFormat(
            "Annulation non prise en charge",
            f"Le compte rendu {quote(component(bgm, 1))} en annule un autre\u00a0; "
            "signalez l’annulation au poste par la messagerie.",
        )
    if code not in _MOVEMENTS:
        findings.missing("nature du compte rendu (BGM 44, débarquement, ou 46, embarquement)")
        return None
    movement, place = _MOVEMENTS[code]
    carriage = next((s for s in header if s.tag == "TDT" and component(s, 0) == "20"), None)
    return _Report(
        movement=movement,
        place=place,
        port=_port(header, place),
        vessel=(component(carriage, 7, 3) or component(carriage, 7)) if carriage is not None else "",
        voyage=component(carriage, 1) if carriage is not None else "",
        at=time_of(header, ("178", "132"), "date d’escale", findings) or _prepared(prepared),
    )


def _movement(segments: list[Segment], report: _Report, findings: Findings) -> ContainerMovement | None:
    number = container_number(component(segments[0], 1), findings)
    if not number:
        findings.warn("Un conteneur sans numéro n’a pas été repris.")
        return None
    name = f"date du mouvement du conteneur {number}"
    at = time_of(segments, ("203",), name, findings)
    if at is None and not findings.is_impossible(name):
        at = report.at
        findings.warn(
            f"Le conteneur {quote(number)} n’est pas daté\u00a0; la date du compte rendu est retenue."
        )
    if at is None:
        findings.missing(name)
        return None
    return ContainerMovement(
        container=number,
        movement=report.movement,
        at=at,
        port=_port(segments, report.place) or report.port,
        vessel=report.vessel,
        voyage=report.voyage,
        seals=tuple(component(s, 0) for s in segments if s.tag == "SEL" and component(s, 0)),
    )


def _port(segments: list[Segment], place: str) -> str:
    places = (component(s, 1) for s in segments if s.tag == "LOC" and component(s, 0) == place)
    return next(places, "")


def _prepared(digits: str) -> datetime | None:
    """The time of the UNB header, whose year has two digits in syntax 3 and four in syntax 4."""
    try:
        return from_coded(digits, "")
    except ValueError:
        return None
