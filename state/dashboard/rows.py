"""What the dashboard's blocks show, line by line: French words and formatted amounts, nothing that is not shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.vocabulary import Right
from models.kernel import french
from models.kernel.co_owners import CoOwner
from models.money.declarations.queries import ServiceLine
from models.money.declarations.tables import DueDate
from models.money.declarations.words import SERVICES
from models.money.payments.policy import may_manage_mandate
from models.money.payments.queries.figures import Figures, Share, Signed
from models.money.payments.queries.lines import Owed
from models.money.payments.rules import Way, is_late, masked, ways_to_pay
from models.money.payments.tables import Payment
from models.money.payments.words import CO_OWNERS, MEANS, STATUSES, title
from state.identity.teleservices import access

_WAYS = {Way.CARD: "Carte", Way.SEPA: "SEPA", Way.ELSEWHERE: "Payer"}
Received = Mapping[tuple[str, str], datetime]


@dataclass
class Button:
    """A way to pay."""

    label: str = ""
    href: str = ""
    leaves: bool = False
    """Whether it leads to another administration's site."""


@dataclass
class DebtLine:
    """A debt; without a button once it is settled."""

    id: int = 0
    title: str = ""
    reference: str = ""
    co_owner: str = ""
    due: str = ""
    due_state: str = ""
    """late or today; empty otherwise"""
    amount: str = ""
    note: str = ""
    ways: list[Button] = field(default_factory=list)


@dataclass
class PaymentLine:
    """A payment."""

    id: int = 0
    title: str = ""
    reference: str = ""
    co_owner: str = ""
    paid_on: str = ""
    amount: str = ""
    means: str = ""
    status: str = ""
    state: str = ""
    """As components/kit/status.py names it."""


@dataclass
class Bar:
    """One co-owner in the chart. The widths are shares of the longest bar."""

    co_owner: str = ""
    paid: str = ""
    due: str = ""
    paid_width: str = ""
    due_width: str = ""
    note: str = ""


@dataclass
class ServiceRow:
    """A declaration service."""

    name: str = ""
    about: str = ""
    detail: str = ""
    label: str = ""
    href: str = ""
    files: bool = False


@dataclass
class MandateRow:
    """A direct-debit mandate; without an address it is managed elsewhere, or by somebody else."""

    iban: str = ""
    ending: str = ""
    reference: str = ""
    place: str = ""
    href: str = ""
    lock: str = ""


@dataclass
class DateRow:
    """A due date."""

    id: int = 0
    day: str = ""
    month: str = ""
    iso: str = ""
    title: str = ""
    co_owner: str = ""
    state: str = ""
    """late or today; empty otherwise"""
    state_label: str = ""
    value: str = ""


def freshness(received: Received, co_owner: str, kinds: Collection[str], now: datetime) -> str:
    """`données au 22 nov., 16 h 04` when that co-owner is late with one of these kinds; empty when it is not."""
    times = [received.get((co_owner, kind)) for kind in kinds]
    if not any(is_late(at, now) for at in times):
        return ""
    known = [at for at in times if at is not None]
    if len(known) < len(times):
        return "données pas encore reçues"
    return f"données au {french.moment(min(known), now)}"


def notes(received: Received, co_owners: Collection[str], kinds: Collection[str], now: datetime) -> list[str]:
    """The same for several co-owners, each named."""
    told_of = [(CO_OWNERS[office], freshness(received, office, kinds, now)) for office in co_owners]
    return [f"{name}{french.NBSP}: {words}" for name, words in told_of if words]


def bars(figures: Figures, now: datetime) -> list[Bar]:
    """A bar for each co-owner that the viewer sees (PPR-20)."""
    longest = max((share.paid + share.due for share in figures.shares.values()), default=Decimal(0))
    return [
        Bar(
            CO_OWNERS[co_owner],
            french.money(share.paid),
            french.money(share.due),
            _width(share.paid, longest),
            _width(share.due, longest),
            freshness(figures.received, co_owner, ("debts", "payments"), now),
        )
        for co_owner, share in figures.shares.items()
    ]


def _width(amount: Decimal, longest: Decimal) -> str:
    return f"{max(amount, Decimal(0)) / longest * 100:.2f}%" if longest > 0 else "0%"


def total(figures: Figures) -> Share:
    """All co-owners together."""
    shares = figures.shares.values()
    return Share(
        paid=sum((share.paid for share in shares), Decimal(0)),
        due=sum((part.due for part in shares), Decimal(0)),
    )


