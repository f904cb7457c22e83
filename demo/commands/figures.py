"""The demonstration's money: three years of payments, and what is due, through the verbs of the co-owners' doors."""

from sqlmodel import select

from demo.money.figures import figures
from models.journal.record import record
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession, one_transaction, read, write
from models.kernel.french import local
from models.money.declarations.actions import receive_declarations, receive_due_dates
from models.money.payments.actions import receive_debts, receive_mandates, receive_payments

SENDER = "operator:demo"
_FILLED = "demonstration.figures_filled"
_FISCAL = (CoOwner.DGFIP, CoOwner.URSSAF)


async def fill_figures() -> None:
    """Write what the co-owners would have told, as seen from today; once, and all of it or nothing."""
    if await read(_is_filled):
        return
    demo_figures = figures(local(clock.now()).date())
    every = tuple(CoOwner)
    async with one_transaction():
        await receive_payments(demo_figures.payments, every, SENDER)
        await receive_debts(demo_figures.debts, every, SENDER)
        await receive_mandates(demo_figures.mandates, (CoOwner.DGDDI,), SENDER)
        await receive_declarations(demo_figures.declarations, (CoOwner.DGDDI,), SENDER)
        await receive_due_dates(demo_figures.due_dates, _FISCAL, SENDER)
        await write(_say_so)


def _is_filled(db: DbSession) -> bool:
    return db.exec(select(JournalEntry.seq).where(JournalEntry.kind == _FILLED)).first() is not None


def _say_so(db: DbSession) -> None:
    record(db, _FILLED, actor=SENDER)
