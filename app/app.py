"""The Reflex app: pages, HTTP routes, background tasks. Composition only."""

from multiprocessing import parent_process

import reflex as rx

from app import logs
from app.http import api
from app.http.arrival import Arrival
from app.http.crowd import Crowded
from app.http.delivery import deliver
from app.http.rush import Rush
from app.lifeline import end_with
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
from app.sockets import namespace
from app.sockets.failures import browser_failed, handler_failed
from app.tasks.background import BACKGROUND
from app.tasks.count_screens import keep_count
from app.tasks.drop_idle_locks import drop_idle_locks
from app.tasks.hear_locks import hear_locks
from app.tasks.spare_the_collector import spare_the_collector
from components import theme
from models import bus
from models.settings import settings
from state import live as hub
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
from state.tab import TabOwner
from state.terms import Terms
from state.undelivered import Undelivered

logs.configure()


app = rx.App(
    html_lang="fr",
    reset_style=False,
    head_components=theme.head(),
    stylesheets=theme.STYLESHEETS,
    api_transformer=[api.build(), Arrival, Crowded, Rush, deliver],
    app_wraps=theme.app_wraps(),
    frontend_exception_handler=browser_failed,
    backend_exception_handler=handler_failed,
    toaster=None,  # ours are markup (components/feedback.py): Reflex's weighs 10 kB and speaks English
)

app.add_middleware(TabOwner(), index=0)
strangers = namespace.install(app)