def debt_line(owed: Owed, today: date) -> DebtLine:
    """A debt, with the ways to pay it (PPR-22, PPR-30, PPR-31)."""
    debt = owed.debt
    settled = debt.status != "due"
    state = "" if settled else day_state(debt.due_on, today)
    words = {"late": f"En retard, {french.day(debt.due_on, year=False)}", "today": "Aujourd’hui"}
    ways = (
        ()
        if settled or owed.under_way
        else ways_to_pay(debt.co_owner, debt.nature, debt.amount, debt.currency)
    )
    return DebtLine(
        debt.id or 0,
        title(debt.nature, debt.period),
        debt.reference,
        CO_OWNERS.get(debt.co_owner, ""),
        words.get(state, french.day(debt.due_on)),
        state,
        amount(debt.amount, debt.currency),
        STATUSES.get(debt.status, "") if settled else "Paiement en cours" if owed.under_way else "",
        [
            Button(_WAYS[way], access(debt.co_owner, way, debt.reference), way is Way.ELSEWHERE)
            for way in ways
        ],
    )  # fmt: skip


def day_state(due_on: date, today: date) -> str:
    """late, today, or nothing."""
    return "late" if due_on < today else "today" if due_on == today else ""


def amount(value: Decimal, currency: str = "EUR") -> str:
    """In French, with the code of a currency that is not the euro."""
    if currency == "EUR":
        return french.money(value)
    return french.money(value).replace("€", currency)


_STATES = {"done": "released", "pending": "in_progress", "rejected": "blocked"}


def payment_line(payment: Payment) -> PaymentLine:
    """A payment of the history."""
    return PaymentLine(
        payment.id or 0,
        title(payment.nature, payment.period),
        payment.reference,
        CO_OWNERS.get(payment.co_owner, ""),
        french.day(payment.paid_on),
        amount(payment.amount, payment.currency),
        MEANS.get(payment.means, MEANS["unknown"]),
        STATUSES.get(payment.status, "En cours"),
        _STATES.get(payment.status, "in_progress"),
    )


def service_row(line: ServiceLine, today: date) -> ServiceRow:
    """A declaration service, with the button of what the person may do there (PPR-21)."""
    name, about = SERVICES[line.service]
    files = line.right is Right.DECLARE
    begun = french.plural(line.in_progress, "déclaration en cours", "déclarations en cours")
    when = f"avant le {french.day(line.due_on)}" if line.due_on else ""
    period = french.month(line.period) if line.period else ""
    texts = [
        begun if line.in_progress else "",
        french.upper_first(", ".join(part for part in (period, when) if part)),
        "" if files else "Lecture seule pour vous",
    ]
    late = line.due_on is not None and line.due_on < today and line.in_progress > 0
    return ServiceRow(
        name,
        about,
        " · ".join([part for part in texts if part] + (["En retard"] if late else [])),
        "Déclarer" if files else "Consulter",
        access(CoOwner.DGDDI, line.service),
        files,
    )


def mandate_row(signed: Signed, viewer: Viewer) -> MandateRow:
    """A mandate; with the button that closes it on the very SIRET only (PPR-23)."""
    mandate = signed.mandate
    manages = may_manage_mandate(viewer, mandate.siret)
    place = signed.city or f"SIRET {french.grouped(mandate.siret)}"
    return MandateRow(
        masked(mandate.iban),
        mandate.iban[-4:],
        mandate.reference,
        place,
        access(mandate.co_owner, Way.SEPA, mandate.reference) if manages else "",
        "" if manages else f"Se gère depuis l’établissement{french.NBSP}: {place}",
    )


def date_row(due_date: DueDate, today: date) -> DateRow:
    """A due date, as a leaf of a calendar (PPR-24)."""
    state = day_state(due_date.due_on, today)
    value = french.money(due_date.amount) if due_date.amount is not None else ""
    month = french.day(due_date.due_on, year=False).partition(french.NBSP)[2]
    return DateRow(
        due_date.id or 0,
        str(due_date.due_on.day),
        month,
        due_date.due_on.isoformat(),
        title(due_date.nature, due_date.period),
        CO_OWNERS.get(due_date.co_owner, ""),
        state,
        {"late": "En retard", "today": "Aujourd’hui"}.get(state, ""),
        "Déclaration" if due_date.kind == "declaration" else value or "Paiement",
    )
