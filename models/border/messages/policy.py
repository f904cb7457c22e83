"""Who may see, read, replay and correct the messages that have no consignment (SES-05, COM-23).

Such a message belongs to no post and to no company: docs/decisions/0010 says why these are the rules.
"""

from models.border.messages.rules import MessageStatus
from models.border.messages.tables import Message
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.refusal import Refusal

_HANDLERS = (Role.SIVEP, Role.CUSTOMS, Role.SUPERVISOR)


def may_handle(viewer: Viewer | None) -> Refusal | None:
    """May this person see what messages were refused or wait, and why, and replay them?"""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if viewer.role not in _HANDLERS:
        return Refusal("Cette page est réservée aux agents des postes et à la supervision.")
    return None


def may_read(viewer: Viewer, message: Message) -> Refusal | None:
    """May this person read the content of the message?

    Supervisors may. Other officers may when the text names a post, and every post that it names is theirs.
    """
    refusal = may_handle(viewer)
    if refusal is not None or viewer.role == Role.SUPERVISOR:
        return refusal
    named = set(message.named_posts.split())
    if named and named <= set(viewer.posts):
        return None
    return Refusal(
        "Le contenu de ce message ne relève pas de votre poste\u00a0: demandez-le à la supervision."
    )


def may_correct(viewer: Viewer, message: Message) -> Refusal | None:
    """May this person have a corrected copy taken in instead of the message?

    A corrected copy speaks in the name of an authority, of any post and any step: supervisors only.
    """
    refusal = may_handle(viewer)
    if refusal is not None:
        return refusal
    if viewer.role != Role.SUPERVISOR:
        return Refusal("Seule la supervision remplace un message par une copie corrigée.")
    if message.status != MessageStatus.REFUSED:
        return Refusal("Ce message n’est plus refusé\u00a0: il n’y a rien à corriger.")
    return None
