"""The last step of booking: the place that is held, and what the gate must know."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value
from components.kit.forms import button, submit
from components.kit.icons import icon
from components.kit.layout import card


def held(hold: Value, chosen: Value, on_again: Value) -> rx.Component:
    """The place kept, and for how long: {reference, until, seconds, words, at}; assets/js/passavant.js counts down."""
    kept = rx.el.p(
        icon("timer", 18),
        rx.el.span(
            "La place vous est gardée encore ",
            rx.el.strong(
                hold.words,
                role="timer",
                custom_attrs={"data-until": hold.until, "data-seconds": hold.seconds.to(str)},
            ),
            ", jusqu’à ",
            hold.at,
            ".",
        ),
        class_name="held-left",
    )
    return rx.el.section(
        rx.el.p(
            rx.el.span(chosen.day, class_name="chosen-day"),
            rx.el.span(chosen.hours, class_name="chosen-h"),
            class_name="chosen-box",
        ),
        rx.cond(hold.reference != "", kept),
        button("Changer d’heure", kind="t", on_click=on_again),
        class_name="pcard held",
        aria_label="Créneau choisi",
        tab_index=-1,
        custom_attrs={"data-focus": ""},
    )


def visit_form(form: Value, draft: Value, on_confirm: Value, label: Value) -> rx.Component:
    """Contact, container, opening, perishables, note; what is wrong is said above and beside each field."""
    return card(
        "Pour l’entrée et l’inspecteur",
        declared.form(
            form,
            draft,
            rx.el.div(submit(label, lead="calendar-check"), class_name="form-acts"),
            asked=True,
            on_submit=on_confirm,
        ),
    )
