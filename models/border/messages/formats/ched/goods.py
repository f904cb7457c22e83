"""Goods of a CHED: totals and lines. Weights are kilograms."""

from dataclasses import dataclass
from decimal import Decimal

from models.border.messages.formats.ched.fields import count, quantity, weight
from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.messages.formats.parts.findings import Findings
from models.border.passage.content import Goods, Package, Quantity

_LINES = "SPSConsignment/IncludedSPSConsignmentItem/IncludedSPSTradeLineItem"


@dataclass(frozen=True, slots=True)
class GoodsOfChed:
    """Totals (line 0 of the document) and lines."""

    lines: tuple[Goods, ...]
    net_weight: Decimal | None
    gross_weight: Decimal | None
    quantity: Quantity | None
    packages: tuple[Package, ...]

    @property
    def common_origin(self) -> str:
        """The country that all lines come from, or an empty string."""
        origins = {line.origin_country for line in self.lines}
        return origins.pop() if len(origins) == 1 else ""


def read_goods(certificate: Element, findings: Findings) -> GoodsOfChed:
    """Totals and lines of goods; impossible weights and counts go to the findings, by name of field."""
    totals: Goods | None = None
    lines: list[Goods] = []
    for element in certificate.every(_LINES):
        sequence = count(text_of(element, "SequenceNumeric"), "numéro de ligne de marchandise", findings)
        line = _line(element, len(lines) + 1 if sequence is None else sequence, findings)
        if line.sequence == 0:
            totals = totals or line
        else:
            lines.append(line)
    return GoodsOfChed(
        lines=tuple(lines),
        net_weight=totals.net_weight if totals else None,
        gross_weight=totals.gross_weight if totals else None,
        quantity=totals.quantity if totals else None,
        packages=totals.packages if totals else (),
    )


def _line(element: Element, sequence: int, findings: Findings) -> Goods:
    where = f"de la ligne {sequence}" if sequence else "totale"
    nomenclature = _classification(element, "CN")
    labels = [text_of(label) for label in nomenclature.every("ClassName")] if nomenclature is not None else []
    return Goods(
        sequence=sequence,
        description=text_of(element, "Description"),
        scientific_name=text_of(element, "ScientificName"),
        common_name=text_of(element, "CommonName"),
        cn_code=text_of(nomenclature, "ClassCode"),
        # TRACES lists them from the chapter down to the subheading.
        cn_label=labels[-1] if labels else "",
        eppo_code=text_of(_classification(element, "EPPT"), "ClassCode"),
        product_type=text_of(_classification(element, "PRODUCT_TYPE"), "ClassCode"),
        origin_country=text_of(element, "OriginSPSCountry/ID"),
        net_weight=weight(element.find("NetWeightMeasure"), f"masse nette {where}", findings),
        gross_weight=weight(element.find("GrossWeightMeasure"), f"masse brute {where}", findings),
        quantity=_quantity(element, where, findings),
        packages=_packages(element, where, findings),
    )


def _quantity(line: Element, where: str, findings: Findings) -> Quantity | None:
    """What is not a weight: TRACES counts animals in the place of the volume."""
    for name in ("NetVolumeMeasure", "GrossVolumeMeasure"):
        measured = quantity(line.find(name), f"quantité {where}", findings)
        if measured is not None:
            return measured
    return None


def _classification(line: Element, system: str) -> Element | None:
    for element in line.every("ApplicableSPSClassification"):
        if text_of(element, "SystemID") == system:
            return element
    return None


def _packages(line: Element, where: str, findings: Findings) -> tuple[Package, ...]:
    packages = []
    for element in line.every("PhysicalSPSPackage"):
        kind = element.find("TypeCode")
        quantity = count(text_of(element, "ItemQuantity"), f"nombre de colis {where}", findings)
        if quantity is not None:
            packages.append(Package(text_of(kind), attribute(kind, "name"), quantity))
    return tuple(packages)
