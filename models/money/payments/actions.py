"""The verbs on what companies owe and paid, as co-owners tell it: one transaction and one entry a company each."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession, write
from models.money.payments.derived import derive, retract
from models.money.payments.notices import notice_hash
from models.money.payments.queries.records import debts_paid_by
from models.money.payments.sent import DebtSent, MandateSent, PaymentSent
from models.money.payments.tables import Debt, Payment, SepaMandate
from models.money.payments.versions import Counted, Heard, Row, keep_newer, portions, rows_of


async def receive_debts(lines: Sequence[DebtSent], heard: Heard, actor: str) -> Counted:
    """Debts as they stand now. One that is paid tells of its payment, unless payments are told apart (PPR-26)."""
    rows = [_debt_row(line, row) for line, row in zip(lines, rows_of(lines, "notice_password"), strict=True)]

    def verb(db: DbSession) -> Counted:
        counted = keep_newer(db, "debts", Debt, rows, heard, actor)
        for co_owner, names in counted.references.items():
            retract(db, co_owner, names)
            derive(db, co_owner, names)
        return counted

    return await write(verb)


async def receive_payments(lines: Sequence[PaymentSent], heard: Heard, actor: str) -> Counted:
    """Payments, each with the debt that it is for."""
    rows = [{**row, "means": row["means"] or "unknown", "derived": False} for row in rows_of(lines)]

    def verb(db: DbSession) -> Counted:
        debts = _debts_of(db, lines)
        for co_owner, names in debts.items():
            retract(db, co_owner, names)
        counted = keep_newer(db, "payments", Payment, rows, heard, actor)
        for co_owner, names in debts.items():
            derive(db, co_owner, names)
        return counted

    return await write(verb)


async def receive_mandates(lines: Sequence[MandateSent], heard: Heard, actor: str) -> Counted:
    """Direct-debit mandates as they stand now (PPR-23)."""
    rows = rows_of(lines)
    return await write(lambda db: keep_newer(db, "mandates", SepaMandate, rows, heard, actor))


def _debt_row(line: DebtSent, row: dict[str, Any]) -> Row:
    password = line.notice_password
    kept = notice_hash(line.co_owner, line.reference, password) if password else None
    return {**row, "means": line.means or "", "notice_hash": kept}


def _debts_of(db: DbSession, lines: Sequence[PaymentSent]) -> dict[CoOwner, set[str]]:
    """The debts whose payments may change: named by these payments, or by what is known of them."""
    references: dict[CoOwner, set[str]] = defaultdict(set)
    for line in lines:
        references[line.co_owner].add(line.reference)
    for co_owner, names in references.items():
        for some in portions(names):
            names.update(debts_paid_by(db, co_owner, some))
    for line in lines:
        references[line.co_owner].add(line.debt_reference or line.reference)
    return references
