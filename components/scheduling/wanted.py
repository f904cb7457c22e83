"""Booking: what is to be inspected together, and for which control."""

import reflex as rx

from components.kit.base import Value, vh
from components.kit.forms import button
from components.kit.icons import icon
from components.kit.picks import pick, radio_group


def picks(rows: Value, on_toggle: Value) -> rx.Component:
    """The consignments to choose from: {reference, title, detail, chosen, apart}."""

    def one(row: Value) -> rx.Component:
        return rx.el.li(
            pick(
                "envoi-" + row.reference,
                row.title,
                name="envoi",
                value=row.reference,
                detail=row.detail,
                type_="checkbox",
                checked=row.chosen,
                disabled=row.apart,
                on_change=lambda _: on_toggle(row.reference),
            ),
            key=row.reference,
        )

    return rx.el.fieldset(
        rx.el.legend("Envois à contrôler ensemble", class_name="lab"),
        rx.el.ul(rx.foreach(rows, one), role="list", class_name="picks"),
        class_name="field",
    )


def control_choice(options: Value, value: Value, on_change: Value) -> rx.Component:
    """Identity, physical, or both in one go."""
    return rx.cond(
        options.length() > 0,
        radio_group("controle", "Contrôle", options, value=value, on_change=on_change),
    )


def cold_choice(cold: Value, always: Value, on_toggle: Value) -> rx.Component:
    """Whether the goods must stay in the cold; products of animal origin always do."""
    return rx.cond(
        always,
        rx.el.p(icon("snowflake", 18), "Ces envois sont contrôlés à un quai froid.", class_name="cold-note"),
        pick(
            "froid",
            "La marchandise doit rester au froid",
            name="froid",
            value="froid",
            detail="Elle sera contrôlée à un quai froid.",
            type_="checkbox",
            checked=cold,
            on_change=lambda _: on_toggle(),
        ),
    )


def summary(data: Value, on_change: Value, changeable: Value) -> rx.Component:
    """What is to be inspected: {titles, references, control, post}, and the way back to it."""
    return rx.el.section(
        rx.el.dl(
            rx.el.div(
                rx.el.dt("Envoi"),
                rx.el.dd(
                    rx.foreach(data.titles, lambda title: rx.el.span(title, class_name="subj-title")),
                    rx.foreach(data.references, lambda one: rx.el.span(one, class_name="ref meta")),
                ),
            ),
            rx.el.div(rx.el.dt("Contrôle"), rx.el.dd(data.control)),
            rx.el.div(rx.el.dt("Poste"), rx.el.dd(data.post)),
            class_name="subj-list",
        ),
        rx.cond(changeable, button("Modifier", vh(" l’envoi et le contrôle"), kind="t", on_click=on_change)),
        class_name="pcard subj",
        aria_label="Ce qui est à contrôler",
    )
