"""Money in the database: whole cents, so that both engines add it up exactly."""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.types import TypeDecorator

_CENT = Decimal("0.01")


class Money(TypeDecorator[Decimal]):
    """An amount in euros, exact to the cent, kept as a number of cents.

    SQLite has no decimal numbers: it would add amounts up as fractions of two.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:  # noqa: ARG002
        """Cents of an amount.

        Raises:
            ValueError: when the amount is not a whole number of cents.
        """
        if value is None:
            return None
        cents = value / _CENT
        if cents != cents.to_integral_value():
            raise ValueError("an amount of money has two decimals at most")
        return int(cents)

    def process_result_value(self, value: Any, dialect: Any) -> Decimal | None:  # noqa: ARG002
        """The amount of a number of cents, or of a sum of them."""
        return None if value is None else int(value) * _CENT
