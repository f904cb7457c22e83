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

from models.identity.accounts.viewer import Viewer
from state.border.consignment import ConsignmentPage
from state.border.follow_up import FollowUp
from state.border.matching import Matching
from state.border.received import ReceivedMessages
from state.border.unknown_posts import UnknownPosts
from state.dashboard.page import Dashboard
from state.identity.email_links import LinkAsked, LinkOpened
from state.identity.factors import Factors
from state.identity.links import Links
from state.identity.mandates import Mandated
from state.identity.people import People
from state.identity.profile import Profile
from state.identity.second_step import FactorAsked
from state.identity.sign_up import SignUp
from state.identity.terms import Terms
from state.kit import watches
from state.kit.guard import who
from state.kit.session import Session
from state.money.card import Card
from state.money.simulator import Simulator
from state.scheduling.appointments.agenda import Agenda
from state.scheduling.appointments.booking import Booking
from state.scheduling.appointments.listing import Appointments
from state.scheduling.appointments.page import AppointmentPage
from state.scheduling.capacity.page import OfferPage
from state.scheduling.plan.page import Planning
from state.signals.alerts import Alerts
from state.signals.assistance import Assistance
from state.signals.notice_settings import NoticeSettings
from state.signals.notifications import Notifications
from state.signals.opinions import GiveOpinion, ReadOpinions
from state.signals.service_banner import ServiceBanner
from state.signals.undelivered import Undelivered
from state.signals.worklist import AgentHome

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
