"""What co-owners told so far of debts and payments: for the verbs that take in what they tell next (PPR-26).

References are those of one co-owner, as many at a time as `versions.portions` cuts them into.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession
from models.money.payments.tables import Debt, Payment


def due_debt(db: DbSession, co_owner: CoOwner, reference: str) -> Debt | None:
    """The debt of that reference, as long as it is to be paid."""
    due = Debt.co_owner == co_owner, Debt.reference == reference, Debt.status == "due"
    return db.exec(select(Debt).where(*due)).first()


def paid_debts(db: DbSession, co_owner: CoOwner, references: Collection[str]) -> Sequence[Debt]:
    """Those of the debts that are paid."""
    paid = Debt.co_owner == co_owner, col(Debt.reference).in_(references), Debt.status == "paid"
    return db.exec(select(Debt).where(*paid)).all()


def debts_paid_by(db: DbSession, co_owner: CoOwner, references: Collection[str]) -> set[str]:
    """The references of the debts that these payments, as they are known, say that they pay."""
    named = select(Payment.debt_reference).where(
        Payment.co_owner == co_owner, col(Payment.reference).in_(references)
    )
    return {debt for debt in db.exec(named) if debt is not None}


def payments_towards(
    db: DbSession, co_owner: CoOwner, references: Collection[str]
) -> Sequence[tuple[str, str | None, str]]:
    """Reference, debt and status of the payments that bear the references of these debts, or say that they pay them."""
    statuses = select(Payment.reference, Payment.debt_reference, Payment.status).where(
        Payment.co_owner == co_owner,
        or_(col(Payment.reference).in_(references), col(Payment.debt_reference).in_(references)),
    )
    return db.exec(statuses).all()


def versions_known(
    db: DbSession, table: type[Any], co_owner: CoOwner, references: Collection[str]
) -> Sequence[tuple[str, int | None, int, str]]:
    """Reference, number, version and company of what is known in a table of figures (`versions.Versioned`)."""
    known = select(table.reference, table.id, table.version, table.siren).where(
        table.co_owner == co_owner, col(table.reference).in_(references)
    )
    return db.exec(known).all()
