"""What an import costs in duty and VAT, roughly: the public simulator (PPR-51). Pure.

The customs value is the goods with their transport and insurance up to the Union (regulation (EU) 952/2013, art. 70
and 71); VAT bears on the customs value and the duty (directive 2006/112/EC, art. 85 and 86).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Simulated:
    """An estimate, or what is wrong with what was typed: French sentences by field."""

    estimate: Estimate | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def simulate(goods: str, transport: str, duty_rate: str, vat_rate: str) -> Simulated:
    """Estimate from what was typed, such as `12 500,50`; the transport and the rate may be left empty."""
    amounts = {
        "goods": _read(goods),
        "transport": _read(transport or "0"),
        "duty_rate": _read(duty_rate or "0"),
    }
    errors = {
        name: "Écrivez un montant, par exemple 1\u00a0250,50."
        for name, read in amounts.items()
        if read is None
    }
    if amounts["goods"] == 0:
        errors["goods"] = "Indiquez la valeur des marchandises."
    rate = amounts["duty_rate"]
    if rate is None or rate > _HUNDRED * 10:
        errors["duty_rate"] = "Écrivez un taux en pour cent, par exemple 3,2."
    if vat_rate not in VAT_RATES:
        errors["vat_rate"] = "Choisissez un taux de TVA."
    value, added = amounts["goods"], amounts["transport"]
    if errors or value is None or added is None or rate is None:
        return Simulated(errors=errors)
    return Simulated(estimate(value + added, rate, Decimal(vat_rate)))


def estimate(customs_value: Decimal, duty_rate: Decimal, vat_rate: Decimal) -> Estimate:
    """Duty and VAT on a customs value in euros; rates in per cent."""
    duty = _rounded(customs_value * duty_rate / _HUNDRED)
    return Estimate(_rounded(customs_value), duty, _rounded((customs_value + duty) * vat_rate / _HUNDRED))


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def _read(typed: str) -> Decimal | None:
    """The number that somebody typed as French people do; None when it is none, or cannot be one."""
    plain = "".join(typed.replace("€", "").replace("%", "").split()).replace(",", ".")
    try:
        read = Decimal(plain)
    except InvalidOperation:
        return None
    return read if read.is_finite() and 0 <= read <= _MOST else None
