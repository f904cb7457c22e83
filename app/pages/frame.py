"""What every signed-in page shares: the shell, bound to who is signed in."""

from typing import Any

import reflex as rx

from components import feedback, shell
from components.base import link
from state.session import Session


def _unreachable() -> rx.Component:
    """Said on every page until it is mended (SES-31)."""
    return rx.cond(
        Session.unreachable,
        feedback.note(
            "warn",
            "Votre adresse électronique ne reçoit plus nos messages",
            rx.el.p(
                "Son serveur les refuse. Vos notifications restent ici, dans le portail. Libérez la boîte si elle est "
                "pleine, ou ",
                link("donnez une autre adresse dans votre profil", href="/profil", class_name="tlink"),
                ".",
            ),
        ),
    )


def signed_in_page(*content: Any, current: str) -> rx.Component:
    """A page of the shell, around `content`."""
    return shell.frame(
        _unreachable(),
        *content,
        viewer=Session.me,
        current=current,
        unread=Session.unread_count,
        counts={
            "suivi": Session.action_count,
            "rendez-vous": Session.answer_count,
            "alertes": Session.alert_count,
            "rattachements": Session.unmatched_count,
        },
    )
