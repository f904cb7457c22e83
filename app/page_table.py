"""The pages, a row each: where it is, what draws it, its title, what reads what it shows, and where it is looked at.

All else follows from a row: who may open it is what its handler asks, and the links that lead there (state/kit/doors.py),
the tour of every page and the table of attacks of the tests read it here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.pages.border import consignment, follow_up, matching, received
from app.pages.casework import verification
from app.pages.dashboard import page as dashboard
from app.pages.identity import (
    new_address,
    password,
    people,
    profile,
    second_factor,
    sign_in,
    sign_up,
    terms,
    undo,
)
from app.pages.kit import not_found
from app.pages.money import card, simulator
from app.pages.public import accessibility, home, personal_data
from app.pages.scheduling import appointment, appointment_booking, appointments, offer, plan
from app.pages.signals import (
    agent,
    alerts,
    assistance,
    notice_settings,
    notifications,
    opinion,
    opinions,
    undelivered,
)
from state.border.consignment import ConsignmentPage
from state.border.follow_up import FollowUp
from state.border.matching import Matching
from state.border.received import ReceivedMessages
from state.casework.verification import Verification
from state.dashboard.page import Dashboard
from state.identity.email_links import LinkAsked, LinkOpened
from state.identity.people import People
from state.identity.profile import Profile
from state.identity.second_step import FactorAsked
from state.identity.sign_up import SignUp
from state.identity.terms import Terms
from state.kit.doors import Known, lay
from state.kit.guard import Policy, anyone
from state.kit.session import Session
from state.money.card import Card
from state.money.simulator import Simulator
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
from state.signals.undelivered import Undelivered
from state.signals.worklist import AgentHome

A_CHED = "CHEDPP.FR.2026.0000000"
AN_APPOINTMENT = "LEH-7K4Q2"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, as Reflex writes it, and what stands before « · Passavant » in its title."""

    route: str
    draw: Callable[[], rx.Component]
    title: str
    load: Any
    """The handler that runs when the page is opened; then each page hears what concerns it."""
    looks: tuple[str, ...] = ()
    """Addresses at which it shows all that it can: for a route with a name in it, and for filters. Tests look there."""
    thing: Any = None
    """What it is about, in its title: a Var, empty until it is known."""
    passing: bool = False
    """Whether one passes through it, as through a form: no link leads back to it (state/kit/trail.py)."""

    @property
    def state(self) -> type[Any]:
        """The State of what it shows."""
        state: type[Any] = self.load.state
        return state

    @property
    def guard(self) -> Policy:
        """Who may open it: the policy of the handler that does."""
        policy: Policy = self.load.fn.__policy__
        return policy

    @property
    def context(self) -> str:
        """The part of the portal that it belongs to: its folder, in every layer."""
        return self.draw.__module__.split(".")[2]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where a tab must be for it to have something to show."""
        return self.looks or (self.route,)

    def add_to(self, app: rx.App) -> None:
        """Serve it."""
        app.add_page(self.draw, route=self.route, title=self._full_title(), on_load=[self.load, Session.hear])

    def _full_title(self) -> Any:
        """`Envoi CHEDPP.FR.2026.7500005 · Kerdrel Primeurs · Passavant`: the thing, and for whom one looks at it."""
        if self.guard is anyone:
            return f"{self.title} · Passavant" if self.title else "Passavant"
        thing = _if_known(" ", self.thing) if self.thing is not None else ""
        return self.title + thing + _if_known(" · ", Session.me.company) + " · Passavant"


def _if_known(sign: str, words: Any) -> Any:
    return rx.cond(words != "", sign + words, "")


PAGES = (
    Page("/", home.page, "", Session.load),
    Page("/connexion", sign_in.page, "Se connecter", Session.load_sign_in, passing=True),
    Page("/connexion/verification", second_factor.page, "Deuxième étape", FactorAsked.load, passing=True),
    Page("/tableau-de-bord", dashboard.page, "Tableau de bord", Dashboard.load),
    Page("/inscription", sign_up.page, "Créer un compte", SignUp.load, passing=True),
    Page("/mot-de-passe", password.ask_page, "Mot de passe oublié", LinkAsked.load, passing=True),
    Page(
        "/mot-de-passe/nouveau",
        password.new_page,
        "Choisir un mot de passe",
        LinkOpened.load_password,
        passing=True,
    ),
    Page("/adresse", new_address.page, "Confirmer une adresse", LinkOpened.load_address, passing=True),
    Page("/annuler", undo.page, "Annuler un changement", LinkOpened.load_undo, passing=True),
    Page("/cgu", terms.page, "Conditions d’utilisation", Terms.load, passing=True),
    Page(
        "/suivi",
        follow_up.page,
        "Suivi en direct",
        FollowUp.load,
        ("/suivi", "/suivi?q=introuvable"),
    ),
    Page(
        "/suivi/[reference]",
        consignment.page,
        "Envoi",
        ConsignmentPage.load,
        (f"/suivi/{A_CHED}",),
        thing=ConsignmentPage.file.reference,
    ),
    Page(
        "/agent", agent.page, "File de contrôle", AgentHome.load, ("/agent", "/agent?etape=decision&qui=moi")
    ),
    Page("/agent/alertes", alerts.page, "Alertes", Alerts.load),
    Page("/rendez-vous", appointments.page, "Rendez-vous", Appointments.load),
    Page("/rendez-vous/nouveau", appointment_booking.page, "Prendre rendez-vous", Booking.load, passing=True),
    Page(
        "/rendez-vous/[reference]",
        appointment.page,
        "Rendez-vous",
        AppointmentPage.load,
        (f"/rendez-vous/{AN_APPOINTMENT}",),
        thing=AppointmentPage.ticket.shown,
    ),
    Page(
        "/agent/messages",
        received.page,
        "Messages reçus",
        ReceivedMessages.load,
        ("/agent/messages", "/agent/messages?etat=attente"),
    ),
    Page("/agent/rattachements", matching.page, "Envois sans entreprise", Matching.load),
    Page("/agent/offre", offer.page, "Offre du poste", OfferPage.load),
    Page(
        "/agent/planning",
        plan.page,
        "Planning",
        Planning.load,
        ("/agent/planning", "/agent/planning?vue=semaine"),
    ),
    Page(
        "/notifications",
        notifications.page,
        "Notifications",
        Notifications.load,
        ("/notifications", "/notifications?etat=non-lues&type=action-requise"),
    ),
    Page("/notifications/reglages", notice_settings.page, "Régler les notifications", NoticeSettings.load),
    Page("/agent/envois-en-echec", undelivered.page, "Envois en échec", Undelivered.load),
    Page("/profil", profile.page, "Profil", Profile.load),
    Page("/aide", assistance.page, "Aide", Assistance.load),
    Page("/entreprise", people.page, "Personnes de l’entreprise", People.load),
    Page("/payer", card.page, "Payer par carte", Card.load),
    Page("/simulateur", simulator.page, "Estimer droits et taxes", Simulator.load),
    Page("/verifier", verification.page, "Vérifier un document", Verification.load),
    Page(
        "/verifier/[number]",
        verification.page,
        "Vérifier un document",
        Verification.load,
        ("/verifier/FR-CTX-2026-000000",),
    ),
    Page("/avis", opinion.page, "Votre avis", GiveOpinion.load),
    Page("/agent/avis", opinions.page, "Avis et demandes", ReadOpinions.load),
    Page("/donnees-personnelles", personal_data.page, "Données personnelles", Session.load),
    Page("/accessibilite", accessibility.page, "Accessibilité", Session.load),
    Page("404", not_found.page, "Page introuvable", Session.load, ("/nulle-part",), passing=True),
)
lay({page.route: Known(page.guard, page.title, page.passing) for page in PAGES})
