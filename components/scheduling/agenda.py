"""The addresses under which an agenda reads appointments: copy, renew."""

import reflex as rx

from components.border.filepage import copy_button
from components.kit.base import Value, vh
from components.kit.feedback import confirm
from components.kit.forms import button


def calendars(rows: Value, on_give: Value, on_renew: Value) -> rx.Component:
    """One line for each calendar: {id, code, label, href, detail}; `href` is empty until it is asked for."""
    return rx.el.ul(
        rx.foreach(rows, lambda row: _one(row, on_give, on_renew)), class_name="acts", role="list"
    )


def _one(row: Value, on_give: Value, on_renew: Value) -> rx.Component:
    create = button(
        "Créer l’adresse", vh("\u00a0: ", row.label), kind="2", compact=True, on_click=on_give(row.code)
    )
    return rx.el.li(
        rx.el.h3(row.label, class_name="h3"),
        rx.cond(row.href != "", _given(row, on_renew), create),
        class_name="act",
        key=row.id,
    )


def _given(row: Value, on_renew: Value) -> rx.Component:
    renew = button(
        "Renouveler l’adresse",
        vh("\u00a0: ", row.label),
        kind="t",
        compact=True,
        aria_haspopup="dialog",
        custom_attrs={"data-opens": row.id},
    )
    return rx.fragment(
        rx.el.ul(
            rx.el.li(
                rx.el.span("Adresse", class_name="key-label"),
                rx.el.span(row.href, class_name="key-value ref"),
                copy_button(row.href, rx.fragment("l’adresse\u00a0: ", row.label)),
            ),
            class_name="keys",
            role="list",
        ),
        rx.el.p(row.detail, class_name="meta"),
        renew,
        confirm(
            row.id,
            "Renouveler l’adresse\u00a0?",
            "Les agendas qui lisent l’adresse actuelle ne recevront plus rien. Donnez-leur ensuite la nouvelle.",
            "Renouveler l’adresse",
            on_renew(row.code),
        ),
    )
