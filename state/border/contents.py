"""What a consignment is made of, as its page shows it: goods, transport, parties."""

from dataclasses import dataclass

from models.border.consignments.tables import ConsignmentParty, GoodsLine
from models.border.follow_up.queries.listing import Detail
from models.border.passage.code_lists import MODES, PARTY_ROLES
from models.border.passage.goods_names import name
from models.border.passage.units import amount
from models.kernel import french
from models.kernel.countries import country


@dataclass
class Goods:
    """A line of goods."""

    title: str = ""
    cn: str = ""
    eppo: str = ""
    origin: str = ""
    net: str = ""
    gross: str = ""
    quantity: str = ""
    packages: str = ""


@dataclass
class Transport:
    """A container or a means of transport."""

    mode: str = ""
    label: str = ""
    value: str = ""
    detail: str = ""


@dataclass
class Party:
    """An operator named by the CHED."""

    role: str = ""
    name: str = ""
    place: str = ""
    identifier: str = ""


def goods(line: GoodsLine, ched_type: str) -> Goods:
    """A line of goods, under the name that people give it."""
    called = name(line.cn_code, line.scientific_name or line.description)
    extra = f", {line.scientific_name}" if line.scientific_name and line.scientific_name != called else ""
    return Goods(
        called + extra,
        cn(line.cn_code),
        line.eppo_code,
        country(line.origin_country),
        french.weight(line.net_weight),
        french.weight(line.gross_weight),
        amount(line.quantity, line.quantity_unit, ched_type),
        line.packages,
    )


def cn(code: str) -> str:
    """A code of the combined nomenclature as people read it: `0804 40 00`."""
    return french.NBSP.join(part for part in (code[:4], code[4:6], code[6:8], code[8:]) if part)


def transports(detail: Detail) -> list[Transport]:
    """The flights, vessels and containers of a consignment, with their seals."""
    means = [
        Transport(
            transport_means.mode,
            MODES.get(transport_means.mode, MODES["other"]),
            transport_means.identifier or transport_means.name,
            transport_means.name if transport_means.identifier else "",
        )
        for transport_means in detail.transports
    ]
    boxes = [
        Transport(
            "container", "Conteneur", french.container(box.number), f"Scellé {box.seals}" if box.seals else ""
        )
        for box in detail.containers
    ]
    return means + boxes


def party(one: ConsignmentParty) -> Party:
    """An operator, with its role in French."""
    place = ", ".join(part for part in (one.city, country(one.country)) if part)
    return Party(PARTY_ROLES.get(one.role, "Opérateur"), one.name, place, one.identifier)
