"""The pages, a row each: where it is, what draws it, its title, and what reads what it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.pages import (
    accessibility,
    agent,
    alerts,
    appointment,
    appointment_booking,
    appointments,
    assistance,
    card,
    consignment,
    dashboard,
    follow_up,
    home,
    matching,
    new_address,
    not_found,
    notice_settings,
    notifications,
    offer,
    opinion,
    opinions,
    password,
    people,
    personal_data,
    planning,
    profile,
    received,
    second_factor,
    sign_in,
    sign_up,
    simulator,
    terms,
    undelivered,
    undo,
)
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
from state.follow_up import FollowUp
from state.matching import Matching
from state.notice_settings import NoticeSettings
from state.notifications import Notifications
from state.offer import OfferPage
from state.opinions import GiveOpinion, ReadOpinions
from state.people import People
from state.planning import Planning
from state.profile import Profile
from state.received import ReceivedMessages
from state.session import Session
from state.sign_up import SignUp
from state.simulator import Simulator
from state.terms import Terms
from state.undelivered import Undelivered


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, as Reflex writes it, and what stands before « · Passavant » in its title."""

    route: str
    draw: Callable[[], rx.Component]
    title: str
    load: Any
    """The handler that runs when the page is opened; then each page hears what concerns it."""

    def add_to(self, app: rx.App) -> None:
        """Serve it."""
        title = f"{self.title} · Passavant" if self.title else "Passavant"
        app.add_page(self.draw, route=self.route, title=title, on_load=[self.load, Session.hear])


PAGES = (
    Page("/", home.page, "", Session.load),
    Page("/connexion", sign_in.page, "Se connecter", Session.load_sign_in),
    Page("/connexion/verification", second_factor.page, "Deuxième étape", FactorAsked.load),
    Page("/tableau-de-bord", dashboard.page, "Tableau de bord", Dashboard.load),
    Page("/inscription", sign_up.page, "Créer un compte", SignUp.load),
    Page("/mot-de-passe", password.ask_page, "Mot de passe oublié", LinkAsked.load),
    Page("/mot-de-passe/nouveau", password.new_page, "Choisir un mot de passe", LinkOpened.load_password),
    Page("/adresse", new_address.page, "Confirmer une adresse", LinkOpened.load_address),
    Page("/annuler", undo.page, "Annuler un changement", LinkOpened.load_undo),
    Page("/cgu", terms.page, "Conditions d’utilisation", Terms.load),
    Page("/suivi", follow_up.page, "Suivi en direct", FollowUp.load),
    Page("/suivi/[reference]", consignment.page, "Envoi", ConsignmentPage.load),
    Page("/agent", agent.page, "File de contrôle", AgentHome.load),
    Page("/agent/alertes", alerts.page, "Alertes", Alerts.load),
    Page("/rendez-vous", appointments.page, "Rendez-vous", Appointments.load),
    Page("/rendez-vous/nouveau", appointment_booking.page, "Prendre rendez-vous", Booking.load),
    Page("/rendez-vous/[reference]", appointment.page, "Rendez-vous", AppointmentPage.load),
    Page("/agent/messages", received.page, "Messages reçus", ReceivedMessages.load),
    Page("/agent/rattachements", matching.page, "Envois sans entreprise", Matching.load),
    Page("/agent/offre", offer.page, "Offre du poste", OfferPage.load),
    Page("/agent/planning", planning.page, "Planning", Planning.load),
    Page("/notifications", notifications.page, "Notifications", Notifications.load),
    Page("/notifications/reglages", notice_settings.page, "Régler les notifications", NoticeSettings.load),
    Page("/agent/envois-en-echec", undelivered.page, "Envois en échec", Undelivered.load),
    Page("/profil", profile.page, "Profil", Profile.load),
    Page("/aide", assistance.page, "Aide", Assistance.load),
    Page("/entreprise", people.page, "Personnes de l’entreprise", People.load),
    Page("/payer", card.page, "Payer par carte", Card.load),
    Page("/simulateur", simulator.page, "Estimer droits et taxes", Simulator.load),
    Page("/avis", opinion.page, "Votre avis", GiveOpinion.load),
    Page("/agent/avis", opinions.page, "Avis et demandes", ReadOpinions.load),
    Page("/donnees-personnelles", personal_data.page, "Données personnelles", Session.load),
    Page("/accessibilite", accessibility.page, "Accessibilité", Session.load),
    Page("404", not_found.page, "Page introuvable", Session.load),
)
