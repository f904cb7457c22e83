"""What co-owners tell of a company, as rows: each builder has what most tests want."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Held, Viewer
from models.money.declarations.tables import DeclarationLine, DueDate
from models.money.payments.tables import Debt, FigureFeed, Payment, SepaMandate

NOW = datetime(2026, 11, 24, 13, 32, tzinfo=UTC)
TODAY = date(2026, 11, 24)
A = "912345675"
PLACE, OTHER_PLACE = "91234567500011", "91234567500029"
KINDS = ("debts", "payments", "mandates", "declarations", "due-dates")

PAY = Held("DGDDI", "TELEPAIEMENT_SEPA", "telepayer")
JOIN = Held("DGDDI", "TELEPAIEMENT_SEPA", "adherer")
JOIN_THERE = Held("DGDDI", "TELEPAIEMENT_SEPA", "adherer", PLACE)
TAXES = Held("DGFIP", "COMPTE_FISCAL", "consulter")
SOCIAL = Held("URSSAF", "COMPTE_COTISANT", "consulter")

_numbers = count(1)


def person(*held: Held, siren: str | None = A, account_id: int = 1) -> Viewer:
    """Somebody who works for the company A with those rights."""
    rights = frozenset((one.service, one.right) for one in held)
    return Viewer(
        account_id,
        "session",
        "Lise Marchand",
        Role.OPERATOR,
        siren=siren,
        rights=rights,
        held=frozenset(held),
    )


def debt(amount: str | Decimal = "8214.00", co_owner: str = "DGDDI", **said: Any) -> Debt:
    """A debt to pay, due in a month."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "reference": f"2026-TP-{number:07}",
        "version": 1,
        "siren": A,
        "nature": "DELTA_G",
    }
    usual |= {"due_on": date(2026, 12, 24), "status": "due", "received_at": NOW}
    return Debt(co_owner=co_owner, amount=Decimal(amount), **(usual | said))


def payment(amount: str | Decimal = "100.00", co_owner: str = "DGDDI", **said: Any) -> Payment:
    """A payment made this month by direct debit."""
    number = next(_numbers)
    usual: dict[str, Any] = {"reference": f"PMT-{number:07}", "version": 1, "siren": A, "nature": "DELTA_G"}
    usual |= {"paid_on": date(2026, 11, 5), "means": "sepa", "status": "done", "received_at": NOW}
    return Payment(co_owner=co_owner, amount=Decimal(amount), **(usual | said))


def mandate(siret: str = PLACE, **said: Any) -> SepaMandate:
    """A mandate in force."""
    number = next(_numbers)
    usual: dict[str, Any] = {"reference": f"DGDDI-{number:08}", "version": 1, "siren": A, "co_owner": "DGDDI"}
    usual |= {"iban": "FR7630001007941234567890185", "status": "open", "received_at": NOW}
    return SepaMandate(siret=siret, **(usual | said))


def line(service: str = "CIEL", **said: Any) -> DeclarationLine:
    """Two declarations begun with a service."""
    number = next(_numbers)
    usual: dict[str, Any] = {"reference": f"DEC-{number:07}", "version": 1, "siren": A, "co_owner": "DGDDI"}
    usual |= {"in_progress": 2, "received_at": NOW}
    return DeclarationLine(service=service, **(usual | said))


def due_date(co_owner: str = "URSSAF", **said: Any) -> DueDate:
    """A DSN to file in December."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "reference": f"ECH-{number:07}",
        "version": 1,
        "siren": A,
        "nature": "DSN",
        "period": "2026-11",
    }
    usual |= {"kind": "declaration", "due_on": date(2026, 12, 5), "status": "open", "received_at": NOW}
    return DueDate(co_owner=co_owner, **(usual | said))


def feeds(*co_owners: str, at: datetime = NOW) -> list[FigureFeed]:
    """Each of these co-owners sent everything at that time."""
    return [FigureFeed(co_owner=one, kind=kind, received_at=at) for one in co_owners for kind in KINDS]
