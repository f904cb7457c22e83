"""What an import costs in duty and VAT, roughly: the public simulator (PPR-51). Pure.

The customs value is the goods with their transport and insurance up to the Union (regulation (EU) 952/2013, art. 70
and 71); VAT bears on the customs value and the duty (directive 2006/112/EC, art. 85 and 86).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

VAT_RATES: Mapping[str, str] = {
    "20": "20\u00a0%",
    "10": "10\u00a0%",
    "5.5": "5,5\u00a0%",
    "2.1": "2,1\u00a0%",
}
"""In mainland France; overseas and in Corsica, some goods bear others."""
_CENT = Decimal("0.01")
_MOST = Decimal(1_000_000_000)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Amounts in euros, to the cent."""

    customs_value: Decimal
    duty: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        """Duty and VAT together."""
        return self.duty + self.vat


def estimate(customs_value: Decimal, duty_rate: Decimal, vat_rate: Decimal) -> Estimate:
    """Duty and VAT on a customs value in euros; rates in per cent."""
    duty = _rounded(customs_value * duty_rate / _HUNDRED)
    return Estimate(_rounded(customs_value), duty, _rounded((customs_value + duty) * vat_rate / _HUNDRED))


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def read_amount(typed: str) -> Decimal | None:
    """The number that somebody typed as French people do; None when it is none, or cannot be one."""
    plain = "".join(typed.replace("€", "").replace("%", "").split()).replace(",", ".")
    try:
        read = Decimal(plain)
    except InvalidOperation:
        return None
    return read if read.is_finite() and 0 <= read <= _MOST else None
