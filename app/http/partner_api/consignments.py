"""Consignments for the programs of the companies' partners: those of companies that mandated them (SES-01, SES-04)."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from app.http.partner_api.consignment_told import Consignments, Whole, short, whole
from app.http.partner_api.mandated import Code, caller, known, not_found
from models.border.follow_up.queries import listing as queries
from models.border.passage.vocabulary import ConsignmentState, StepKind
from models.identity.accounts.partners import Partner, Scope
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.scheduling.appointments import queries as appointments
from models.scheduling.appointments.policy import program
from models.scheduling.calendars.queries import for_partners

router = APIRouter(prefix="/api/v1/consignments", tags=["Envois"])

Reader = Annotated[Partner, caller(Scope.CONSIGNMENTS_READ)]
_MOST = 200


@router.get("", summary="Lister les envois")
async def several(
    client: Reader,
    siren: Code | None = None,
    post: Code | None = None,
    bookable: Literal["identity", "physical"] | None = None,
    state: ConsignmentState | None = None,
    open: bool = False,  # noqa: A002 - the name that partners write
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 50,
    after: Code | None = None,
) -> Consignments:
    """Par référence, page après page : `next` est ce que prend `after`, ou null à la fin.

    Ceux des entreprises qui ont mandaté ce logiciel. `bookable` ne garde que ceux dont ce contrôle est demandé,
    pas encore fait, et sans rendez-vous ; `state` ceux qui en sont là, `open` ceux qui ne sont pas clos.
    """
    asked = for_partners.Asked(
        siren or "", post or "", StepKind(bookable) if bookable else None, state, open, after or "", limit
    )
    rows, steps = await read(lambda db: for_partners.consignments(db, client.id, clock.now(), asked))
    shown = rows[:limit]
    following = shown[-1].reference if len(rows) > limit else None
    return Consignments(
        consignments=[short(consignment, steps[consignment.key]) for consignment in shown], next=following
    )


@router.get("/{reference}", summary="Lire un envoi")
async def one(reference: Annotated[str, Path(examples=["CHEDPP.FR.2026.0028758"])], client: Reader) -> Whole:
    """Où il en est, ses étapes, décisions, marchandises, événements et rendez-vous.

    Les codes sont ceux reçus, à côté de leurs mots français.
    """
    answer = await read(lambda db: _whole(db, client.id, known(reference)))
    if answer is None:
        raise not_found()
    return answer


def _whole(db: DbSession, client_id: str, reference: str) -> Whole | None:
    siren = for_partners.company_of_consignment(db, client_id, reference, clock.now())
    if siren is None:
        return None
    viewer = program(client_id, siren).viewer
    detail = queries.one(db, viewer, reference)
    if detail is None:
        return None
    key = detail.consignment.key
    booked = appointments.of_consignments(db, viewer, [key])
    return whole(detail, booked.get(key, []))
