"""The consignment of a CHED: operators, transport, containers, goods."""

from decimal import Decimal

from lxml import etree

from demo.writers.xml import child, legal_time
from models.border.passage.content import Ched, Container, Goods, Party, Transport

_PARTIES = {
    "consignor": "ConsignorSPSParty",
    "consignee": "ConsigneeSPSParty",
    "delivery": "DeliverySPSParty",
    "responsible": "CustomsTransitAgentSPSParty",
    "importer": "ImporterSPSParty",
}
_MODES = {
    "sea": ("1", "vessel_before_bcp"),
    "rail": ("2", "railway_before_bcp"),
    "road": ("3", "road_vehicle_registration_before_bcp"),
    "air": ("4", "airplane_flight_number_before_bcp"),
    "other": ("9", "other_before_bcp"),
}


def add_consignment(certificate: etree._Element, ched: Ched) -> None:
    """Adds the SPSConsignment element; weights are written in kilograms."""
    consignment = child(certificate, "rsm:SPSConsignment")
    if ched.arrival_expected_at:
        due = child(consignment, "ram:AvailabilityDueDateTime")
        child(due, "udt:DateTime", legal_time(ched.arrival_expected_at))
    for party in ched.parties:
        _party(consignment, party)
    _country(consignment, "ram:ExportSPSCountry", ched.export_country)
    _country(consignment, "ram:OriginSPSCountry", ched.origin_country)
    _post(consignment, ched)
    for transport in ched.transports:
        _transport(consignment, transport)
    for container in ched.containers:
        _container(consignment, container)
    item = child(consignment, "ram:IncludedSPSConsignmentItem")
    for line in (_totals(ched), *ched.goods):
        _goods(item, line)


def _post(consignment: etree._Element, ched: Ched) -> None:
    """The post as TRACES writes it: names in this order, without a mark of their own."""
    port = child(consignment, "ram:UnloadingBaseportSPSLocation")
    child(port, "ram:ID", ched.post_code, {"schemeID": "authority_activity_id"})
    for code in ched.post_others:
        child(port, "ram:ID", code, {"schemeID": "un_locode"})
    for name in (ched.post_code[:2], ched.post_town, ched.post_code, ched.post_name):
        child(port, "ram:Name", name)


def _totals(ched: Ched) -> Goods:
    return Goods(
        sequence=0,
        description="Whole consignment",
        net_weight=ched.net_weight,
        gross_weight=ched.gross_weight,
        quantity=ched.quantity,
        packages=ched.packages,
    )


def _party(consignment: etree._Element, party: Party) -> None:
    element = child(consignment, f"ram:{_PARTIES[party.role]}")
    child(element, "ram:ID", party.identifier, {"schemeID": party.identifier_scheme})
    child(element, "ram:Name", party.name)
    address = child(element, "ram:SpecifiedSPSAddress")
    child(address, "ram:PostcodeCode", party.postcode)
    child(address, "ram:LineOne", party.address)
    child(address, "ram:CityName", party.city)
    child(address, "ram:CountryID", party.country)


def _country(parent: etree._Element, name: str, country: str) -> None:
    if country:
        child(child(parent, name), "ram:ID", country)


def _transport(consignment: etree._Element, transport: Transport) -> None:
    code, scheme = _MODES[transport.mode]
    element = child(consignment, "ram:MainCarriageSPSTransportMovement")
    child(element, "ram:ID", transport.identifier, {"schemeID": scheme})
    child(element, "ram:ModeCode", code)
    if transport.name:
        child(child(element, "ram:UsedSPSTransportMeans"), "ram:Name", transport.name)


def _container(consignment: etree._Element, container: Container) -> None:
    element = child(consignment, "ram:UtilizedSPSTransportEquipment")
    child(element, "ram:ID", container.number, {"schemeID": "container_number"})
    for seal in container.seals:
        child(child(element, "ram:AffixedSPSSeal"), "ram:ID", seal, {"schemeID": "seal_number"})


def _goods(item: etree._Element, line: Goods) -> None:
    element = child(item, "ram:IncludedSPSTradeLineItem")
    child(element, "ram:SequenceNumeric", str(line.sequence))
    child(element, "ram:Description", line.description)
    for name, text in (("ScientificName", line.scientific_name), ("CommonName", line.common_name)):
        if text:
            child(element, f"ram:{name}", text)
    _weight(element, "ram:NetWeightMeasure", line.net_weight)
    _weight(element, "ram:GrossWeightMeasure", line.gross_weight)
    if line.quantity:
        measure = format(line.quantity.value, "f")
        child(element, "ram:NetVolumeMeasure", measure, {"unitCode": line.quantity.unit})
    _classification(element, "CN", line.cn_code, line.cn_label)
    _classification(element, "EPPT", line.eppo_code)
    _classification(element, "PRODUCT_TYPE", line.product_type)
    for package in line.packages:
        boxes = child(element, "ram:PhysicalSPSPackage")
        child(boxes, "ram:LevelCode", "4")
        child(boxes, "ram:TypeCode", package.type_code, {"name": package.type_name})
        child(boxes, "ram:ItemQuantity", f"{package.count}.0")
    _country(element, "ram:OriginSPSCountry", line.origin_country)


def _weight(element: etree._Element, name: str, weight: Decimal | None) -> None:
    if weight is not None:
        child(element, name, format(weight, "f"), {"unitCode": "KGM"})


def _classification(element: etree._Element, system: str, code: str, label: str = "") -> None:
    if not (code or label):
        return
    classification = child(element, "ram:ApplicableSPSClassification")
    child(classification, "ram:SystemID", system)
    child(classification, "ram:ClassCode", code)
    if label:
        child(classification, "ram:ClassName", label, {"languageID": "en"})
