"""The verbs on declarations and due dates, as co-owners tell them: one transaction, one entry a company each."""

from collections.abc import Sequence

from models.kernel.database import write
from models.money.declarations.sent import DeclarationsSent, DueDateSent
from models.money.declarations.tables import DeclarationLine, DueDate
from models.money.payments.versions import Counted, Heard, Row, keep_newer, rows_of


async def receive_declarations(lines: Sequence[DeclarationsSent], heard: Heard, actor: str) -> Counted:
    """How companies stand with the declaration services (PPR-21)."""
    rows = rows_of(lines)
    return await write(lambda db: keep_newer(db, "declarations", DeclarationLine, rows, heard, actor))


async def receive_due_dates(lines: Sequence[DueDateSent], heard: Heard, actor: str) -> Counted:
    """What there is to file or to pay, and by when (PPR-24)."""
    rows = [{**row, "kind": row["kind"] or _kind(row)} for row in rows_of(lines)]
    return await write(lambda db: keep_newer(db, "due-dates", DueDate, rows, heard, actor))


def _kind(row: Row) -> str:
    return "payment" if row["amount"] is not None else "declaration"
