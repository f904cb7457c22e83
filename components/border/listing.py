"""The list of consignments: chips, filters, rows (cards on phone, the same markup), footer."""

from typing import Any

import reflex as rx
from reflex_base.vars import FunctionStringVar

from components.kit.base import Value, instant_search, link, search_input, vh, when
from components.kit.feedback import pager
from components.kit.icons import actor_icon, glyph_of, icon
from components.kit.rail import captioned_rail, legend
from components.kit.status import ago, now, status


def _chip(chip: Value) -> rx.Component:
    return rx.el.li(
        link(
            rx.cond(chip.state != "", glyph_of(chip.state)),
            rx.el.span(chip.label),
            rx.el.span(chip.count, class_name="chip-n"),
            href=chip.href,
            class_name="chip",
            aria_current=when(chip.pressed, "true"),
        )
    )


def chips(items: Value) -> rx.Component:
    """State filters: {href, label, count, pressed, state} ("" for all)."""
    return rx.el.nav(
        rx.el.ul(rx.foreach(items, _chip), role="list"), class_name="chips", aria_label="Filtrer par état"
    )


def search_form(searched: Value, *, on_submit: Value, label: str) -> rx.Component:
    """The search of the list, sent to on_submit({"q": ...}) as one types."""
    return instant_search(
        icon("search"),
        rx.el.label(label, html_for="recherche", class_name="vh"),
        search_input(searched, id="recherche", placeholder=label, custom_attrs={"data-search": ""}),
        on_submit=on_submit,
        class_name="searchbox",
    )


def filter_bar(search: rx.Component, *selects: rx.Component) -> rx.Component:
    """Search, then the other filters: in line on desktop, in a sheet behind one button on phone."""
    return rx.el.div(
        search,
        rx.el.button(
            icon("sliders-horizontal"),
            vh("Filtres"),
            type="button",
            class_name="filter-btn",
            custom_attrs={"popoverTarget": "filtres"},
        ),
        rx.el.div(
            *selects,
            id="filtres",
            class_name="filters",
            role="group",
            aria_label="Filtres",
            custom_attrs={"popover": "auto"},
        ),
        class_name="filterbar",
    )


def _what(row: Value) -> rx.Component:
    return rx.el.th(
        link(row.title, href=row.href, class_name="row-a"),
        rx.cond(row.company != "", rx.el.span(row.company, class_name="row-co")),
        rx.el.span(
            rx.el.span(row.reference, class_name="ref"),
            rx.foreach(row["keys"], lambda key: rx.el.span(key, class_name="ref")),
            class_name="row-keys",
        ),
        scope="row",
        role="rowheader",
    )


def _who_acts(row: Value) -> rx.Component:
    return rx.el.td(
        rx.el.span(actor_icon(row.actor), row.actor_label, class_name=rx.cond(row.mine, "who who-me", "who")),
        rx.el.span(row.action_label, class_name="row-do"),
        role="cell",
    )


def _time_left(row: Value) -> rx.Component:
    return rx.el.td(
        rx.el.span(
            row.remaining,
            class_name=rx.cond(row.late, "left left-late", rx.cond(row.mine, "left left-me", "left")),
        ),
        rx.el.span(ago(row.changed_at, row.changed_label), class_name="row-ago"),
        role="cell",
    )


def _row(row: Value) -> rx.Component:
    return rx.el.tr(
        _what(row),
        rx.el.td(
            status(row.state, row.state_label, small=True),
            rx.el.span(row.post, class_name="row-post"),
            role="cell",
        ),
        rx.el.td(
            captioned_rail(row.rail, row.rail_label, row.step_label, row.step_position),
            rx.cond(
                row.alert != "", rx.el.span(icon("triangle-alert", 16), row.alert, class_name="row-alert")
            ),
            role="cell",
        ),
        _who_acts(row),
        _time_left(row),
        class_name=rx.cond(row.fresh, "row-c fresh", "row-c"),
        role="row",
        key=row.reference,
    )


_WITH_CHANGES: FunctionStringVar[Any] = FunctionStringVar.create(
    "((rows, changed) => rows.map((row) => changed[row.reference] ?? row))"
)


def with_changes(rows: Value, changed: Value) -> rx.Var[Any]:
    """The rows, each replaced by what `changed` holds under its reference, if anything."""
    return _WITH_CHANGES.call(rows, changed)


def consignments(rows: Value, caption: str = "Envois") -> rx.Component:
    """The rows: a table on desktop, cards on phone, the same markup."""
    heads = ("Envoi", "État", "Progression", "À qui d’agir", "Temps restant")
    return rx.el.table(
        rx.el.caption(caption, class_name="vh"),
        rx.el.thead(
            rx.el.tr(*[rx.el.th(head, scope="col", role="columnheader") for head in heads], role="row"),
            role="rowgroup",
        ),
        rx.el.tbody(rx.foreach(rows, _row), role="rowgroup"),
        class_name="ctable",
        role="table",
    )


def list_footer(previous: Value, next_: Value, label: Value) -> rx.Component:
    """Legend of the rail, and the pager."""
    return rx.el.div(legend(), pager(previous, next_, label), class_name="list-foot")


def consignment_list(
    rows: Value, *, previous: Value = "", next_: Value = "", label: Value = ""
) -> rx.Component:
    """Rows and footer in their frame."""
    return rx.el.div(consignments(rows), list_footer(previous, next_, label), class_name="listbox")


def feed(title: Value, fact: Value, iso: Value = "") -> rx.Component:
    """The last change in one sentence, announced politely; empty title, empty region."""
    when_ = rx.cond(iso != "", rx.el.span(ago(iso, "À l’instant"), class_name="now"), now())
    return rx.el.div(
        rx.cond(title != "", rx.el.p(when_, rx.el.strong(title), "\u00a0: ", fact, class_name="feed-p")),
        class_name="feed",
        role="status",
    )


def newcomers(label: Value, on_show: Value) -> rx.Component:
    """The button that takes new consignments into the list; nothing while the label is empty."""
    return rx.el.div(
        rx.cond(
            label != "",
            rx.el.button(
                icon("arrow-up", 16), label, type="button", class_name="btn btn-2 newcomers", on_click=on_show
            ),
        ),
        role="status",
    )
