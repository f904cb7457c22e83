"""How much there is of a consignment: weights, number, packages."""

from collections.abc import Iterable
from decimal import Decimal

from models.border.consignments.tables import Consignment
from models.border.passage.code_lists import packages
from models.border.passage.content import Ched, Package, Quantity

_MOST = Decimal("999999999.999999")
"""What the tables hold."""


def measure(consignment: Consignment, ched: Ched) -> None:
    """Weights, number and packages of the whole: as the CHED totals them, or the sum of its lines."""
    consignment.net_weight = ched.net_weight
    if ched.net_weight is None:
        consignment.net_weight = _sum(line.net_weight for line in ched.goods)
    consignment.gross_weight = ched.gross_weight
    if ched.gross_weight is None:
        consignment.gross_weight = _sum(line.gross_weight for line in ched.goods)
    whole = ched.quantity or _total(ched)
    consignment.quantity = whole.value if whole else None
    consignment.quantity_unit = whole.unit if whole else ""
    consignment.packages = said_packages(ched.packages)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what was told, within what the tables hold; None when nothing was."""
    known = [value for value in values if value is not None]
    return min(sum(known, Decimal()), _MOST) if known else None


def _total(ched: Ched) -> Quantity | None:
    """The number of the whole, where all lines that give one count in the same unit."""
    quantities = [line.quantity for line in ched.goods if line.quantity]
    value = _sum(quantity.value for quantity in quantities)
    return (
        Quantity(value, quantities[0].unit)
        if value and len({quantity.unit for quantity in quantities}) == 1
        else None
    )


def said_packages(packs: Iterable[Package]) -> str:
    """`20 palettes, 240 cartons`; nothing of packages of which there are none."""
    amounts = (packages(pack.type_code, pack.count) for pack in packs if pack.count)
    return ", ".join(words for words in amounts if words)
