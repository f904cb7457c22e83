"""Means of transport and containers of a CHED."""

from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.messages.formats.parts.findings import Findings, quote
from models.border.messages.formats.parts.identifiers import container_number
from models.border.passage.content import Container, Transport

MODES = {"1": "sea", "2": "rail", "3": "road", "4": "air"}
"""UN/ECE recommendation 19."""
_SCHEMES = {
    "vessel": "sea",
    "ship": "sea",
    "rail": "rail",
    "road": "road",
    "airplane": "air",
    "flight": "air",
}


def read_transports(certificate: Element, findings: Findings) -> tuple[Transport, ...]:
    """The main carriages; a mode that is absent is taken from the kind of identifier."""
    elements = certificate.every("SPSConsignment/MainCarriageSPSTransportMovement")
    return tuple(_transport(element, findings) for element in elements)


def _transport(element: Element, findings: Findings) -> Transport:
    identifier = element.find("ID")
    code = text_of(element, "ModeCode")
    mode = MODES.get(code) or _mode_from_scheme(attribute(identifier, "schemeID").lower())
    if code and code not in MODES and code not in {"0", "9"}:
        findings.warn(f"Mode de transport {quote(code)} inconnu, classé dans «\u00a0autre\u00a0».")
    return Transport(
        mode=mode,
        identifier=text_of(identifier),
        name=text_of(element, "UsedSPSTransportMeans/Name"),
    )


def _mode_from_scheme(scheme: str) -> str:
    return next((mode for word, mode in _SCHEMES.items() if word in scheme), "other")


def read_containers(certificate: Element, findings: Findings) -> tuple[Container, ...]:
    """The containers with their seals; a number that ISO 6346 does not allow is kept, with a remark."""
    containers = []
    for element in certificate.every("SPSConsignment/UtilizedSPSTransportEquipment"):
        number = container_number(text_of(element, "ID"), findings)
        seals = tuple(text_of(seal) for seal in element.every("AffixedSPSSeal/ID") if text_of(seal))
        if number:
            containers.append(Container(number, seals))
        elif seals:
            findings.warn(f"Scellés sans numéro de conteneur, non repris\u00a0: {quote(', '.join(seals))}.")
    return tuple(containers)
