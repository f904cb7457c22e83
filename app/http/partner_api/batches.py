"""Batches of lines that co-owners send: read within limits, sorted out, and only in the name of who may speak."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import Request
from pydantic_core import from_json

from app.http.server import limits
from app.http.server.bodies import received
from app.http.server.problems import Problem
from models.identity.accounts.partners import Partner
from models.kernel.co_owners import CoOwner
from models.kernel.french import NBSP, number
from models.kernel.lines import Line, RefusedLine, sort_out
from models.kernel.settings.portal import settings

MOST_LINES = 10_000
L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True)
class Batch(Generic[L]):
    """What was sent: the lines that can be read, by their place, and the others."""

    lines: dict[int, L]
    refused: list[RefusedLine]
    heard: frozenset[CoOwner]
    """In whose name: a batch without lines names its co-owner, and so says that there is nothing new."""


async def read_batch(
    request: Request, sender: Partner, model: type[L], member: str, named: str = "reference"
) -> Batch[L]:
    """The lines of `member`, each checked as a `model`; `named` is the member by which the sender knows a line.

    Raises:
        Problem: 400, 408, 413, 422, 429 and 503; 403 when the sender does not speak for a co-owner that it names. Then
            nothing of the batch may be applied.
    """
    await limits.calls.enter(sender.id)
    limit = settings().message_limit
    async with received(request, limit) as body:
        if len(body) > limit:
            raise Problem(
                413, detail=f"Un envoi compte au plus {number(limit)} octets. Envoyez-le en plusieurs."
            )
        return await asyncio.to_thread(_read, body, sender, model, member, named)


def documented(model: type[Line], member: str, example: dict[str, Any]) -> dict[str, Any]:
    """What OpenAPI says of such a body."""
    lines = {"type": "array", "maxItems": MOST_LINES, "items": model.model_json_schema()}
    co_owner = {
        "type": "string",
        "enum": [co_owner.value for co_owner in CoOwner],
        "description": "Nécessaire sans lignes\u00a0: l’envoi dit alors qu’il n’y a rien de nouveau.",
    }
    schema = {
        "type": "object",
        "required": [member],
        "properties": {"co_owner": co_owner, member: lines},
        "example": {member: [example]},
    }
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _read(body: bytes, sender: Partner, model: type[L], member: str, named: str) -> Batch[L]:
    content = _content(body)
    lines = content.get(member)
    if not isinstance(lines, list):
        raise _invalid(member, "champ manquant" if lines is None else "liste attendue")
    if len(lines) > MOST_LINES:
        raise Problem(
            413, detail=f"Un envoi compte au plus {number(MOST_LINES)} lignes. Envoyez-le en plusieurs."
        )
    co_owners = _said(content, needed=not lines)
    good, refused = sort_out(model, lines, named)
    heard = co_owners | {line.co_owner for line in good.values()}
    _check_speaks(sender, heard)
    return Batch(good, refused, frozenset(heard))


def _content(body: bytes) -> dict[str, Any]:
    try:
        content = from_json(body, allow_inf_nan=False)
    except ValueError:
        raise Problem(400, detail="Le corps de la demande n’est pas du JSON lisible.") from None
    if not isinstance(content, dict):
        raise Problem(422, detail="Le corps de la demande est un objet JSON.")
    return content


def _said(content: dict[str, Any], *, needed: bool) -> set[CoOwner]:
    """The co-owner that the batch as a whole names."""
    named = content.get("co_owner")
    if named is None and not needed:
        return set()
    if named not in list(CoOwner):
        raise _invalid("co_owner", f"valeurs admises{NBSP}: {', '.join(CoOwner)}")
    return {CoOwner(named)}


def _check_speaks(sender: Partner, heard: Collection[CoOwner]) -> None:
    foreign = sorted(set(heard) - sender.co_owners)
    if foreign:
        raise Problem(
            403, detail=f"Ce client ne parle pas pour{NBSP}: {', '.join(foreign)}. Rien n’a été appliqué."
        )


def _invalid(field: str, reason: str) -> Problem:
    return Problem(422, errors=[{"field": field, "reason": reason}])
