"""A consignment without company, and a tie made by hand, as the screen shows them."""

from dataclasses import dataclass, field
from datetime import datetime

from models.border.consignments.tables import ConsignmentParty
from models.border.matching.actions import stamp_of
from models.border.matching.queries.companies import TiedByHand, Unmatched
from models.border.matching.rules import decisive
from models.identity.companies.queries import written
from models.kernel import french

_ROLES = {
    "importer": "Importateur",
    "consignee": "Destinataire",
    "delivery": "Lieu de destination",
    "responsible": "Responsable de l’envoi",
}
_NOTHING = "Son DSCE ne donne aucun identifiant\u00a0: rien ne sera appris, ce seul envoi sera rattaché."


@dataclass
class UnmatchedRow:
    """One consignment of the list."""

    id: int = 0
    reference: str = ""
    href: str = ""
    title: str = ""
    post: str = ""
    parties: list[str] = field(default_factory=list)
    """`Importateur : Kerdrel SAS, Le Havre (FR95999020L)`."""
    learnt: str = ""
    at: str = ""
    at_label: str = ""


@dataclass
class TiedRow:
    """One tie that can be undone."""

    id: int = 0
    reference: str = ""
    href: str = ""
    title: str = ""
    company: str = ""
    at: str = ""
    at_label: str = ""
    stamp: str = ""


def unmatched_row(unmatched: Unmatched, now: datetime) -> UnmatchedRow:
    """The consignment for the screen."""
    row, party = unmatched.consignment, decisive(unmatched.parties)
    learnt = _NOTHING
    if party is not None:
        learnt = (
            f"L’identifiant {written(party.identifier)} ({party.name}) sera appris\u00a0: les prochains DSCE, "
            "et les envois qui attendent sous cet identifiant, seront rattachés d’eux-mêmes."
        )
    return UnmatchedRow(
        id=row.key,
        reference=row.reference,
        href=f"/suivi/{row.reference}",
        title=row.title,
        post=unmatched.post_name,
        parties=[_party(each) for each in unmatched.parties if each.role in _ROLES],
        learnt=french.typeset(learnt),
        at=french.iso(row.opened_at),
        at_label=french.ago(row.opened_at, now),
    )


def _party(party: ConsignmentParty) -> str:
    place = ", ".join(part for part in (party.name, party.city) if part) or "sans nom"
    number = f" ({party.identifier})" if party.identifier else ", sans identifiant"
    return french.typeset(f"{_ROLES[party.role]} : {place}{number}")


def tied_row(tied_by_hand: TiedByHand, now: datetime) -> TiedRow:
    """The tie for the screen."""
    row = tied_by_hand.consignment
    return TiedRow(
        id=row.key,
        reference=row.reference,
        href=f"/suivi/{row.reference}",
        title=row.title,
        company=f"{tied_by_hand.company}, SIREN {french.grouped(tied_by_hand.tie.siren)}",
        at=french.iso(tied_by_hand.tie.tied_at),
        at_label=french.ago(tied_by_hand.tie.tied_at, now),
        stamp=stamp_of(tied_by_hand.tie),
    )
