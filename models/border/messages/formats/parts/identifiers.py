"""Shapes of the identifiers that cross the border (regulation.md), wherever they are read."""

import re

from stdnum import iso6346

from models.border.messages.formats.parts.findings import Findings, quote
from models.border.passage.vocabulary import ChedType

CHED = re.compile(r"(CHED(?:A|D|PP|P))\.[A-Z]{2}\.\d{4}\.\d{7,8}", re.ASCII)
MRN = re.compile(r"\d{2}[A-Z]{2}[A-Z0-9]{14}", re.ASCII)

_CITED_CHED = re.compile(rf"(?<![A-Z0-9.]){CHED.pattern}(?!\d)", re.ASCII)
_CONTAINER_NOISE = re.compile(r"[\s\-./]+")
_CONTAINER = re.compile(r"[A-Z]{4}\d{7}", re.ASCII)


def ched_type(reference: str) -> ChedType | None:
    """The kind of CHED that a reference names, or None where it is not a CHED reference."""
    match = CHED.fullmatch(reference)
    return ChedType(match[1]) if match else None


def cited_cheds(text: str) -> list[str]:
    """The CHED references that a text cites, in order."""
    return [match[0] for match in _CITED_CHED.finditer(text)]


def container_number(received: str, findings: Findings) -> str:
    """A container number in capitals, without spaces or dashes, so that CHED and COARRI agree.

    A number that ISO 6346 does not allow is kept, with a remark: the goods did travel in it.
    """
    number = _CONTAINER_NOISE.sub("", received).upper()
    if number and not _CONTAINER.fullmatch(number):
        findings.warn(
            f"Le numéro de conteneur {quote(received)} n’a pas la forme prévue par la norme ISO 6346."
        )
    elif number and not iso6346.is_valid(number):
        findings.warn(
            f"La clé de contrôle du numéro de conteneur {quote(number)} est fausse (norme ISO 6346)."
        )
    return number
