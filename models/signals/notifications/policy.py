"""Who is told of what: the same policies as the screens, asked when it is told, and again when it is read.

SES-04, SES-05: a right lost since the fact shows nothing.
"""

from models.border.consignments.policy import concerns, recordable
from models.border.messages.policy import may_handle
from models.border.passage.vocabulary import StepKind
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.refusal import Refusal
from models.signals.notifications.kinds import Side

_AT_A_POST = (Role.SIVEP, Role.CUSTOMS)


def is_told(
    view: Viewer,
    side: str,
    siren: str | None,
    post_code: str | None,
    posts: frozenset[str],
    holder: int | None,
) -> bool:
    """Whether this person, working for that company, is one of that side about a fact of `siren` at `post_code`.

    `posts` are those that a message names; `holder` is the account that the fact is about.
    """
    if side == Side.HOLDER:
        return view.account_id == holder
    if side == Side.HANDLERS:
        return may_handle(view) is None and (view.role == Role.SUPERVISOR or bool(posts & set(view.posts)))
    if side == Side.OPERATORS:
        return view.role == Role.OPERATOR and concerns(view, siren, post_code)
    if view.role not in _AT_A_POST or not concerns(view, siren, post_code):
        return False
    return side == Side.OFFICERS or StepKind.DECISION in recordable(view)


def may_supervise(viewer: Viewer | None) -> Refusal | None:
    """May this person see and replay what could not be delivered? Those who run the service: supervisors."""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if viewer.role != Role.SUPERVISOR:
        return Refusal("Cette page est réservée à l’équipe du service.")
    return None
