"""Who may see, book, change and record appointments (SES-04, SES-05, SES-10, SES-11, SES-13)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, true
from sqlmodel import col

from models.identity.accounts.actors import actor_of
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.vocabulary import Right, Service
from models.journal.tables import JournalEntry
from models.kernel.refusal import Refusal
from models.scheduling.appointments.tables import Appointment
from models.scheduling.slots.vocabulary import Side

BOOK = (Service.SESAME, Right.BOOK)
_SIGNED_OUT = Refusal("Votre session est terminée. Reconnectez-vous pour retrouver vos rendez-vous.")
_NO_RIGHT = Refusal(
    "Il vous manque l’habilitation «\u00a0Rendez-vous\u00a0» du service SESAME pour cette entreprise. "
    "Le correspondant de votre entreprise peut la demander."
)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a person on screen, or a partner's program for a company that mandated it.

    A program is seen as a person of the company who may follow and book, so that one policy holds for both.
    """

    viewer: Viewer
    actor: str
    """How the journal names it."""
    account_id: int | None = None
    shown: str | None = None
    """The stamp of the appointment as the person had it before them; None for a program, which names what it wants."""

    @property
    def side(self) -> Side:
        """On which side of the appointment."""
        return Side.POST if self.viewer.is_officer else Side.OPERATOR


def person(viewer: Viewer, shown: str | None = None) -> Asker:
    """The asker that a signed-in person is, who was `shown` an appointment in the state of that stamp."""
    return Asker(viewer, actor_of(viewer.account_id), viewer.account_id, shown)


def program(client_id: str, siren: str) -> Asker:
    """The asker that a partner's program is, for one company; that it was mandated, the caller made sure."""
    rights = frozenset({(str(Service.SESAME), str(Right.FOLLOW)), (str(Service.SESAME), str(Right.BOOK))})
    viewer = Viewer(0, "", "", Role.OPERATOR, siren=siren, rights=rights)
    return Asker(viewer, f"partner:{client_id}")


def may_open(viewer: Viewer | None) -> Refusal | None:
    """May this person open the appointments of a company? Those who book them (SES-10)."""
    if viewer is None:
        return _SIGNED_OUT
    if viewer.role is not Role.OPERATOR:
        return Refusal(
            "Cette page est celle des entreprises. Le planning de votre poste est dans «\u00a0Planning\u00a0»."
        )
    return None if viewer.may(*BOOK) else _NO_RIGHT


def may_plan(viewer: Viewer | None) -> Refusal | None:
    """May this person see the plan of a post? Its officers, and those who supervise (SES-13)."""
    if viewer is None:
        return _SIGNED_OUT
    if viewer.role not in (Role.SIVEP, Role.CUSTOMS, Role.SUPERVISOR):
        return Refusal("Le planning est réservé aux agents des postes et à la supervision.")
    if viewer.role is not Role.SUPERVISOR and not viewer.posts:
        return Refusal("Vous n’êtes affecté à aucun poste. Votre administration peut le demander.")
    return None


def may_run(viewer: Viewer | None) -> Refusal | None:
    """May this person answer requests, record what happened and set what a post offers? Those who inspect there."""
    refusal = may_plan(viewer)
    if refusal is not None:
        return refusal
    if viewer is None or viewer.role is not Role.SIVEP:
        return Refusal("Seuls les inspecteurs du poste tiennent son planning.")
    return None


def may_run_at(viewer: Viewer, post_code: str) -> Refusal | None:
    """May this person do so at that very post?"""
    refusal = may_run(viewer)
    if refusal is None and post_code not in viewer.posts:
        return Refusal("Ce rendez-vous relève d’un autre poste que le vôtre.")
    return refusal


def may_act(viewer: Viewer | None) -> Refusal | None:
    """May this person change any appointment, from either side? Which ones, `visible` and the verbs say."""
    return may_open(viewer) if viewer is not None and viewer.role is Role.OPERATOR else may_run(viewer)


def sees_post(viewer: Viewer, post_code: str) -> bool:
    """Whether the plan of that post is for this person."""
    return may_plan(viewer) is None and (viewer.role is Role.SUPERVISOR or post_code in viewer.posts)


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The appointments that exist for this person: the start of every query.

    An operator's are those of the company worked for, which it may follow or book for; an officer's those of
    its posts; a supervisor's all (SES-04, SES-05).
    """
    if viewer.role is Role.SUPERVISOR:
        return true()
    if viewer.role in (Role.SIVEP, Role.CUSTOMS):
        return col(Appointment.post_code).in_(viewer.posts)
    follows = viewer.may(*BOOK) or viewer.may(Service.SESAME, Right.FOLLOW)
    if viewer.role is not Role.OPERATOR or viewer.siren is None or not follows:
        return false()
    return and_(col(Appointment.siren) == viewer.siren)


def about_mine(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal may change the appointments of the company, or what it may book."""
    return may_open(viewer) is None and entry.siren == viewer.siren


@dataclass(frozen=True, slots=True)
class AboutPost:
    """Whether a fact of the journal may change the places of that post: whoever's appointment it is.

    What such a screen then shows is read anew under its own viewer's rights: only places left, of others.
    """

    post_code: str

    def __call__(self, viewer: Viewer, entry: JournalEntry) -> bool:
        """For one entry."""
        if entry.post_code == self.post_code and entry.kind.startswith(("appointment.", "post.")):
            return True
        return about_mine(viewer, entry) or (
            sees_post(viewer, self.post_code) and entry.post_code == self.post_code
        )
