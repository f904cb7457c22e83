"""Who answers for a company (PPR-10)."""

from models.identity.accounts.subject import ACCOUNT
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.vocabulary import Right, Service
from models.journal.tables import JournalEntry
from models.kernel.refusal import Refusal


def may_manage(viewer: Viewer | None) -> Refusal | None:
    """May this person decide who belongs to the company worked for?"""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if viewer.is_officer or not viewer.may_for_all(Service.PASSAVANT, Right.CORRESPOND):
        return Refusal(
            "Cette page est réservée aux correspondants de l’entreprise. L’un d’eux peut vous nommer."
        )
    return None


def about_people(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal may change the list of the company's people."""
    return (
        may_manage(viewer) is None and entry.siren == viewer.siren and entry.subject_kind in (None, ACCOUNT)
    )
