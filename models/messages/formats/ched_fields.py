"""Reading of the values that every part of a CHED has: times, weights, counts."""

import re
from datetime import datetime
from decimal import Decimal

from models.messages.formats.elements import Element, attribute, text_of
from models.messages.formats.findings import Findings, quote
from models.messages.formats.times import from_coded, from_iso

# TRACES writes Java doubles: 3200.0, and 1.2E7 from ten million on. Bounded, so that no value is huge.
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,9})?(?:E-?\d)?", re.ASCII | re.IGNORECASE)
_TO_KILOGRAMS = {"KGM": 0, "TNE": 3, "GRM": -3}


def moment(element: Element | None, name: str, findings: Findings) -> datetime | None:
    """The UTC time that an element holds, directly or in a DateTime child; None where there is none.

    `name` is the French name under which an impossible date is reported.
    """
    if element is None:
        return None
    coded = element.find("DateTimeString")
    text = text_of(element, "DateTime") or text_of(element)
    try:
        if coded is not None:
            text = text_of(coded)
            code = attribute(coded, "format") or attribute(coded, "formatCode")
            return from_coded(text, code) if text else None
        return from_iso(text) if text else None
    except ValueError:
        findings.impossible(name, text)
        return None


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
    value = number(text)
    if value is None or value < 0:
        findings.impossible(name, text)
        return None
    unit = attribute(element, "unitCode") or "KGM"
    if unit not in _TO_KILOGRAMS:
        findings.warn(
            f"Unité de masse inconnue {quote(unit)}\u00a0: la masse {quote(text)} n’a pas été reprise."
        )
        return None
    return Decimal(format(value.scaleb(_TO_KILOGRAMS[unit]), "f"))


def count(text: str, name: str, findings: Findings) -> int | None:
    """A whole number, zero or more, such as a number of packages ("12.0"); None where there is none."""
    if not text:
        return None
    value = number(text)
    if value is None or value < 0 or value != value.to_integral_value():
        findings.impossible(name, text)
        return None
    return int(value)