app.add_page(home.page, route="/", title="Passavant", on_load=[Session.load, Session.hear])
app.add_page(
    sign_in.page,
    route="/connexion",
    title="Se connecter · Passavant",
    on_load=[Session.load_sign_in, Session.hear],
)
app.add_page(
    second_factor.page,
    route="/connexion/verification",
    title="Deuxième étape · Passavant",
    on_load=[FactorAsked.load, Session.hear],
)
app.add_page(
    dashboard.page,
    route="/tableau-de-bord",
    title="Tableau de bord · Passavant",
    on_load=[Dashboard.load, Session.hear],
)
app.add_page(
    sign_up.page,
    route="/inscription",
    title="Créer un compte · Passavant",
    on_load=[SignUp.load, Session.hear],
)
app.add_page(
    password.ask_page,
    route="/mot-de-passe",
    title="Mot de passe oublié · Passavant",
    on_load=[LinkAsked.load, Session.hear],
)
app.add_page(
    password.new_page,
    route="/mot-de-passe/nouveau",
    title="Choisir un mot de passe · Passavant",
    on_load=[LinkOpened.load_password, Session.hear],
)
app.add_page(
    new_address.page,
    route="/adresse",
    title="Confirmer une adresse · Passavant",
    on_load=[LinkOpened.load_address, Session.hear],
)
app.add_page(
    undo.page,
    route="/annuler",
    title="Annuler un changement · Passavant",
    on_load=[LinkOpened.load_undo, Session.hear],
)
app.add_page(
    terms.page, route="/cgu", title="Conditions d’utilisation · Passavant", on_load=[Terms.load, Session.hear]
)
app.add_page(
    follow_up.page, route="/suivi", title="Suivi en direct · Passavant", on_load=[FollowUp.load, Session.hear]
)
app.add_page(
    consignment.page,
    route="/suivi/[reference]",
    title="Envoi · Passavant",
    on_load=[ConsignmentPage.load, Session.hear],
)
app.add_page(
    agent.page, route="/agent", title="File de contrôle · Passavant", on_load=[AgentHome.load, Session.hear]
)
app.add_page(
    alerts.page, route="/agent/alertes", title="Alertes · Passavant", on_load=[Alerts.load, Session.hear]
)
app.add_page(
    appointments.page,
    route="/rendez-vous",
    title="Rendez-vous · Passavant",
    on_load=[Appointments.load, Session.hear],
)
app.add_page(
    appointment_booking.page,
    route="/rendez-vous/nouveau",
    title="Prendre rendez-vous · Passavant",
    on_load=[Booking.load, Session.hear],
)
app.add_page(
    appointment.page,
    route="/rendez-vous/[reference]",
    title="Rendez-vous · Passavant",
    on_load=[AppointmentPage.load, Session.hear],
)
app.add_page(
    received.page,
    route="/agent/messages",
    title="Messages reçus · Passavant",
    on_load=[ReceivedMessages.load, Session.hear],
)
app.add_page(
    matching.page,
    route="/agent/rattachements",
    title="Envois sans entreprise · Passavant",
    on_load=[Matching.load, Session.hear],
)
app.add_page(
    offer.page,
    route="/agent/offre",
    title="Offre du poste · Passavant",
    on_load=[OfferPage.load, Session.hear],
)
app.add_page(
    planning.page,
    route="/agent/planning",
    title="Planning · Passavant",
    on_load=[Planning.load, Session.hear],
)
app.add_page(
    notifications.page,
    route="/notifications",
    title="Notifications · Passavant",
    on_load=[Notifications.load, Session.hear],
)
app.add_page(
    notice_settings.page,
    route="/notifications/reglages",
    title="Régler les notifications · Passavant",
    on_load=[NoticeSettings.load, Session.hear],
)
app.add_page(
    undelivered.page,
    route="/agent/envois-en-echec",
    title="Envois en échec · Passavant",
    on_load=[Undelivered.load, Session.hear],
)
app.add_page(profile.page, route="/profil", title="Profil · Passavant", on_load=[Profile.load, Session.hear])
app.add_page(
    assistance.page, route="/aide", title="Aide · Passavant", on_load=[Assistance.load, Session.hear]
)
app.add_page(
    people.page,
    route="/entreprise",
    title="Personnes de l’entreprise · Passavant",
    on_load=[People.load, Session.hear],
)
app.add_page(
    card.page, route="/payer", title="Payer par carte · Passavant", on_load=[Card.load, Session.hear]
)
app.add_page(
    simulator.page,
    route="/simulateur",
    title="Estimer droits et taxes · Passavant",
    on_load=[Simulator.load, Session.hear],
)
app.add_page(
    opinion.page, route="/avis", title="Votre avis · Passavant", on_load=[GiveOpinion.load, Session.hear]
)
app.add_page(
    opinions.page,
    route="/agent/avis",
    title="Avis et demandes · Passavant",
    on_load=[ReadOpinions.load, Session.hear],
)
app.add_page(
    personal_data.page,
    route="/donnees-personnelles",
    title="Données personnelles · Passavant",
    on_load=[Session.load, Session.hear],
)
app.add_page(
    accessibility.page,
    route="/accessibilite",
    title="Accessibilité · Passavant",
    on_load=[Session.load, Session.hear],
)
app.add_page(
    not_found.page, route="404", title="Page introuvable · Passavant", on_load=[Session.load, Session.hear]
)


async def deliver_live() -> None:
    """Tell open screens what the journal says, for as long as this worker lives."""
    await hub.run(app)


async def end_with_the_supervisor() -> None:
    """Serve no longer than the process that started this worker lives."""
    supervisor = parent_process()
    if supervisor and supervisor.pid:
        end_with(supervisor.pid)


async def forget_closed_tabs() -> None:
    """Keep nothing of tabs that are closed, for as long as this worker lives."""
    await drop_idle_locks(app.state_manager)


async def hear_of_locks() -> None:
    """Know at once when a page's state is free."""
    await hear_locks(app.state_manager)


app.register_lifespan_task(end_with_the_supervisor)
app.register_lifespan_task(spare_the_collector)
app.register_lifespan_task(hear_of_locks)
app.register_lifespan_task(forget_closed_tabs)
app.register_lifespan_task(strangers.run)
app.register_lifespan_task(deliver_live)
app.register_lifespan_task(bus.relay)
app.register_lifespan_task(keep_count)
if not settings().tasks_apart:
    for task in BACKGROUND:
        app.register_lifespan_task(task)
