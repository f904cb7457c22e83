"""Operators of a CHED: who may follow the consignment derives from them (SES-04)."""

from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.passage.content import Party

_ROLES = {
    "ConsignorSPSParty": "consignor",
    "ConsigneeSPSParty": "consignee",
    "DeliverySPSParty": "delivery",
    "CustomsTransitAgentSPSParty": "responsible",
    "ImporterSPSParty": "importer",
    "ImportSPSParty": "importer",
}
_LINES = ("LineOne", "LineTwo", "LineThree", "LineFour", "LineFive")
_COMPANY_SCHEMES = ("eori", "siret", "siren")


def read_parties(certificate: Element) -> tuple[Party, ...]:
    """The operators that the consignment names, in the order of the document."""
    consignment = certificate.find("SPSConsignment")
    if consignment is None:
        return ()
    parties = (_party(child, _ROLES[child.name]) for child in consignment.children() if child.name in _ROLES)
    return tuple(party for party in parties if party.name or party.identifier)


def _party(element: Element, role: str) -> Party:
    identifier = _best_identifier(element)
    address = element.find("SpecifiedSPSAddress")
    return Party(
        role=role,
        name=text_of(element, "Name"),
        country=text_of(address, "CountryID"),
        city=text_of(address, "CityName"),
        postcode=text_of(address, "PostcodeCode"),
        address=_address(address),
        identifier=text_of(identifier),
        identifier_scheme=attribute(identifier, "schemeID") if text_of(identifier) else "",
    )


def _best_identifier(element: Element) -> Element | None:
    """The number that names a company outside TRACES where there is one: rights hang on the SIREN."""
    elements = [child for child in element.every("ID") if text_of(child)]
    for child in elements:
        if any(scheme in attribute(child, "schemeID").lower() for scheme in _COMPANY_SCHEMES):
            return child
    return elements[0] if elements else None


def _address(address: Element | None) -> str:
    """The address on one line, its lines parted by commas."""
    if address is None:
        return ""
    raw = "\n".join(line.text for name in _LINES for line in address.every(name))
    lines = (" ".join(line.split()) for line in raw.splitlines())
    return ", ".join(line for line in lines if line)
