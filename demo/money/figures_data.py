"""What each of the demonstration's companies owes and declares: sizes, amounts and days. Data only."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from demo.commands.companies import A, B, C, T
from models.kernel.co_owners import CoOwner

_HAVRE, _MARSEILLE = 1, 2

SIZES: Mapping[str, Decimal] = {A: Decimal(1), B: Decimal("0.6"), C: Decimal("0.45"), T: Decimal("0.2")}
"""Companies, and their business beside that of the first."""


class Monthly(NamedTuple):
    """Something paid each month."""

    co_owner: CoOwner
    nature: str
    amount: int
    """Euros a month, about, for a company of size 1."""
    day: int
    means: str


class Due(NamedTuple):
    """Something to pay or to declare."""

    co_owner: CoOwner
    nature: str
    name: str
    """How its reference begins."""
    amount: str
    days: int
    """From today."""
    months: int | None = None
    """Of which month it is, from the present one; None for none."""


MONTHLY = (
    Monthly(CoOwner.DGDDI, "DELTA_G", 6700, 12, "sepa"),
    Monthly(CoOwner.DGDDI, "CIEL_ALCOOL", 980, 5, "card"),
    Monthly(CoOwner.DGDDI, "DOMINO", 660, 20, "card"),
    Monthly(CoOwner.DGFIP, "TVA", 3040, 19, "sepa"),
    Monthly(CoOwner.URSSAF, "COTISATIONS", 2006, 15, "sepa"),
)
NOTICE_PASSWORD = "AVIS-2026"  # noqa: S105 (printed in docs/operate.md)
"""Of every customs payment notice of the demonstration (PPR-31)."""
DUE = (
    Due(CoOwner.DGFIP, "TVA", "CA3", "8214.00", 0, -1),
    Due(CoOwner.DGDDI, "DELTA_G", "48213", "9318.00", 3),
    Due(CoOwner.DGDDI, "DOMINO", "48377", "1212.50", 6),
    Due(CoOwner.DGDDI, "CIEL_ALCOOL", "48402", "1950.00", 11),
    Due(CoOwner.URSSAF, "COTISATIONS", "DSN", "5903.20", 21, 0),
)
CALENDAR = (
    Due(CoOwner.DGFIP, "TVA", "CA3", "8214.00", 0, -1),
    Due(CoOwner.URSSAF, "DSN", "DSN", "", 11, 0),
    Due(CoOwner.URSSAF, "COTISATIONS", "COT", "5903.20", 21, 0),
    Due(CoOwner.DGFIP, "CFE", "CFE", "2118.00", 21),
)
MANDATES = (
    (A, _HAVRE, "DGDDI-0048-7712", "FR7630006000110010000954821", date(2024, 2, 12)),
    (A, _MARSEILLE, "DGDDI-0051-2290", "FR7617569002340010000500937", date(2025, 6, 3)),
    (B, 1, "DGDDI-0049-3304", "FR7630004011870010000126245", date(2024, 9, 17)),
    (C, 1, "DGDDI-0050-8851", "FR7618206000770010000485108", date(2025, 1, 22)),
    (T, 1, "DGDDI-0052-6117", "FR7616607003050010000673372", date(2025, 11, 6)),
)
IN_PROGRESS: tuple[tuple[str, str, int, int | None], ...] = (
    (A, "DELTA_G", 3, None),
    (A, "CIEL", 1, 0),
    (A, "DOMINO", 1, None),
    (A, "ISOPE", 0, None),
    (B, "DELTA_G", 2, None),
    (C, "DELTA_G", 1, None),
    (C, "CIEL", 1, 0),
    (T, "DELTA_G", 6, None),
)
"""Company, service, how many are begun, and of which month from the present one: to be filed by the 10th after it."""
