"""Who may send, see and take back an attachment: those whom the service of its subject says (CTX-05, COM-23)."""

from dataclasses import dataclass

from sqlmodel import col

from models.casework.attachments.rules import AttachmentRules, Concerned, rules_of
from models.casework.attachments.tables import Attachment
from models.casework.attachments.vocabulary import COMPLETE, Side, State
from models.identity.accounts.actors import actor_of
from models.identity.accounts.partners import Partner
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.identity.people.queries.mandates import mandators
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.kernel.subject import Subject

Caller = Viewer | Partner
"""Who asks: a signed-in person, or a partner's program."""
IN_CHECK = Refusal("Ce fichier est en cours de vérification. Réessayez dans un instant.")
HELD = Refusal(
    "Ce fichier n’a pas encore été analysé par l’antivirus. Il sera disponible dès qu’il l’aura été."
)
GONE = Refusal("Ce fichier n’a pas été gardé. Son expéditeur en connaît la raison.")


@dataclass(frozen=True, slots=True)
class Sight:
    """A subject, as somebody who sees it does."""

    subject: Subject
    rules: AttachmentRules
    viewer: Viewer
    actor: str
    """How the journal names who looks."""
    concerned: Concerned

    @property
    def side(self) -> Side:
        """On which side of the file."""
        return Side.OFFICE if self.viewer.is_officer else Side.COMPANY


def sight(db: DbSession, caller: Caller, subject: Subject) -> Sight | None:
    """The subject as this person or program sees it; None when it does not exist for them."""
    rules = rules_of(subject.kind)
    if rules is None:
        return None
    concerned = rules.concerns(db, subject)
    viewer = caller if isinstance(caller, Viewer) else _stands_for(db, caller, rules, concerned)
    if viewer is None or viewer.is_held_back or not rules.may_see(db, viewer, subject):
        return None
    actor = actor_of(caller.account_id) if isinstance(caller, Viewer) else caller.actor
    return Sight(subject, rules, viewer, actor, concerned)


def _stands_for(
    db: DbSession, program: Partner, rules: AttachmentRules, concerned: Concerned
) -> Viewer | None:
    """The person of the company that the program is seen as, if the company mandated it (SES-04)."""
    mandated = db.exec(mandators(program.id, clock.now())).all() if concerned.siren else ()
    if rules.scope not in program.scopes or concerned.siren not in mandated:
        return None
    return Viewer(0, "", "", Role.OPERATOR, siren=concerned.siren, rights=rules.rights)


def is_sender(attachment: Attachment, caller: Caller) -> bool:
    """Whether this person, or this program, sends that file: nobody else brings a piece of it."""
    if isinstance(caller, Viewer):
        return attachment.account_id == caller.account_id
    return attachment.client_id == caller.id


def obstacle(attachment: Attachment) -> Refusal | None:
    """Why the file cannot be had now, by those who see it; None when it can."""
    if attachment.state == State.REFUSED or attachment.deleted_at is not None:
        return GONE
    if attachment.state not in COMPLETE:
        return IN_CHECK
    held = attachment.state == State.UNSCANNED and settings().unscanned_files == "hold"
    return HELD if held else None


PRESENT = (col(Attachment.deleted_at).is_(None), col(Attachment.state) != State.REFUSED)
"""The conditions under which a file counts among those of its subject."""
