"""/rendez-vous/[reference]: the ticket of one appointment."""

import reflex as rx

from app.pages.kit.frame import back_link, signed_in_page
from components.kit import feedback, forms, offline
from components.scheduling import booking, ticket
from models.scheduling.appointments.forms import CancelForm, DeclineForm
from state.kit.session import Session
from state.scheduling.appointments.page import AppointmentPage


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(
                AppointmentPage.error != "",
                feedback.note("err", "Rien n’a changé", rx.el.p(AppointmentPage.error)),
            ),
            role="alert",
            class_name="said",
        ),
        feedback.toasts(
            rx.cond(
                AppointmentPage.done != "",
                feedback.toast(AppointmentPage.done, on_close=AppointmentPage.dismiss),
            ),
        ),
    )


def _ticket() -> rx.Component:
    data = AppointmentPage.ticket
    asked = ticket.proposal(
        data.proposal,
        data.stamp,
        form=DeclineForm,
        draft=AppointmentPage.draft,
        on_accept=AppointmentPage.accept,
        on_decline=AppointmentPage.decline,
    )
    return rx.fragment(
        rx.cond(AppointmentPage.just == "reserve", booking.steps("fait")),
        _said(),
        rx.el.div(
            rx.el.div(asked, ticket.outcome(data.outcome), ticket.permit(data), class_name="col"),
            rx.el.div(
                ticket.takeaway(data),
                ticket.advice(data.advice),
                ticket.changes(data),
                ticket.waiting(data, AppointmentPage.wait, AppointmentPage.wait_no_more),
                ticket.history(data.history),
                class_name="col",
            ),
            class_name="ticket-cols",
        ),
        ticket.cancel_dialog(CancelForm, AppointmentPage.cancelling, data, AppointmentPage.cancel),
        offline.ticket_keeper(data, Session.me.key),
    )


def _unknown() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Rendez-vous introuvable", class_name="h1"),
        feedback.empty(
            "Aucun rendez-vous de cette référence",
            "Il n’existe pas, ou il ne relève pas de vous. Vérifiez la référence.",
            forms.link_button("Revenir aux rendez-vous", href="/rendez-vous"),
        ),
    )


def _refused() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Rendez-vous non disponible", class_name="h1"),
        feedback.refused("Accès refusé", AppointmentPage.refusal),
    )


def page() -> rx.Component:
    """The ticket, or why it is not shown."""
    return signed_in_page(
        back_link("Rendez-vous", "/rendez-vous"),
        rx.cond(
            AppointmentPage.loaded,
            rx.cond(
                AppointmentPage.refusal != "",
                _refused(),
                rx.cond(AppointmentPage.ticket.reference != "", _ticket(), _unknown()),
            ),
            rx.fragment(rx.el.h1("Rendez-vous", class_name="h1"), feedback.skeleton(5)),
        ),
        current="rendez-vous",
    )
