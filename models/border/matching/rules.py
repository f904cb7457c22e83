"""By which of its parties a consignment is matched to a company. No I/O."""

from collections.abc import Iterable

from models.border.consignments.cheds import OWNERS
from models.border.consignments.tables import ConsignmentParty
from models.identity.companies.queries import written

LEARNT = "learnt"
"""The scheme of an identifier that an officer's tie taught us (SES-04)."""


def decisive(parties: Iterable[ConsignmentParty]) -> ConsignmentParty | None:
    """The party by which the consignment is matched: the first of importer, consignee and place of
    destination that bears an identifier (SES-04). Only its identifier is learnt: another party may be another
    company, whose consignments must not become visible to this one.
    """
    known = list(parties)
    owners = (party for role in OWNERS for party in known if party.role == role and written(party.identifier))
    return next(owners, None)
