"""Payments that only their debt tells of: whichever way a company paid, what it paid is shown, and once (PPR-26).

A debt that is paid makes a payment of its own reference, unless the co-owner tells of payments for it. What is
derived follows from the debts and payments as they stand, never from the order in which they came.
"""

from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import col

from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession
from models.kernel.french import local
from models.kernel.rows import insert_rows
from models.money.payments.queries.records import paid_debts, payments_towards
from models.money.payments.tables import Debt, Payment
from models.money.payments.versions import Row, portions

_SAME = ("co_owner", "reference", "version", "siren", "siret", "nature", "period", "amount", "currency")


def retract(db: DbSession, co_owner: CoOwner, debts: Collection[str]) -> None:
    """Forget the payments derived from those debts: what they follow from is about to change."""
    for some in portions(debts):
        derived = delete(Payment).where(
            col(Payment.co_owner) == co_owner,
            col(Payment.reference).in_(some),
            col(Payment.derived).is_(True),
        )
        db.execute(derived)


def derive(db: DbSession, co_owner: CoOwner, debts: Collection[str]) -> None:
    """Write the payments that follow from those debts alone, once `retract` forgot the former ones."""
    for some in portions(debts):
        paid = paid_debts(db, co_owner, some)
        settled = _settled(db, co_owner, [debt.reference for debt in paid])
        rows = [_payment(debt) for debt in paid if debt.reference not in settled]
        insert_rows(db, Payment, rows)


def _settled(db: DbSession, co_owner: CoOwner, debts: list[str]) -> set[str]:
    """Those of the debts of which the co-owner tells a payment; a rejected one pays nothing, but keeps its name."""
    if not debts:
        return set()
    references: set[str] = set()
    for reference, debt, status in payments_towards(db, co_owner, debts):
        references.add(reference)
        if debt is not None and status != "rejected":
            references.add(debt)
    return references


def _payment(debt: Debt) -> Row:
    return {
        **{name: getattr(debt, name) for name in _SAME},
        "debt_reference": debt.reference,
        "paid_on": debt.paid_on or local(debt.received_at).date(),
        "means": debt.means or "unknown",
        "status": "done",
        "derived": True,
        "received_at": debt.received_at,
    }
