"""Lines as co-owners send them, and the state that they leave, for tests."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import SQLModel, select

from models.kernel.co_owners import CoOwner
from models.money.payments.actions import receive_debts, receive_payments
from models.money.payments.sent import DebtSent, PaymentSent
from models.money.payments.versions import Counted
from tests.support.accounts import A
from tests.support.databases import reading

ACTOR = "partner:tests"
CUSTOMS = (CoOwner.DGDDI,)


def debt_body(reference: str = "D1", version: int = 1, **said: Any) -> dict[str, Any]:
    """A debt of customs, due."""
    usual = {
        "co_owner": "DGDDI",
        "reference": reference,
        "version": version,
        "siren": A,
        "siret": None,
        "nature": "DELTA_G",
        "amount": "1234.50",
        "currency": "EUR",
        "due_on": "2026-04-10",
        "status": "due",
        "paid_on": None,
        "means": None,
    }
    return usual | said


def payment_body(reference: str = "P1", version: int = 1, **said: Any) -> dict[str, Any]:
    """A payment of the debt D1, done."""
    usual = {
        "co_owner": "DGDDI",
        "reference": reference,
        "version": version,
        "debt_reference": "D1",
        "siren": A,
        "nature": "DELTA_G",
        "amount": "1234.50",
        "paid_on": "2026-03-20",
        "means": "sepa",
    }
    return usual | said


async def debts(*bodies: dict[str, Any]) -> Counted:
    """Customs sends these debts in one batch."""
    return await receive_debts([DebtSent.model_validate(one) for one in bodies], CUSTOMS, ACTOR)


async def payments(*bodies: dict[str, Any]) -> Counted:
    """Customs sends these payments in one batch."""
    return await receive_payments([PaymentSent.model_validate(one) for one in bodies], CUSTOMS, ACTOR)


async def stored(*tables: type[SQLModel]) -> list[dict[str, Any]]:
    """Every row of these tables, but for its number and the time at which it came, in one order."""
    async with reading() as db:
        rows = [row for table in tables for row in db.exec(select(table)).all()]
    told = [row.model_dump(exclude={"id", "received_at"}) for row in rows]
    return sorted(told, key=lambda row: (row["co_owner"], row["reference"], len(row)))


def named(rows: Sequence[dict[str, Any]], *members: str) -> list[tuple[Any, ...]]:
    """Of each row, those members."""
    return [tuple(row[member] for member in members) for row in rows]
