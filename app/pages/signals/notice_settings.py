"""/notifications/reglages: what a person is told, how, when and where."""

import reflex as rx

from app.pages.kit.frame import back_link, signed_in_page
from components.kit import feedback, layout
from components.kit.base import Option
from components.signals import preferences
from models.signals.notifications.forms import PhoneForm, QuietForm
from state.signals.notice_choices import HOURS
from state.signals.notice_settings import NoticeSettings


def _said() -> rx.Component:
    error = feedback.note("err", "Ce n’est pas enregistré", NoticeSettings.error)
    return rx.fragment(
        rx.el.div(rx.cond(NoticeSettings.error != "", error), role="alert", class_name="said"),
        feedback.toasts(
            rx.cond(
                NoticeSettings.done != "",
                feedback.toast(NoticeSettings.done, on_close=NoticeSettings.dismiss),
            )
        ),
    )


def _settings() -> rx.Component:
    phones = preferences.phones(
        PhoneForm,
        NoticeSettings.devices,
        prints=NoticeSettings.prints,
        server_key=NoticeSettings.server_key,
        on_subscribe=NoticeSettings.subscribe,
        on_remove=NoticeSettings.remove,
    )
    hours = preferences.hours(
        QuietForm,
        NoticeSettings.draft,
        NoticeSettings.hours,
        [Option(value, label) for value, label in HOURS],
        on_quiet=NoticeSettings.keep_quiet,
        on_end=NoticeSettings.end_quiet,
        on_digest=NoticeSettings.set_time,
    )
    return layout.columns(
        [layout.card("Par événement", preferences.table(NoticeSettings.rows, NoticeSettings.choose))],
        [layout.card("Téléphones et navigateurs", phones), layout.card("Heures", hours)],
    )


def page() -> rx.Component:
    """The choices, each kept as soon as it is made."""
    return signed_in_page(
        back_link("Notifications", "/notifications"),
        layout.page_head(
            "Régler les notifications", "Chaque choix est enregistré aussitôt, pour tous vos écrans."
        ),
        _said(),
        rx.cond(
            NoticeSettings.loaded,
            rx.cond(
                NoticeSettings.refusal != "",
                feedback.refused("Réglages non disponibles", NoticeSettings.refusal),
                _settings(),
            ),
            feedback.skeleton(4),
        ),
        current="notifications",
    )
