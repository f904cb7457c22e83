"""/simulateur: what an import costs in duty and VAT (PPR-51)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.kit import declared, forms, layout
from components.kit.base import anchor
from models.kernel.french import typeset
from models.money.payments.forms import ImportForm
from state.money.simulator import Simulator


def _form() -> rx.Component:
    return declared.form(
        ImportForm,
        Simulator.draft,
        forms.submit("Estimer", lead="calculator"),
        asked=True,
        on_submit=Simulator.compute,
        class_name="signin-form",
    )


def _line(label: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.dt(label), rx.el.dd(value))


def _result() -> rx.Component:
    result = Simulator.result
    return rx.cond(
        result.total != "",
        layout.card(
            "Estimation",
            rx.el.dl(
                _line("Valeur en douane", result.customs_value),
                _line("Droit de douane", result.duty),
                _line("TVA à l’importation", result.vat),
                _line("Droit et TVA", result.total),
                class_name="pairs sums",
            ),
            rx.el.p(
                typeset(
                    "Sans valeur officielle : ni mesures antidumping, ni accises, ni préférences. En outre-mer et en "
                    "Corse, d'autres taux et l'octroi de mer peuvent s'appliquer."
                ),
                class_name="soft",
            ),
        ),
    )


def page() -> rx.Component:
    """Four fields and an estimate."""
    taric = "https://ec.europa.eu/taxation_customs/dds2/taric/taric_consultation.jsp?Lang=fr"
    return public_page(
        rx.el.div(
            rx.el.h1("Estimer droits et taxes", class_name="h1"),
            rx.el.p(
                "Ce qu’une importation en France métropolitaine coûte, à peu près, en droit de douane et en TVA."
            ),
            _form(),
            rx.el.div(_result(), role="status"),
            rx.el.p(
                anchor(
                    "Chercher le taux dans TARIC (nouvel onglet)", href=taric, target="_blank", rel="noopener"
                )
            ),
            class_name="wrap pub-page prose",
        ),
    )
