"""What co-owners tell of what companies owe, paid and must declare: one door for each kind."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from app.http.partner_api.batches import Batch, documented, read_batch
from app.http.partner_api.partner import partner
from models.identity.accounts.partners import Partner, Scope
from models.money.declarations.actions import receive_declarations, receive_due_dates
from models.money.declarations.sent import DeclarationsSent, DueDateSent
from models.money.payments.actions import receive_debts, receive_mandates, receive_payments
from models.money.payments.sent import DebtSent, Figure, MandateSent, PaymentSent
from models.money.payments.versions import Counted, Heard

router = APIRouter(prefix="/api/v1", tags=["Chiffres des co-propriétaires"])

Sender = Annotated[Partner, Depends(partner(Scope.FIGURES_WRITE))]
F = TypeVar("F", bound=Figure)

_OF_A = {"siren": "912345675", "siret": "91234567500017"}
_DEBT = {
    "co_owner": "DGDDI",
    "reference": "2026-TP-0048213",
    "version": 1,
    **_OF_A,
    "nature": "DELTA_G",
    "amount": "9318.00",
    "currency": "EUR",
    "due_on": "2026-11-27",
    "status": "due",
    "paid_on": None,
    "means": None,
}
_PAYMENT = {
    "co_owner": "DGDDI",
    "reference": "2026-RG-0012044",
    "version": 1,
    "debt_reference": "2026-TP-0048213",
    **_OF_A,
    "nature": "DELTA_G",
    "amount": "9318.00",
    "paid_on": "2026-11-26",
    "means": "sepa",
    "status": "done",
}
_MANDATE = {
    "co_owner": "DGDDI",
    "reference": "DGDDI-0048-7712",
    "version": 1,
    **_OF_A,
    "iban": "FR7630006000011234567890189",
    "status": "open",
    "signed_on": "2024-02-12",
}
_DECLARATIONS = {
    "co_owner": "DGDDI",
    "reference": "CIEL-912345675",
    "version": 4,
    "siren": "912345675",
    "service": "CIEL",
    "in_progress": 1,
    "period": "2026-11",
    "due_on": "2026-12-10",
}
_DUE_DATE = {
    "co_owner": "DGFIP",
    "reference": "CA3-2026-10",
    "version": 1,
    "siren": "912345675",
    "nature": "TVA",
    "period": "2026-10",
    "kind": "payment",
    "amount": "8214.00",
    "due_on": "2026-11-24",
    "status": "open",
}


class Refused(BaseModel):
    """Une ligne qui n’est pas appliquée."""

    index: int
    reference: str
    reason: str


class Taken(BaseModel):
    """Ce que l’envoi est devenu."""

    applied: int
    ignored: int
    refused: list[Refused] = []


@router.post(
    "/debts",
    status_code=202,
    summary="Transmettre des créances",
    openapi_extra=documented(DebtSent, "debts", _DEBT),
)
async def debts(request: Request, sender: Sender) -> Taken:
    """Les créances telles qu’elles sont à présent, quel que soit le mode de déclaration.

    Une version antérieure ou égale à celle connue est ignorée. Une ligne refusée n’empêche pas les autres. Une
    créance payée vaut paiement, tant que l’adresse des paiements n’en dit rien.
    """
    return await _take(await read_batch(request, sender, DebtSent, "debts"), receive_debts, sender)


@router.post(
    "/payments",
    status_code=202,
    summary="Transmettre des paiements",
    openapi_extra=documented(PaymentSent, "payments", _PAYMENT),
)
async def payments(request: Request, sender: Sender) -> Taken:
    """Les paiements reçus, en cours ou rejetés ; chacun nomme la créance qu’il règle."""
    return await _take(await read_batch(request, sender, PaymentSent, "payments"), receive_payments, sender)


@router.post(
    "/mandates",
    status_code=202,
    summary="Transmettre des mandats de prélèvement",
    openapi_extra=documented(MandateSent, "mandates", _MANDATE),
)
async def mandates(request: Request, sender: Sender) -> Taken:
    """Les mandats SEPA ; `siret` est l’établissement qui a signé."""
    return await _take(await read_batch(request, sender, MandateSent, "mandates"), receive_mandates, sender)


@router.post(
    "/declarations",
    status_code=202,
    summary="Transmettre l’état des déclarations",
    openapi_extra=documented(DeclarationsSent, "declarations", _DECLARATIONS),
)
async def declarations(request: Request, sender: Sender) -> Taken:
    """Où en est une entreprise avec chaque service de déclaration."""
    batch = await read_batch(request, sender, DeclarationsSent, "declarations")
    return await _take(batch, receive_declarations, sender)


@router.post(
    "/due-dates",
    status_code=202,
    summary="Transmettre des échéances",
    openapi_extra=documented(DueDateSent, "due_dates", _DUE_DATE),
)
async def due_dates(request: Request, sender: Sender) -> Taken:
    """Ce qu’il faut payer ou déclarer, et quand ; la DGDDI n’a pas d’échéancier."""
    return await _take(await read_batch(request, sender, DueDateSent, "due_dates"), receive_due_dates, sender)


async def _take(
    batch: Batch[F], verb: Callable[[Sequence[F], Heard, str], Awaitable[Counted]], sender: Partner
) -> Taken:
    counted = await verb(list(batch.lines.values()), batch.heard, sender.actor)
    refused = [
        Refused(index=refused_line.index, reference=refused_line.name, reason=refused_line.reason)
        for refused_line in batch.refused
    ]
    return Taken(applied=counted.applied, ignored=counted.ignored, refused=refused)
