"""/rendez-vous: the appointments of the company worked for."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from components.kit import feedback, forms, layout
from components.scheduling import appointments
from state.scheduling.appointments.listing import Appointments


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(
                Appointments.error != "",
                feedback.note("err", "Rien n’a changé", rx.el.p(Appointments.error)),
            ),
            role="alert",
            class_name="said",
        ),
        feedback.toasts(
            rx.cond(
                Appointments.done != "",
                feedback.toast(Appointments.done, on_close=Appointments.dismiss),
            ),
        ),
    )


def _lists() -> rx.Component:
    return layout.columns(
        [
            appointments.answers(Appointments.answers, Appointments.accept, Appointments.decline),
            appointments.coming(Appointments.coming),
            appointments.past(Appointments.past),
        ],
        [appointments.to_book(Appointments.to_book)],
    )


def page() -> rx.Component:
    """The lists, or why they are not shown."""
    book = forms.link_button(
        "Prendre rendez-vous", href="/rendez-vous/nouveau", kind="1", lead="calendar-plus"
    )
    return signed_in_page(
        layout.page_head(
            "Rendez-vous",
            Appointments.subtitle,
            rx.cond(Appointments.to_book.length() > 0, book),
        ),
        _said(),
        rx.cond(
            Appointments.loaded,
            rx.cond(
                Appointments.refusal != "",
                feedback.refused("Rendez-vous non disponibles", Appointments.refusal),
                _lists(),
            ),
            feedback.skeleton(4),
        ),
        current="rendez-vous",
    )
