"""The gate: one field that a hand scanner fills, and its answer in large words."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value
from components.kit.forms import submit
from components.kit.icons import icon
from components.scheduling.plan import PANEL


def _answer(gate: Value, on_show: Value) -> rx.Component:
    return rx.el.div(
        rx.match(
            gate.kind,
            ("ok", icon("circle-check", 32)),
            ("warn", icon("triangle-alert", 32)),
            icon("octagon-x", 32),
        ),
        rx.el.div(
            rx.el.p(gate.title, class_name="gate-title"),
            rx.el.p(gate.text, class_name="gate-text"),
            rx.cond(gate.goods != "", rx.el.p(rx.el.span(gate.reference, class_name="ref"), " ", gate.goods)),
            rx.cond(gate.advice != "", rx.el.p(gate.advice, class_name="gate-advice")),
        ),
        rx.cond(
            gate.known,
            rx.el.button(
                "Ouvrir",
                type="button",
                class_name="btn btn-2 btn-s",
                aria_haspopup="dialog",
                custom_attrs={"data-opens": PANEL},
                on_click=on_show(gate.reference),
            ),
        ),
        class_name="gate-a gate-" + gate.kind,
    )


def gate(form: Value, answer: Value, on_check_in: Value, on_show: Value) -> rx.Component:
    """The field and what it said last: {kind ok|warn|err, title, text, reference, known, goods, advice}."""
    return rx.el.section(
        declared.form(
            form,
            None,
            declared.beside(
                form,
                "reference",
                submit("Enregistrer l’arrivée", lead="scan-line"),
                hint=rx.fragment(
                    "Tapez-la ou lisez-la au scanner, puis Entrée.",
                    rx.el.span(" La touche ", rx.el.kbd("/"), " ramène ici.", class_name="gate-key"),
                ),
                class_name="gate-row",
                spell_check=False,
                placeholder="LEH-7K4Q2",
                custom_attrs={"data-search": "", "autocapitalize": "characters", "enterkeyhint": "go"},
            ),
            on_submit=on_check_in,
            reset_on_submit=True,
            class_name="gate-form",
        ),
        rx.el.div(
            rx.cond(answer.kind != "", _answer(answer, on_show)), role="status", class_name="gate-said"
        ),
        class_name="pcard gate",
        aria_label="Arrivée au poste",
    )
