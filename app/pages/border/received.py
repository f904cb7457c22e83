"""/agent/messages: the messages that were refused or wait."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from components.border import handled, listing
from components.kit import feedback, layout
from state.border.received import ReceivedMessages


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(
                ReceivedMessages.error != "",
                feedback.note("err", ReceivedMessages.error_title, ReceivedMessages.error),
            ),
            role="alert",
            class_name="said",
        ),
        feedback.toasts(
            rx.cond(
                ReceivedMessages.done != "",
                feedback.toast(ReceivedMessages.done, on_close=ReceivedMessages.dismiss),
            )
        ),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        ReceivedMessages.around.waiting,
        feedback.empty(
            "Aucun message n’attend",
            "Un message qui parle d’un envoi encore inconnu attend ici, puis s’applique de lui-même.",
        ),
        feedback.empty(
            "Aucun message refusé",
            "Un message qui ne peut pas être lu est gardé ici avec son motif, jusqu’à ce qu’il soit rejoué.",
        ),
    )


def _list() -> rx.Component:
    around = ReceivedMessages.around
    return rx.fragment(
        listing.chips(around.tabs),
        rx.cond(
            ReceivedMessages.rows.length() > 0,
            rx.fragment(
                handled.messages(ReceivedMessages.rows, ReceivedMessages.replay),
                feedback.pager(around.previous_href, around.next_href, around.range_label),
            ),
            _nothing(),
        ),
    )


def page() -> rx.Component:
    """The two lists, or why they are not shown."""
    return signed_in_page(
        layout.page_head("Messages reçus", ReceivedMessages.around.subtitle),
        _said(),
        rx.cond(
            ReceivedMessages.loaded,
            rx.cond(
                ReceivedMessages.refusal != "",
                feedback.refused("Page réservée aux agents", ReceivedMessages.refusal),
                _list(),
            ),
            feedback.skeleton(4),
        ),
        current="messages",
    )
