"""Who may see and do what with a consignment (SES-04, SES-05)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, true
from sqlmodel import col

from models.border.consignments.tables import Consignment
from models.border.passage.steps import STEP_ROWS
from models.border.passage.vocabulary import StepKind
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel.refusal import Refusal
from models.kernel.statements.among import Among

FOLLOW = ("SESAME", "suivi")


def may_follow(viewer: Viewer | None) -> Refusal | None:
    """May this person open the follow-up at all?"""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour reprendre votre suivi.")
    if viewer.role == Role.DGITM:
        return Refusal("Votre profil donne accès aux statistiques, sans donnée nominative.")
    if viewer.role == Role.OPERATOR and not viewer.may(*FOLLOW):
        return Refusal(
            "Il vous manque l’habilitation «\u00a0Suivi\u00a0» du service SESAME pour cette entreprise. "
            "Le correspondant de votre entreprise peut la demander."
        )
    return None


class Scope(StrEnum):
    """How much of the consignments exists for somebody (SES-04, SES-05)."""

    NOTHING = "nothing"
    COMPANY = "company"
    POSTS = "posts"
    EVERYTHING = "everything"


def scope_of(viewer: Viewer) -> Scope:
    """How much of them exists for this person.

    An operator sees those of the company it works for, which it belongs to or which mandated its own
    (SES-04). An officer sees those of its posts (SES-05). A supervisor sees all.
    """
    if may_follow(viewer) is not None:
        return Scope.NOTHING
    if viewer.role == Role.SUPERVISOR:
        return Scope.EVERYTHING
    return Scope.POSTS if viewer.role in (Role.SIVEP, Role.CUSTOMS) else Scope.COMPANY


WITHIN: Mapping[Scope, ColumnElement[bool]] = {
    Scope.NOTHING: false(),
    Scope.COMPANY: and_(
        col(Consignment.siren) == bindparam("viewer_siren"), col(Consignment.siren).is_not(None)
    ),
    Scope.POSTS: Among(col(Consignment.post_code), "viewer_posts"),
    Scope.EVERYTHING: true(),
}
"""The same as visible(), for a statement that is made once: `seeing()` gives it its parameters."""


def seeing(viewer: Viewer) -> dict[str, Any]:
    """The parameters of WITHIN for this person."""
    return {"viewer_siren": viewer.siren, "viewer_posts": viewer.posts}


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The consignments that exist for this person, within its scope: the start of every query."""
    scope = scope_of(viewer)
    if scope is Scope.POSTS:
        return col(Consignment.post_code).in_(viewer.posts)
    if scope is Scope.COMPANY:
        return and_(col(Consignment.siren) == viewer.siren, col(Consignment.siren).is_not(None))
    return WITHIN[scope]


def sight(viewer: Viewer) -> Viewer:
    """The same, without what visible() does not look at: equal for all who see the same."""
    return Viewer(0, "", "", viewer.role, siren=viewer.siren, rights=viewer.rights, posts=viewer.posts)


def concerns(viewer: Viewer, siren: str | None, post_code: str | None) -> bool:
    """Whether a fact about a consignment of `siren` at `post_code` may reach this person's screens.

    The same rule as visible(), for facts in memory; a test holds the two together.
    """
    if may_follow(viewer) is not None:
        return False
    if viewer.role == Role.SUPERVISOR:
        return True
    if viewer.role in (Role.SIVEP, Role.CUSTOMS):
        return post_code in viewer.posts
    return siren is not None and siren == viewer.siren


def touches(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal may reach this person's screens, be it only to take something off them.

    A consignment that changed company or post names in `left` those who saw it until then.
    """
    return concerns(viewer, entry.siren, entry.post_code) or _saw(viewer, entry)


def enters(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether the consignment is new to this person: notified, or come from another company or post."""
    if not concerns(viewer, entry.siren, entry.post_code):
        return False
    return entry.kind == "consignment.notified" or ("left" in entry.payload and not _saw(viewer, entry))


def _saw(viewer: Viewer, entry: JournalEntry) -> bool:
    left = entry.payload.get("left")
    return left is not None and concerns(viewer, left["siren"], left["post"])


def recordable(viewer: Viewer) -> frozenset[StepKind]:
    """The steps that this officer's service may record (SES-05); none for anybody else."""
    service = viewer.authority if viewer.is_officer else None
    return frozenset(row.kind for row in STEP_ROWS if service is not None and row.recorded_by is service)


def may_record(viewer: Viewer, consignment: Consignment, step: StepKind) -> Refusal | None:
    """May this officer record that step of that consignment?"""
    if not recordable(viewer):
        return Refusal("Seuls les agents du poste enregistrent les contrôles.")
    if consignment.post_code not in viewer.posts:
        return Refusal("Cet envoi relève d’un autre poste que le vôtre.")
    if step not in recordable(viewer):
        return Refusal("Cette étape relève d’une autre administration que la vôtre.")
    return None


__all__ = [
    "WITHIN",
    "Scope",
    "concerns",
    "enters",
    "may_follow",
    "may_record",
    "recordable",
    "scope_of",
    "seeing",
    "sight",
    "touches",
    "visible",
]
