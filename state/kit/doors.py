"""Which pages a person may open: nothing on screen leads anywhere else."""

from collections.abc import Mapping

from models.border.consignments.policy import may_follow
from models.border.matching.policy import may_match
from models.border.messages.policy import may_handle
from models.identity.accounts.policy import may_assist
from models.identity.accounts.viewer import Viewer
from models.identity.people.policy import may_manage
from models.money.payments.policy import may_open
from models.scheduling.appointments.policy import may_open as may_book
from models.scheduling.appointments.policy import may_plan
from models.signals.alerts.policy import may_watch
from models.signals.notifications.policy import may_supervise
from models.signals.worklist.policy import may_work
from state.kit.guard import Policy, holder, refusal_by, signed_in

DOORS: Mapping[str, Policy] = {
    "/tableau-de-bord": may_open,
    "/suivi": may_follow,
    "/rendez-vous": may_book,
    "/notifications": signed_in,
    "/profil": holder,
    "/entreprise": may_manage,
    "/agent": may_work,
    "/agent/alertes": may_watch,
    "/agent/planning": may_plan,
    "/agent/offre": may_plan,
    "/agent/messages": may_handle,
    "/agent/rattachements": may_match,
    "/agent/avis": may_assist,
    "/agent/envois-en-echec": may_supervise,
}
"""The pages that not everybody may open, with the policy of each; those beneath one are opened by the same."""

MOST = ("/tableau-de-bord", "/suivi", "/profil")
"""What is offered until it is known who is there: the places of most people."""


def door_of(path: str) -> str:
    """The page of DOORS that leads to `path`, as `/suivi` does to a consignment; empty when anybody may open it."""
    plain = path.partition("?")[0].partition("#")[0].rstrip("/")
    while plain and plain not in DOORS:
        plain = plain.rpartition("/")[0]
    return plain


def doors_of(viewer: Viewer) -> list[str]:
    """The pages of DOORS that this person may open."""
    return [path for path, policy in DOORS.items() if refusal_by(policy, viewer) is None]


def leads(path: str, viewer: Viewer | None) -> bool:
    """Whether a link to `path` leads somewhere: for who is not signed in, to the page after the sign-in."""
    door = door_of(path)
    return not door or viewer is None or refusal_by(DOORS[door], viewer) is None
