"""What every signed-in page shares: the shell, bound to who is signed in."""

from typing import Any

import reflex as rx

from components import shell
from state.session import Session


def signed_in_page(*content: Any, current: str) -> rx.Component:
    """A page of the shell, around `content`."""
    return shell.frame(
        *content,
        viewer=Session.me,
        current=current,
        counts={
            "suivi": Session.action_count,
            "rendez-vous": Session.answer_count,
            "alertes": Session.alert_count,
            "rattachements": Session.unmatched_count,
        },
    )
