"""What the demonstration's companies owe, paid and must declare, as the co-owners tell it. Pure, seen from one day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo.commands.companies import A, siret
from demo.money.figures_data import (
    CALENDAR,
    DUE,
    IN_PROGRESS,
    MANDATES,
    MONTHLY,
    NOTICE_PASSWORD,
    SIZES,
    Due,
    Monthly,
)
from models.kernel.co_owners import CoOwner
from models.money.declarations.sent import DeclarationsSent, DueDateSent
from models.money.payments.sent import DebtSent, MandateSent, PaymentSent

_YEARS = 3
_TOLD_BY_DEBTS = timedelta(days=60)
"""What was paid since is told by the debts alone, what was paid before by payments."""
_SEED = 2026


@dataclass(slots=True)
class Figures:
    """Lines for each door."""

    debts: list[DebtSent] = field(default_factory=list)
    payments: list[PaymentSent] = field(default_factory=list)
    mandates: list[MandateSent] = field(default_factory=list)
    declarations: list[DeclarationsSent] = field(default_factory=list)
    due_dates: list[DueDateSent] = field(default_factory=list)


def figures(today: date) -> Figures:
    """Three years of payments up to yesterday, and what is to pay and to declare from `today` on."""
    sums = Figures()
    for siren, size in SIZES.items():
        _pay(sums, siren, size, today)
        sums.debts += [_debt(siren, size, due, today) for due in DUE]
        sums.due_dates += [_due_date(siren, size, due, today) for due in CALENDAR]
    sums.mandates = [_mandate(*mandate) for mandate in MANDATES]
    sums.declarations = [_declarations(co_owner, today) for co_owner in IN_PROGRESS]
    return sums


def _pay(sums: Figures, siren: str, size: Decimal, today: date) -> None:
    dice = Random(f"{_SEED} {siren}")  # noqa: S311 (figures, not secrets)
    for rank, monthly in enumerate(MONTHLY):
        for month in _months(today):
            paid_on = month.replace(day=monthly.day)
            amount = _euros(monthly.amount * size * Decimal(dice.randrange(85, 116)) / 100)
            if paid_on >= today:
                continue
            line = _paid(siren, monthly, rank, paid_on, amount)
            debt = str(line["reference"]).replace("-RG-", "-TP-")
            if today - paid_on < _TOLD_BY_DEBTS:
                as_debt = {"reference": debt, "due_on": str(paid_on), "status": "paid"}
                sums.debts.append(DebtSent.model_validate(line | as_debt))
            else:
                sums.payments.append(PaymentSent.model_validate(line | {"debt_reference": debt}))


def _paid(siren: str, monthly: Monthly, rank: int, paid_on: date, amount: str) -> dict[str, str | int]:
    """Every seventh month by transfer, which is not shown (PPR-22)."""
    by_transfer = monthly.nature == "DELTA_G" and paid_on.month % 7 == 0
    return {
        "co_owner": monthly.co_owner,
        "reference": f"{paid_on.year}-RG-{siren[:3]}{paid_on.month:02}{rank}",
        "version": 1,
        "siren": siren,
        "nature": monthly.nature,
        "period": f"{_month(paid_on, -1):%Y-%m}",
        "amount": amount,
        "paid_on": str(paid_on),
        "means": "transfer" if by_transfer else monthly.means,
    }


def _debt(siren: str, size: Decimal, due: Due, today: date) -> DebtSent:
    return DebtSent.model_validate(
        {
            "co_owner": due.co_owner,
            "reference": _reference(siren, due, today),
            "version": 1,
            "siren": siren,
            "nature": due.nature,
            "period": _period(due.months, today),
            "amount": _euros(Decimal(due.amount) * size),
            "due_on": str(today + timedelta(days=due.days)),
            "status": "due",
            **({"notice_password": NOTICE_PASSWORD} if due.co_owner is CoOwner.DGDDI else {}),
        }
    )


def _due_date(siren: str, size: Decimal, due: Due, today: date) -> DueDateSent:
    return DueDateSent.model_validate(
        {
            "co_owner": due.co_owner,
            "reference": _reference(siren, due, today),
            "version": 1,
            "siren": siren,
            "nature": due.nature,
            "period": _period(due.months, today) or str(today.year),
            "kind": "payment" if due.amount else "declaration",
            "amount": _euros(Decimal(due.amount) * size) if due.amount else None,
            "due_on": str(today + timedelta(days=due.days)),
        }
    )


def _mandate(siren: str, rank: int, reference: str, iban: str, signed_on: date) -> MandateSent:
    return MandateSent.model_validate(
        {
            "co_owner": CoOwner.DGDDI,
            "reference": reference,
            "version": 1,
            "siren": siren,
            "siret": siret(siren, rank),
            "iban": iban,
            "signed_on": str(signed_on),
        }
    )


def _declarations(begun: tuple[str, str, int, int | None], today: date) -> DeclarationsSent:
    siren, service, in_progress, months = begun
    due_on = None if months is None else str(_month(today, months + 1).replace(day=10))
    return DeclarationsSent.model_validate(
        {
            "co_owner": CoOwner.DGDDI,
            "reference": f"{service}-{siren}",
            "version": 1,
            "siren": siren,
            "service": service,
            "in_progress": in_progress,
            "period": _period(months, today),
            "due_on": due_on,
        }
    )


def _reference(siren: str, due: Due, today: date) -> str:
    """`2026-TP-0048213`, `CA3-2026-10`; those of the other companies end with theirs."""
    whose = "" if siren == A else f"-{siren[:3]}"
    if due.name.isdecimal():
        return f"{today.year}-TP-{due.name:0>7}{whose}"
    return f"{due.name}-{_period(due.months, today) or today.year}{whose}"


def _period(months: int | None, today: date) -> str:
    return "" if months is None else f"{_month(today, months):%Y-%m}"


def _months(today: date) -> Iterator[date]:
    """The first days of the months of three years, the present one last."""
    return (_month(today, back) for back in range(-12 * _YEARS, 1))


def _month(day: date, after: int) -> date:
    """The first day of the month so many months after that of `day`."""
    years, month = divmod(day.month - 1 + after, 12)
    return date(day.year + years, month + 1, 1)


def _euros(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))
