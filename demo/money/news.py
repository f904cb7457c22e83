"""What co-owners tell now and then while the portal is open: something new to pay, something paid, or nothing."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from demo.money.figures_data import SIZES
from models.kernel.co_owners import CoOwner
from models.money.payments.sent import DebtSent, PaymentSent
from models.money.payments.tables import Debt

MARK = "-TS-"
"""In the references of debts that come while the portal is open: those are paid in their turn."""
_NATURES = ("DELTA_G", "DELTA_G", "DOMINO", "CIEL_ALCOOL")


def new_debt(today: date, dice: Random) -> DebtSent:
    """Customs asks one of the companies for a sum."""
    cents = dice.randrange(12_000, 480_000)
    return DebtSent.model_validate(
        {
            "co_owner": CoOwner.DGDDI,
            "reference": f"{today.year}{MARK}{dice.randrange(10_000_000):07}",
            "version": 1,
            "siren": dice.choices(list(SIZES), list(map(float, SIZES.values())))[0],
            "nature": dice.choice(_NATURES),
            "amount": str(Decimal(cents) / 100),
            "due_on": str(today + timedelta(days=dice.randrange(5, 30))),
            "status": "due",
        }
    )


def paid(debt: Debt, today: date) -> tuple[PaymentSent, DebtSent]:
    """The company paid that debt today: the payment, and the debt as it then stands."""
    same = {
        "co_owner": debt.co_owner,
        "siren": debt.siren,
        "siret": debt.siret,
        "nature": debt.nature,
        "period": debt.period,
        "amount": str(debt.amount),
        "paid_on": str(today),
        "means": "sepa",
    }
    payment = {"reference": f"RG-{debt.reference}", "version": 1, "debt_reference": debt.reference}
    settled = {
        "reference": debt.reference,
        "version": debt.version + 1,
        "due_on": str(debt.due_on),
        "status": "paid",
    }
    return PaymentSent.model_validate(same | payment), DebtSent.model_validate(same | settled)
