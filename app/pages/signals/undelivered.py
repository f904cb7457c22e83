"""/agent/envois-en-echec: what could not be delivered, for those who run the service."""

import reflex as rx

from app.pages.kit.frame import back_link, signed_in_page
from components.border import handled
from components.kit import feedback, layout
from state.signals.undelivered import Undelivered


def _said() -> rx.Component:
    error = feedback.note("err", "Ce n’est pas fait", Undelivered.error)
    return rx.fragment(
        rx.el.div(rx.cond(Undelivered.error != "", error), role="alert", class_name="said"),
        feedback.toasts(
            rx.cond(Undelivered.done != "", feedback.toast(Undelivered.done, on_close=Undelivered.dismiss))
        ),
    )


def _list() -> rx.Component:
    return rx.cond(
        Undelivered.rows.length() > 0,
        handled.set_aside(Undelivered.rows, Undelivered.replay),
        feedback.empty(
            "Rien n’est mis de côté",
            "Un e-mail ou une notification qui ne peut être remis, après plusieurs essais, s’affiche ici avec sa raison.",
        ),
    )


def page() -> rx.Component:
    """The list, or why it is not shown."""
    return signed_in_page(
        back_link("Avis et demandes", "/agent/avis"),
        layout.page_head("Envois en échec", Undelivered.subtitle),
        _said(),
        rx.cond(
            Undelivered.loaded,
            rx.cond(
                Undelivered.refusal != "",
                feedback.refused("Page réservée à l’équipe du service", Undelivered.refusal),
                _list(),
            ),
            feedback.skeleton(4),
        ),
        current="avis",
    )
