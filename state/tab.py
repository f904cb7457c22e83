"""Whose tab is it: what a tab showed to one person is forgotten before another one gets it (SES-04).

Reflex keeps the state of a tab under a token that outlives sign-out, and sends all of it again whenever the tab
connects. So before it does, we look who is there now: signed out, another person or another company, and the
screens start from nothing.
"""

from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from models.accounts.viewer import Viewer
from state import watches
from state.agenda import Agenda
from state.agent_home import AgentHome
from state.alerts import Alerts
from state.appointment_booking import Booking
from state.appointment_page import AppointmentPage
from state.appointments import Appointments
from state.assistance import Assistance
from state.card import Card
from state.consignment import ConsignmentPage
from state.dashboard import Dashboard
from state.email_links import LinkAsked, LinkOpened
from state.factor_asked import FactorAsked
from state.factors import Factors
from state.follow_up import FollowUp
from state.guard import who
from state.links import Links
from state.mandated import Mandated
from state.matching import Matching
from state.notice_settings import NoticeSettings
from state.notifications import Notifications
from state.offer import OfferPage
from state.opinions import GiveOpinion, ReadOpinions
from state.people import People
from state.planning import Planning
from state.profile import Profile
from state.received import ReceivedMessages
from state.service_banner import ServiceBanner
from state.session import Session
from state.sign_up import SignUp
from state.simulator import Simulator
from state.terms import Terms
from state.undelivered import Undelivered
from state.unknown_posts import UnknownPosts

SCREENS: tuple[type[rx.State], ...] = (
    FollowUp,
    ConsignmentPage,
    Planning,
    Appointments,
    AppointmentPage,
    Booking,
    AgentHome,
    Alerts,
    Matching,
    ReceivedMessages,
    Profile,
    Assistance,
    GiveOpinion,
    ReadOpinions,
    People,
    Simulator,
    Card,
    Dashboard,
    Links,
    SignUp,
    LinkAsked,
    LinkOpened,
    Terms,
    Notifications,
    NoticeSettings,
    Undelivered,
    UnknownPosts,
    OfferPage,
    Mandated,
    Agenda,
    Factors,
    FactorAsked,
    ServiceBanner,
)
_WHOLE_STATE = ("hydrate", "hydrate_and_load")


class TabOwner(Middleware):
    """Runs before Reflex sends a tab its whole state."""

    async def preprocess(
        self,
        app: Any,  # noqa: ARG002 - Reflex names it in its call
        state: BaseState,
        event: Event,
    ) -> StateUpdate | None:
        """Forget what the tab showed, unless it showed it to whoever is there now."""
        if event.name.rsplit(".", 1)[-1] in _WHOLE_STATE:
            await _hand_over(state._get_root_state())
        return None


async def _hand_over(root: BaseState) -> None:
    session = await root.get_state(Session)
    viewer = await who(session)
    if viewer is not None and session._owner == _owner(viewer):
        return
    watches.forget(session)
    screens: tuple[type[rx.State], ...] = (*SCREENS, Session)
    for screen in screens:
        shown: Any = await root.get_state(screen)
        shown.reset()
    session._owner = _owner(viewer)


def _owner(viewer: Viewer | None) -> str:
    return f"{viewer.session_id} {viewer.siren}" if viewer else ""
