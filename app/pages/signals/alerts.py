"""/agent/alertes: the alerts of the officer's posts, and the thresholds."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from components.kit import feedback, layout
from components.kit.base import Option
from components.signals import alerts
from models.signals.alerts.forms import ThresholdForm
from state.signals.alerts import QUANTITY_CHOICES, STEP_CHOICES, TYPE_CHOICES, Alerts


def _options(choices: list[tuple[str, str]]) -> list[Option]:
    return [Option(str(value), label) for value, label in choices]


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(Alerts.error != "", feedback.note("err", "Ce n’est pas fait", Alerts.error)),
            role="alert",
            class_name="said",
        ),
        feedback.toasts(rx.cond(Alerts.done != "", feedback.toast(Alerts.done, on_close=Alerts.dismiss))),
    )


def _open() -> rx.Component:
    return rx.cond(
        Alerts.cards.length() > 0,
        alerts.alerts(Alerts.cards, Alerts.people, Alerts.acknowledge, Alerts.assign),
        feedback.empty(
            "Aucune alerte ouverte",
            "Une alerte s’ouvre ici dès qu’un seuil est franchi, et se clôt d’elle-même quand sa cause a disparu.",
        ),
    )


def _thresholds() -> rx.Component:
    return rx.fragment(
        alerts.thresholds(Alerts.thresholds, Alerts.edit),
        alerts.threshold_dialog(
            ThresholdForm,
            Alerts.draft,
            Alerts.editing,
            choices={
                "quantity": _options(QUANTITY_CHOICES),
                "ched_type": _options(TYPE_CHOICES),
                "step": _options(STEP_CHOICES),
            },
            posts=Alerts.posts,
            on_check=Alerts.check,
            on_back=Alerts.back,
            on_keep=Alerts.keep,
        ),
    )


def page() -> rx.Component:
    """The open alerts, the last that closed, the thresholds; or why they are not shown."""
    return signed_in_page(
        layout.page_head("Alertes", Alerts.subtitle),
        _said(),
        rx.cond(
            Alerts.loaded,
            rx.cond(
                Alerts.refusal != "",
                feedback.refused("Page réservée aux agents", Alerts.refusal),
                rx.fragment(
                    _open(),
                    rx.cond(Alerts.closed.length() > 0, alerts.closed(Alerts.closed)),
                    rx.cond(Alerts.sets, _thresholds()),
                ),
            ),
            feedback.skeleton(4),
        ),
        current="alertes",
    )
