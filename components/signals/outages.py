"""The alerts in force about services, at the top of a page."""

import reflex as rx

from components.kit.base import Value, vh
from components.kit.icons import icon


def _alert(alert: Value, on_dismiss: Value) -> rx.Component:
    return rx.el.div(
        icon("triangle-alert", 20),
        rx.el.div(
            rx.el.p(alert.title, class_name="note-title"),
            rx.el.p(alert.message),
            rx.el.p(rx.el.time(alert.since_label, date_time=alert.since), ".", class_name="meta"),
        ),
        rx.el.button(
            icon("x", 18),
            vh("Masquer\u00a0: ", alert.title),
            type="button",
            class_name="icon-btn",
            on_click=on_dismiss(alert.key),
        ),
        class_name="note note-warn outage",
        key=alert.key,
    )


def outages(alerts: Value, on_dismiss: Value) -> rx.Component:
    """Alerts {key, title, message, since, since_label}. Keep it on the page, even empty: what appears is read out."""
    return rx.el.div(
        rx.foreach(alerts, lambda one: _alert(one, on_dismiss)), role="status", class_name="outages"
    )
