"""Where an account is open, and closing it there."""

import reflex as rx

from components.kit.base import Value, vh
from components.kit.forms import button
from components.kit.icons import icon


def session_list(
    sessions: Value, *, has_others: Value, on_close: Value, on_close_others: Value
) -> rx.Component:
    """Sessions {key, device, since, current}; on_close is given a key."""

    def one(session: Value) -> rx.Component:
        close = button(
            "Fermer",
            vh(" la session ", session.device),
            kind="2",
            compact=True,
            on_click=on_close(session.key),
        )
        return rx.el.li(
            icon("monitor-smartphone", 20),
            rx.el.div(
                rx.el.p(session.device, rx.cond(session.current, rx.el.strong(", cette session"))),
                rx.el.p(session.since, class_name="meta"),
            ),
            rx.cond(session.current, rx.fragment(), close),
            class_name="place",
        )

    others = button("Fermer toutes les autres", kind="danger", lead="log-out", on_click=on_close_others)
    return rx.el.div(
        rx.el.ul(rx.foreach(sessions, one), role="list", class_name="places"),
        rx.cond(has_others, rx.el.div(others, class_name="form-acts")),
        class_name="form",
    )
