"""/simulateur: what an import costs in duty and VAT (PPR-51)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.kit import forms, layout
from components.kit.base import Option, anchor
from models.kernel.french import typeset
from models.money.payments.simulator import VAT_RATES
from state.money.simulator import Simulator

_RATES = [Option(value, label) for value, label in VAT_RATES.items()]


def _form() -> rx.Component:
    typed = Simulator.typed
    number = {"input_mode": "decimal", "auto_complete": "off"}
    return rx.el.form(
        forms.field(
            "goods",
            "Valeur des marchandises, en euros",
            default_value=typed.goods,
            error=typed.goods_error,
            **number,
        ),
        forms.field(
            "transport",
            "Transport et assurance jusqu’à l’Union européenne, en euros",
            optional=True,
            default_value=typed.transport,
            error=typed.transport_error,
            **number,
        ),
        forms.field(
            "duty_rate",
            "Taux du droit de douane, en pour cent",
            hint="Celui de votre marchandise, dans le tarif intégré TARIC. Vide\u00a0: aucun droit.",
            optional=True,
            default_value=typed.duty_rate,
            error=typed.duty_rate_error,
            **number,
        ),
        forms.select_field(
            "vat_rate", "Taux de TVA", _RATES, default_value=typed.vat_rate, error=typed.vat_rate_error
        ),
        forms.submit("Estimer", lead="calculator"),
        on_submit=Simulator.compute,
        no_validate=True,
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
