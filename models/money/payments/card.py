"""Paying a customs debt by card without an account, from its payment notice (PPR-31)."""

import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.identity.accounts import tokens
from models.identity.accounts.tokens import Audience, sign
from models.kernel.co_owners import CoOwner
from models.kernel.database import read
from models.kernel.french import NBSP, number
from models.kernel.refusal import Refusal
from models.money.payments.notices import notice_hash
from models.money.payments.queries.records import due_debt
from models.money.payments.rules import CARD_LIMITS, Way, ways_to_pay
from models.money.payments.tables import Debt

OPEN_FOR = timedelta(minutes=10)
_UNKNOWN = Refusal(
    "Aucune créance à payer ne porte cette référence avec ce mot de passe. Recopiez les deux depuis l’avis de paiement\u00a0; "
    "une créance déjà payée n’y répond plus."
)
"""The same for a reference that does not exist, a wrong password, and what is paid already: nothing is learnt."""


@dataclass(frozen=True, slots=True)
class Payable:
    """A debt that a card may pay."""

    reference: str
    siren: str
    nature: str
    period: str
    amount: Decimal
    due_on: date
    ticket: str
    """Opens the payment of this debt, and of no other, for ten minutes."""


async def from_notice(reference: str, password: str) -> Payable | Refusal:
    """The customs debt of that notice, if its password is the right one and a card may pay it (PPR-31)."""
    plain = "".join(reference.split()).upper()
    proven = notice_hash(CoOwner.DGDDI, plain, password.strip())
    debt = await _due(plain)
    # Compared even when there is no such debt, so that both answers take the same path.
    right = hmac.compare_digest(
        proven, (debt.notice_hash if debt else None) or notice_hash(CoOwner.DGDDI, "", "")
    )
    return _payable(debt) if debt is not None and right else _UNKNOWN


async def from_ticket(ticket: str) -> Payable | Refusal:
    """The same debt, a moment later: it may have been paid meanwhile."""
    claims = tokens.read(Audience.CARD, ticket) or {}
    debt = await _due(str(claims.get("debt", "")))
    return _payable(debt) if debt is not None else _UNKNOWN


async def _due(reference: str) -> Debt | None:
    return await read(due_debt, CoOwner.DGDDI, reference)


def _payable(debt: Debt) -> Payable | Refusal:
    if Way.CARD not in ways_to_pay(debt.co_owner, debt.nature, debt.amount, debt.currency):
        return Refusal(_too_large(debt.nature))
    ticket = sign(Audience.CARD, OPEN_FOR, debt=debt.reference)
    return Payable(debt.reference, debt.siren, debt.nature, debt.period, debt.amount, debt.due_on, ticket)


def _too_large(nature: str) -> str:
    alcohol, dock = (f"{number(CARD_LIMITS[limit], 0)}{NBSP}€" for limit in ("CIEL_ALCOOL", "DOMINO"))
    why = (
        "Cette créance dépasse le plafond"
        if nature in CARD_LIMITS
        else "Cette créance ne se paie pas par carte"
    )
    return f"{why}\u00a0: alcools jusqu’à {alcohol}, octroi de mer jusqu’à {dock}. Au-delà, payez par prélèvement SEPA."
