"""Which declaration services and due dates a person sees (PPR-21, PPR-24)."""

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col

from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.vocabulary import Right, Service
from models.kernel.co_owners import CoOwner
from models.money.declarations.tables import DeclarationLine, DueDate
from models.money.payments.policy import co_owners_seen, may_open

SERVICES = (Service.DELTA_G, Service.CIEL, Service.DOMINO, Service.ISOPE, Service.ISOPE_DOM)
"""The declaration services of the dashboard. H7 declarations and TRIGO are not among them (PPR-27)."""
CALENDARS = (CoOwner.DGFIP, CoOwner.URSSAF)
"""Customs keep no calendar here (PPR-24)."""
_RIGHTS = (Right.DECLARE, Right.READ)


def services_seen(viewer: Viewer) -> dict[Service, Right]:
    """The services in which this person may file or read, with the most that it may do there (PPR-21)."""
    if may_open(viewer) is not None:
        return {}
    held = {
        service: next((right for right in _RIGHTS if viewer.may(service, right)), None)
        for service in SERVICES
    }
    return {service: right for service, right in held.items() if right is not None}


def visible_lines(viewer: Viewer) -> ColumnElement[bool]:
    """The declarations that exist for this person: of a SIREN, or of the establishments that its right names."""
    conditions = [_of_service(viewer, service) for service in services_seen(viewer)]
    if not conditions or viewer.siren is None:
        return false()
    customs = col(DeclarationLine.co_owner) == CoOwner.DGDDI
    return and_(col(DeclarationLine.siren) == viewer.siren, customs, or_(*conditions))


def _of_service(viewer: Viewer, service: Service) -> ColumnElement[bool]:
    condition = col(DeclarationLine.service) == service
    if any(viewer.may_for_all(service, right) for right in _RIGHTS):
        return condition
    places = {right.siret for right in viewer.held if right.service == service and right.right in _RIGHTS}
    return and_(condition, col(DeclarationLine.siret).in_(places))


def calendars_seen(viewer: Viewer) -> tuple[CoOwner, ...]:
    """The co-owners whose due dates this person sees: DGFiP and URSSAF, never customs (PPR-24)."""
    return tuple(co_owner for co_owner in co_owners_seen(viewer) if co_owner in CALENDARS)


def visible_dates(viewer: Viewer) -> ColumnElement[bool]:
    """The due dates that exist for this person."""
    seen = calendars_seen(viewer)
    if not seen:
        return false()
    return and_(col(DueDate.siren) == viewer.siren, col(DueDate.co_owner).in_(seen))
