"""/notifications: what one person was told."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from components.border import listing
from components.kit import feedback, forms, layout
from components.signals import notices
from state.kit.session import Session
from state.signals.notifications import Notifications


def _settings() -> rx.Component:
    return forms.link_button("Réglages", href="/notifications/reglages", lead="settings-2")


def _tools() -> rx.Component:
    around = Notifications.around
    return notices.tools(
        listing.chips(around.chips),
        forms.select(
            "type",
            around.kinds,
            label="Type de notification",
            value=around.kind,
            on_change=Notifications.narrow,
        ),
        rx.cond(
            Session.unread_count > 0,
            forms.button(
                "Tout marquer comme lu", kind="2", lead="check-check", on_click=Notifications.read_all
            ),
        ),
    )


def _nothing() -> rx.Component:
    around = Notifications.around
    everything = forms.link_button("Voir toutes les notifications", href="/notifications")
    return rx.cond(
        around.narrowed,
        rx.cond(
            around.kind != "",
            feedback.empty("Aucune notification de ce type", "Une autre peut en dire davantage.", everything),
            feedback.empty("Tout est lu", "Ce qui arrive ensuite s’affiche ici aussitôt.", everything),
        ),
        feedback.empty(
            "Aucune notification",
            "Dès qu’un envoi avance ou vous demande une action, vous le lisez ici, en direct.",
        ),
    )


def _older() -> rx.Component:
    return rx.cond(
        Notifications.more,
        rx.el.div(
            forms.button("Afficher les plus anciennes", kind="2", on_click=Notifications.show_older),
            class_name="nt-older",
        ),
    )


def _list() -> rx.Component:
    error = rx.cond(Notifications.error != "", feedback.note("err", "Ce n’est pas fait", Notifications.error))
    return rx.fragment(
        rx.el.div(error, role="alert", class_name="said"),
        _tools(),
        listing.newcomers(Notifications.newcomers, Notifications.show_newcomers),
        rx.cond(
            Notifications.days.length() > 0,
            rx.fragment(notices.notices(Notifications.days, Notifications.read), _older()),
            _nothing(),
        ),
    )


def page() -> rx.Component:
    """The list, its filters, or why there is none."""
    return signed_in_page(
        layout.page_head("Notifications", "Ce qui vous a été dit, sur tous vos écrans.", _settings()),
        rx.cond(
            Notifications.loaded,
            rx.cond(
                Notifications.refusal != "",
                feedback.refused("Notifications non disponibles", Notifications.refusal),
                _list(),
            ),
            feedback.skeleton(4),
        ),
        current="notifications",
    )
