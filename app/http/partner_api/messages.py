"""The door for messages: authorities and partners send them here, as they are."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from app.http.partner_api.partner import partner
from app.http.server import limits
from app.http.server.bodies import received
from app.http.server.problems import problem
from models.border.messages.actions import Receipt, receive, refuse_oversized
from models.border.passage.content import MessageRefused
from models.identity.accounts.partners import Partner, Scope
from models.kernel.settings.portal import settings

router = APIRouter(prefix="/api/v1", tags=["Messages"])

Sender = Annotated[Partner, Depends(partner(Scope.MESSAGES_WRITE))]


class Accepted(BaseModel):
    """What became of a message."""

    message_id: str
    format: str
    duplicate: bool
    status: str
    consignments: list[str]
    warnings: list[str] = []


@router.post(
    "/messages",
    status_code=202,
    response_model=Accepted,
    summary="Déposer un message",
    openapi_extra={"requestBody": {"required": True, "content": {"*/*": {}}}},
)
async def deposit(request: Request, sender: Sender) -> Response:
    """Un message tel quel : SPSCertificate de TRACES, réponse WCO, COARRI EDIFACT ou événement JSON.

    Le format est reconnu au contenu. Le même message envoyé deux fois ne change rien. Un message refusé est
    gardé avec son motif.
    """
    await limits.messages.enter(sender.id)
    limit, name = settings().message_limit, f"partner:{sender.id}"
    async with received(request, limit) as body:
        whole = len(body) <= limit
        receipt = await (receive(body, name) if whole else refuse_oversized(body, name, limit))
    if receipt.refusal is not None:
        return _refused(receipt, receipt.refusal)
    return JSONResponse(
        Accepted(
            message_id=receipt.message_id,
            format=receipt.format,
            duplicate=receipt.duplicate,
            status=receipt.status,
            consignments=list(receipt.consignments),
            warnings=list(receipt.warnings),
        ).model_dump(),
        202,
    )


def _refused(receipt: Receipt, refusal: MessageRefused) -> Response:
    return problem(
        refusal.status,
        refusal.title,
        refusal.detail,
        message_id=receipt.message_id,
        duplicate=receipt.duplicate,
        missing=list(refusal.missing),
    )
