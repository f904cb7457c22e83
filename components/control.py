"""The officer's form: record one control step of a consignment."""

import reflex as rx

from components.base import Value
from components.forms import button, radio_group, select_field, textarea_field
from components.layout import card


def control_form(
    *,
    steps: Value,
    step: Value,
    on_step: Value,
    results: Value,
    result: Value,
    on_result: Value,
    asks_why: Value,
    reasons: Value,
    reason: Value,
    on_reason: Value,
    note: Value,
    on_note: Value,
    on_confirm: Value,
    busy: Value = False,
    error: Value = "",
) -> rx.Component:
    """Step, result, and, when it went badly, a reason and a comment; then "Confirmer"."""
    return card(
        "Enregistrer un contrôle",
        select_field("controle-etape", "Étape", steps, value=step, on_change=on_step),
        radio_group("controle-resultat", "Résultat", results, value=result, on_change=on_result),
        rx.cond(
            asks_why,
            rx.el.div(
                select_field("controle-motif", "Motif", reasons, value=reason, on_change=on_reason),
                textarea_field(
                    "controle-note",
                    "Précisions",
                    value=note,
                    on_change=on_note,
                    optional=True,
                    hint="L’opérateur lira ces mots. Aucun nom d’agent.",
                ),
                class_name="field-group",
            ),
        ),
        rx.cond(error != "", rx.el.p(error, class_name="err", role="alert")),
        rx.el.div(
            button("Confirmer", on_click=on_confirm, disabled=busy, aria_busy=busy), class_name="form-acts"
        ),
        id_="controle",
        class_name="form",
    )
