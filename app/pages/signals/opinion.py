"""/avis: what one thinks of the site (PPR-53)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.kit import declared, feedback, forms
from components.kit.base import link
from models.signals.assistance.forms import OpinionForm
from state.signals.opinions import GiveOpinion


def _form() -> rx.Component:
    refused = rx.cond(GiveOpinion.error != "", feedback.note("err", "Avis non enregistré", GiveOpinion.error))
    return rx.fragment(
        refused,
        declared.form(
            OpinionForm,
            GiveOpinion.draft,
            forms.submit("Donner mon avis", lead="send"),
            asked=True,
            on_submit=GiveOpinion.send,
            class_name="signin-form",
        ),
    )


def _thanks() -> rx.Component:
    return feedback.note(
        "ok",
        "Merci.",
        rx.el.p("Votre avis est enregistré. L’équipe du service les lit tous."),
        rx.cond(GiveOpinion.page.startswith("/"), rx.el.p(link("Revenir au site", href="/"))),
    )


def page() -> rx.Component:
    """One question, a comment for those who wish, thanks."""
    return public_page(
        rx.el.div(
            rx.el.h1("Votre avis sur ce site", class_name="h1"),
            rx.cond(GiveOpinion.page != "", rx.el.p("À propos de la page ", rx.el.code(GiveOpinion.page))),
            rx.el.div(rx.cond(GiveOpinion.thanked, _thanks()), role="status", class_name="said"),
            rx.cond(GiveOpinion.thanked, rx.fragment(), _form()),
            class_name="wrap pub-page prose",
        ),
    )
