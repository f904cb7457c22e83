"""Paid and to pay: one real table, drawn as bars, or plain for those who prefer to read."""

import reflex as rx

from components.kit.base import Value, vh


def _total(label: Value, amount: Value, mark: str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(
            rx.el.span(class_name=f"key-mark {mark}", aria_hidden="true"), label, class_name="sum-label"
        ),
        rx.el.dd(amount, class_name="sum-amount"),
    )


def _bar(bar: Value) -> rx.Component:
    drawn = rx.el.span(
        rx.el.span(class_name="bar-paid", style={"width": bar.paid_width}),
        rx.el.span(class_name="bar-due", style={"width": bar.due_width}),
        class_name="bar-line",
        aria_hidden="true",
    )
    return rx.el.tr(
        rx.el.th(
            bar.co_owner,
            scope="row",
            role="rowheader",
        ),
        rx.el.td(
            drawn,
            rx.el.span(bar.paid, rx.el.span(" payés", class_name="bar-word"), class_name="bar-text"),
            rx.cond(bar.note != "", rx.el.span(bar.note, class_name="bar-note")),
            role="cell",
        ),
        rx.el.td(bar.due, role="cell"),
        role="row",
        key=bar.co_owner,
    )


def chart(bars: Value, *, year: Value, paid: Value, due: Value) -> rx.Component:
    """bars: {co_owner, paid, due, paid_width, due_width, note}; screen readers read the table either way."""
    paid_in = rx.el.span("Payé en ", year)
    heads = ["Administration", paid_in, "À payer"]
    total = [
        rx.el.th("Total", scope="row", role="rowheader"),
        rx.el.td(paid, role="cell"),
        rx.el.td(due, role="cell"),
    ]
    return rx.el.div(
        rx.el.dl(
            _total("À payer", due, "key-due"),
            _total(paid_in, paid, "key-paid"),
            class_name="sums",
        ),
        rx.el.table(
            rx.el.caption("Payé en ", year, " et à payer, par administration, en euros", class_name="vh"),
            rx.el.thead(
                rx.el.tr(*[rx.el.th(head, scope="col", role="columnheader") for head in heads], role="row"),
                role="rowgroup",
            ),
            rx.el.tbody(rx.foreach(bars, _bar), role="rowgroup"),
            rx.el.tfoot(rx.el.tr(*total, role="row"), role="rowgroup"),
            class_name="bars",
            role="table",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", class_name="chart-plain"),
            "Voir les montants en tableau",
            class_name="chart-toggle",
        ),
        rx.el.p(
            "Mêmes montants quel que soit le mode de déclaration. Les virements bancaires ne sont pas affichés.",
            vh(" Montants en euros."),
            class_name="meta",
        ),
        class_name="chart",
    )
