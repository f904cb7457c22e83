"""The co-owners' part of `passavant simulate`: debts, payments, and word that there is nothing new."""

from random import Random

from sqlalchemy import or_
from sqlmodel import col, select

from demo.money.figures_data import SIZES
from demo.money.news import MARK, new_debt, paid
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import read
from models.kernel.french import local
from models.money.declarations.actions import receive_declarations, receive_due_dates
from models.money.payments.actions import receive_debts, receive_mandates, receive_payments
from models.money.payments.tables import Debt

_EVERY = tuple(CoOwner)
_FISCAL = (CoOwner.DGFIP, CoOwner.URSSAF)


async def tell_figures(sender: str, dice: Random) -> str:
    """The co-owners tell what is new, if anything; which debt it is about. Habilitations are left alone."""
    today = local(clock.now()).date()
    debt = await _payable(dice) if dice.random() < 0.5 else None
    if debt is not None:
        payment, settled = paid(debt, today)
        await receive_payments([payment], _EVERY, sender)
        await receive_debts([settled], _EVERY, sender)
        return f"{debt.reference} paid, {debt.siren}"
    if dice.random() < 0.5:
        new = new_debt(today, dice)
        await receive_debts([new], _EVERY, sender)
        return f"{new.reference} due, {new.siren}"
    await _nothing_new(sender)
    return "figures: nothing new"


async def _payable(dice: Random) -> Debt | None:
    """One that came while the portal was open, or that is late: what the screens show first stays a while."""
    asked = select(Debt).where(
        col(Debt.siren).in_(SIZES),
        Debt.status == "due",
        or_(col(Debt.reference).contains(MARK), col(Debt.due_on) < local(clock.now()).date()),
    )
    debts = await read(lambda db: db.exec(asked.order_by(col(Debt.id))).all())
    return dice.choice(debts) if debts else None


async def _nothing_new(sender: str) -> None:
    await receive_debts([], _EVERY, sender)
    await receive_payments([], _EVERY, sender)
    await receive_mandates([], (CoOwner.DGDDI,), sender)
    await receive_declarations([], (CoOwner.DGDDI,), sender)
    await receive_due_dates([], _FISCAL, sender)
