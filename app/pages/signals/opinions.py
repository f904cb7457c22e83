"""/agent/avis: the requests and opinions of users, for those who run the service (PPR-52, PPR-53)."""

import reflex as rx

from app.pages.kit.frame import leads, signed_in_page
from components.identity import factors
from components.kit import feedback, layout
from components.kit.forms import button, link_button
from components.signals import assistance
from state.signals.opinions import ReadOpinions

_UNDELIVERED = "/agent/envois-en-echec"


def _requests() -> rx.Component:
    return rx.cond(
        ReadOpinions.requests.length() > 0,
        rx.el.ol(
            rx.foreach(ReadOpinions.requests, lambda one: assistance.request_row(one, ReadOpinions.answered)),
            class_name="acts",
            role="list",
        ),
        feedback.empty("Aucune demande", "Une demande déposée depuis la page d’aide arrive ici, en direct."),
    )


def _opinions() -> rx.Component:
    return rx.cond(
        ReadOpinions.opinions.length() > 0,
        rx.el.ol(rx.foreach(ReadOpinions.opinions, assistance.opinion_row), class_name="acts", role="list"),
        feedback.empty(
            "Aucun avis", "Chaque page propose d’en donner un\u00a0; ils arrivent ici, en direct."
        ),
    )


def _lists() -> rx.Component:
    mark_read = rx.cond(
        ReadOpinions.unread > 0,
        button("Tout marquer comme lu", kind="2", compact=True, on_click=ReadOpinions.read),
    )
    return layout.columns(
        [
            rx.cond(
                ReadOpinions.recovering.length() > 0,
                layout.card(
                    "Seconds facteurs perdus",
                    factors.recovery_requests(
                        ReadOpinions.recovering, ReadOpinions.certify_recovery, ReadOpinions.decline_recovery
                    ),
                ),
            ),
            layout.card("Demandes d’assistance", _requests()),
        ],
        [layout.card("Avis", _opinions(), aside=mark_read)],
    )


def page() -> rx.Component:
    """Both lists, or why they are not shown."""
    return signed_in_page(
        layout.page_head(
            "Avis et demandes",
            ReadOpinions.summary,
            rx.cond(leads(_UNDELIVERED), link_button("Envois en échec", href=_UNDELIVERED, lead="mail-x")),
        ),
        rx.el.div(
            rx.cond(ReadOpinions.error != "", feedback.note("err", "Rien n’a changé", ReadOpinions.error)),
            role="alert",
        ),
        rx.cond(
            ReadOpinions.loaded,
            rx.cond(
                ReadOpinions.refusal != "",
                feedback.refused("Page réservée au service", ReadOpinions.refusal),
                _lists(),
            ),
            feedback.skeleton(4),
        ),
        current="avis",
    )
