"""Reading what is paid and to pay, and mandates: every query starts from what the viewer may see (PPR-20)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import cast, func, literal, null, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col

from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Establishment
from models.kernel.database import DbSession
from models.money.payments.policy import co_owners_seen, visible, visible_mandates
from models.money.payments.rules import SOON, year_of
from models.money.payments.tables import Debt, FigureFeed, Payment, SepaMandate


@dataclass(frozen=True, slots=True)
class Share:
    """What one co-owner was paid this year, and is to be paid. Amounts in euros."""

    paid: Decimal = Decimal(0)
    due: Decimal = Decimal(0)
    debts: int = 0
    pressing: int = 0
    """How many of them are due within seven days, or late."""
    newest_debt: int = 0
    """The key of the last debt that came: a greater one is new."""
    newest_payment: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The shares by co-owner, of those that the viewer sees; and when each sent what, by (co-owner, kind)."""

    shares: Mapping[str, Share] = field(default_factory=dict)
    received: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    @property
    def debts(self) -> int:
        """How many debts are to be paid."""
        return sum(share.debts for share in self.shares.values())

    @property
    def pressing(self) -> int:
        """How many of them are due within seven days, or late."""
        return sum(share.pressing for share in self.shares.values())

    @property
    def newest_debt(self) -> int:
        """The key of the last debt that came."""
        return max((share.newest_debt for share in self.shares.values()), default=0)

    @property
    def newest_payment(self) -> int:
        """The key of the last payment that came."""
        return max((share.newest_payment for share in self.shares.values()), default=0)


@dataclass(frozen=True, slots=True)
class Signed:
    """A mandate, and where the establishment that made it is."""

    mandate: SepaMandate
    city: str


def figures(db: DbSession, viewer: Viewer, today: date) -> Figures:
    """The sums of each co-owner for the year of `today`, and how fresh they are, in one query."""
    shares = {co_owner: Share() for co_owner in co_owners_seen(viewer)}
    figures_of: dict[str, dict[str, Any]] = {co_owner: {} for co_owner in shares}
    received: dict[tuple[str, str], datetime] = {}
    for co_owner, kind, amount, number, pressing, newest, at in db.execute(_sums(viewer, today)):
        if at is not None:
            received[co_owner, kind] = at
        elif kind == "due":
            figures_of[co_owner] = {
                "due": amount,
                "debts": number,
                "pressing": pressing,
                "newest_debt": newest,
            }
        else:
            figures_of[co_owner] |= {"paid": amount or Decimal(0), "newest_payment": newest}
    return Figures({co_owner: Share(**figures_of[co_owner]) for co_owner in shares}, received)


def _sums(viewer: Viewer, today: date) -> Any:
    first, last = year_of(today)
    never = cast(null(), FigureFeed.metadata.tables["figure_feed"].c.received_at.type)
    due = (
        sql_select(
            col(Debt.co_owner),
            literal("due"),
            func.sum(col(Debt.amount)),
            func.count(),
            func.count().filter(col(Debt.due_on) <= today + SOON),
            func.max(col(Debt.id)),
            never,
        )
        .where(visible(viewer, Debt), col(Debt.status) == "due")
        .group_by(col(Debt.co_owner))
    )
    condition = col(Payment.status) == "done"
    paid = (
        sql_select(
            col(Payment.co_owner),
            literal("paid"),
            func.sum(col(Payment.amount)),
            func.count(),
            literal(0),
            func.max(col(Payment.id)),
            never,
        )
        .where(visible(viewer, Payment), condition, col(Payment.paid_on).between(first, last))
        .group_by(col(Payment.co_owner))
    )
    none = (literal(0), literal(0), literal(0), literal(0))
    feeds = sql_select(col(FigureFeed.co_owner), col(FigureFeed.kind), *none, col(FigureFeed.received_at))
    return union_all(due, paid, feeds)


def mandates(db: DbSession, viewer: Viewer, *, limit: int = 50) -> list[Signed]:
    """The mandates in force that the viewer may see, by reference (PPR-23)."""
    query = (
        sql_select(SepaMandate, col(Establishment.city))
        .join(Establishment, col(Establishment.siret) == col(SepaMandate.siret), isouter=True)
        .where(visible_mandates(viewer))
        .order_by(col(SepaMandate.reference))
        .limit(limit)
    )
    return [Signed(mandate, city or "") for mandate, city in db.execute(query)]
