"""Reading of the values that every part of a CHED has: weights, quantities, counts."""

import re
from decimal import Decimal

from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.messages.formats.parts.findings import Findings, quote
from models.border.messages.formats.parts.masses import KILOGRAMS
from models.border.passage.content import Quantity

# TRACES writes Java doubles: 3200.0, .5, 5.0E-4 and 1.2E7. Bounded, so that no value is huge.
_NUMBER = re.compile(
    r"[+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})(?:E[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE
)
_SMALLEST = Decimal("0.000001")
"""What is kept of a weight or a quantity: a milligram, or a millionth."""
_BEYOND = Decimal(10**9)
"""No consignment weighs a million tonnes, and the tables hold no more."""
_MOST = 2**31 - 1


def number(text: str) -> Decimal | None:
    """A decimal number without exponent, or None where the text is not one."""
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    return Decimal(format(value, "f"))


def weight(element: Element | None, name: str, findings: Findings) -> Decimal | None:
    """A weight in kilograms; None where there is none, or where its unit is unknown (with a remark)."""
    text = text_of(element)
    if not text:
        return None
    unit = attribute(element, "unitCode").upper() or "KGM"
    if unit not in KILOGRAMS:
        findings.warn(
            f"Unité de masse inconnue {quote(unit)}\u00a0: la masse {quote(text)} n’a pas été reprise."
        )
        return None
    return _amount(text, name, findings, KILOGRAMS[unit])


def quantity(element: Element | None, name: str, findings: Findings) -> Quantity | None:
    """A number of animals, of pieces, of litres, as received; None where there is none."""
    text = text_of(element)
    amount = _amount(text, name, findings) if text else None
    return Quantity(amount, attribute(element, "unitCode").upper()) if amount else None


def _amount(text: str, name: str, findings: Findings, factor: Decimal = Decimal(1)) -> Decimal | None:
    value = number(text)
    if value is None or value < 0 or value * factor >= _BEYOND:
        findings.impossible(name, text)
        return None
    exact = value * factor
    kept = exact.quantize(_SMALLEST)
    if kept != exact:
        findings.warn(f"La valeur {quote(text)} ({name}) est arrondie à six décimales.")
        return kept
    return Decimal(format(exact, "f"))


def count(text: str, name: str, findings: Findings) -> int | None:
    """A whole number, zero or more, such as a number of packages ("12.0"); None where there is none."""
    if not text:
        return None
    value = number(text)
    if value is None or value < 0 or value != value.to_integral_value() or value > _MOST:
        findings.impossible(name, text)
        return None
    return int(value)
