"""What co-owners tell of people's rights, and what they may read of them (PPR-09)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from app.http.partner_api.batches import documented, read_batch
from app.http.partner_api.partner import partner
from app.http.server import limits
from app.http.server.problems import Problem
from models.identity.accounts.partners import Partner, Scope
from models.identity.habilitations.events import HabilitationSent, apply_events
from models.identity.habilitations.queries import holder_of
from models.kernel.co_owners import CoOwner
from models.kernel.database import read

router = APIRouter(prefix="/api/v1", tags=["Habilitations"])

Sender = Annotated[Partner, Depends(partner(Scope.HABILITATIONS_WRITE))]
Reader = Annotated[Partner, Depends(partner(Scope.ACCOUNTS_READ))]

_EVENT = {
    "id": "2026-11-22-000417",
    "co_owner": "DGDDI",
    "action": "granted",
    "email": "lise.marchand@kerdrel.example",
    "service": "TELEPAIEMENT_SEPA",
    "right": "telepayer",
    "siren": "912345675",
    "siret": None,
}


class Refused(BaseModel):
    """Un événement qui n’est pas appliqué. Renvoyé une fois la cause corrigée, il le sera."""

    index: int
    id: str
    reason: str


class Followed(BaseModel):
    """Ce que les événements sont devenus."""

    applied: int
    ignored: int
    refused: list[Refused] = []


class Habilitation(BaseModel):
    """Un droit en vigueur ; sans SIRET, il vaut pour toute l’entreprise."""

    co_owner: CoOwner
    service: str
    right: str
    siren: str
    siret: str | None


class Account(BaseModel):
    """Un compte, et les habilitations que ses co-propriétaires lui ont données."""

    email: str
    siren: str | None
    habilitations: list[Habilitation]


@router.post(
    "/habilitations",
    status_code=202,
    summary="Transmettre des habilitations données ou retirées",
    openapi_extra=documented(HabilitationSent, "events", _EVENT),
)
async def habilitations(request: Request, sender: Sender) -> Followed:
    """Appliqué aussitôt, écrans ouverts compris, dans l’ordre de la liste.

    Un changement est un retrait puis un octroi. Un `id` déjà vu est ignoré. Un retrait pour le SIREN retire aussi
    les droits sur ses établissements ; un retrait pour un SIRET ne retire que celui-là. Un événement refusé
    n’empêche pas les autres.
    """
    batch = await read_batch(request, sender, HabilitationSent, "events", named="id")
    followed = await apply_events(batch.lines, sender.actor)
    refused = sorted((*batch.refused, *followed.refused), key=lambda one: one.index)
    return Followed(
        applied=followed.applied,
        ignored=followed.ignored,
        refused=[
            Refused(index=refused_line.index, id=refused_line.name, reason=refused_line.reason)
            for refused_line in refused
        ],
    )


@router.get("/accounts/{email}", summary="Lire un compte et ses habilitations")
async def account(email: str, reader: Reader) -> Account:
    """Seules les habilitations données par les co-propriétaires au nom desquels le client parle."""
    await limits.calls.enter(reader.id)
    holder = await read(lambda db: holder_of(db, email, reader.co_owners))
    if holder is None:
        raise Problem(404, detail="Aucun compte d’opérateur à cette adresse électronique.")
    return Account.model_validate(holder, from_attributes=True)
