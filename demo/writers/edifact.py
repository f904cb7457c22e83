"""Coarri to an EDIFACT interchange, as a terminal operator sends it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby

from pydifact.segments import Segment
from pydifact.serializer import Serializer

from models.border.messages.formats.parts.times import PARIS
from models.border.passage.content import Coarri, ContainerMovement

_REPORTS = {"discharged": ("44", "11"), "loaded": ("46", "9")}


def write_coarri(coarri: Coarri) -> bytes:
    """The report as one interchange: a message for each run of containers of one call and movement.

    Times are French legal time, to the second. Raises ValueError without any movement.
    """
    prepared = max(movement.at for movement in coarri.movements).astimezone(PARIS)
    groups = [list(group) for _, group in groupby(coarri.movements, key=_call)]
    segments = [segment for rank, group in enumerate(groups, 1) for segment in _message(group, rank)]
    head = Segment(
        "UNB",
        # UTF-8: the older UNOA of most terminals cannot write every vessel's name.
        ["UNOW", "4"],
        "TERMINAL",
        "PASSAVANT",
        [prepared.strftime("%Y%m%d"), prepared.strftime("%H%M")],
        coarri.interchange,
    )
    tail = Segment("UNZ", str(len(groups)), coarri.interchange)
    text: str = Serializer().serialize([head, *segments, tail], with_una_header=True)
    return text.encode()


def _call(movement: ContainerMovement) -> tuple[str, str, str, str]:
    return movement.movement, movement.port, movement.vessel, movement.voyage


def _message(movements: list[ContainerMovement], rank: int) -> list[Segment]:
    first = movements[0]
    code, place = _REPORTS[first.movement]
    body = [
        Segment("BGM", code, str(rank), "9"),
        Segment("TDT", "20", first.voyage, "1", "13", "", "", "", ["", "", "", first.vessel]),
    ]
    if first.port:
        body.append(Segment("LOC", place, [first.port, "139", "6"]))
    for movement in movements:
        body += _container(movement)
    body.append(Segment("CNT", ["16", str(len(movements))]))
    head = Segment("UNH", str(rank), ["COARRI", "D", "95B", "UN"])
    return [head, *body, Segment("UNT", str(len(body) + 2), str(rank))]


def _container(movement: ContainerMovement) -> Iterable[Segment]:
    yield Segment("EQD", "CN", movement.container, ["45G1", "102", "5"], "", "3", "5")
    yield Segment("DTM", ["203", *_moment(movement.at)])
    for seal in movement.seals:
        yield Segment("SEL", seal, "SH")


def _moment(at: datetime) -> tuple[str, str]:
    """The digits and their format (UNCL 2379): legal time, or UTC in the hour that autumn repeats."""
    local = at.astimezone(PARIS)
    repeated = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    if repeated:
        return at.astimezone(UTC).strftime("%Y%m%d%H%M%SUTC"), "304"
    return (local.strftime("%Y%m%d%H%M%S"), "204") if local.second else (local.strftime("%Y%m%d%H%M"), "203")
