"""How a debt may be paid, and what is told of an account. Pure (PPR-23, PPR-30, PPR-31)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from models.kernel.co_owners import CoOwner

CARD_LIMITS: Mapping[str, Decimal] = {"CIEL_ALCOOL": Decimal(2000), "DOMINO": Decimal(1500)}
"""The largest debt that a card pays, in euros, by nature; the others are never paid by card (PPR-31)."""

SOON = timedelta(days=7)
"""A debt due within that time waits for somebody today."""

LATE_FEED = timedelta(hours=24)
"""After that long without news, a co-owner's figures are shown with their date."""


class Way(StrEnum):
    """How a debt is paid: each is a service that opens signed in (PPR-30)."""

    CARD = "TELEPAIEMENT_CARTE"
    SEPA = "TELEPAIEMENT_SEPA"
    ELSEWHERE = "PAIEMENT"
    """On the site of the co-owner itself."""


def ways_to_pay(co_owner: str, nature: str, amount: Decimal, currency: str = "EUR") -> tuple[Way, ...]:
    """The ways open for a debt of `amount`, the quickest first (PPR-30, PPR-31); none when nothing is owed."""
    if amount <= 0:
        return ()
    if co_owner != CoOwner.DGDDI:
        return (Way.ELSEWHERE,)
    limit = CARD_LIMITS.get(nature)
    by_card = limit is not None and amount <= limit and currency == "EUR"
    return (Way.CARD, Way.SEPA) if by_card else (Way.SEPA,)


def masked(iban: str) -> str:
    """An IBAN with its first and last four characters, and dots for all between (PPR-23)."""
    plain = "".join(iban.split())
    dots = " ".join(["••••"] * 3)
    return f"{plain[:4]} {dots} {plain[-4:]}" if len(plain) > 8 else dots


def is_late(received_at: datetime | None, now: datetime) -> bool:
    """Whether figures received then are too old to be shown without their date."""
    return received_at is None or now - received_at > LATE_FEED


def year_of(today: date) -> tuple[date, date]:
    """The first and the last day of the civil year of `today`."""
    return date(today.year, 1, 1), date(today.year, 12, 31)
