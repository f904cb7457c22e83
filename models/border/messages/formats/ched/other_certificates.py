"""Certificates that have the form of a CHED and are none: what they are, and where they go."""

from collections.abc import Mapping

from models.border.messages.formats.parts.elements import Element, text_of
from models.border.messages.formats.parts.findings import NBSP, quote
from models.border.messages.formats.parts.identifiers import ched_type
from models.border.passage.content import UnknownFormat

_CHED = "636"
_PHYTOSANITARY = {
    "851": "un certificat phytosanitaire",
    "657": "un certificat phytosanitaire de réexportation",
}
_KINDS: Mapping[str, str] = {
    **_PHYTOSANITARY,
    "852": "un certificat sanitaire",
    "853": "un certificat vétérinaire",
    "856": "un certificat d’inspection",
    "861": "un certificat d’origine",
}
"""By the type of the document (UNCL 1001)."""


def refuse_other_certificates(certificate: Element) -> None:
    """Raises UnknownFormat for an SPSCertificate of another type than a CHED, unless it bears a CHED's reference."""
    kind = text_of(certificate, "SPSExchangedDocument/TypeCode")
    reference = text_of(certificate, "SPSExchangedDocument/ID").upper()
    if kind in ("", _CHED) or ched_type(reference) is not None:
        return
    name = _KINDS.get(kind, "un certificat")
    road = (
        f"{NBSP}: le pays qui l’a délivré l’y envoie par le Hub ePhyto de la CIPV, ou l’opérateur le joint au DSCE"
        if kind in _PHYTOSANITARY
        else ""
    )
    raise UnknownFormat(
        "Certificat à déposer dans TRACES",
        f"Le message est {name} (type {quote(kind)}), non un DSCE. Sa place est dans TRACES{road}. "
        "Envoyez ici le DSCE qui le cite.",
    )
