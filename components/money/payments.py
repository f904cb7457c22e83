"""Debts and payments: a table on desktop, cards on phone, the same markup."""

from collections.abc import Sequence

import reflex as rx

from components.kit.base import Value, anchor, instant_search, search_input, vh
from components.kit.icons import glyph, icon
from components.kit.status import status


def leaving(*children: Value, href: Value, kind: Value = "2", **props: Value) -> rx.Component:
    """A button that opens a tele-service in a new tab, signed in."""
    return anchor(
        *children,
        vh(" (nouvel onglet)"),
        href=href,
        target="_blank",
        rel="noopener",
        class_name=f"btn btn-{kind} btn-s",
        **props,
    )


def _way(way: Value, line: Value) -> rx.Component:
    return leaving(
        way.label,
        rx.cond(way.leaves, icon("external-link", 16)),
        vh(", ", line.title, ", ", line.reference),
        href=way.href,
    )


def _tag(state: str, words: Value) -> rx.Component:
    return rx.el.span(glyph(state), rx.el.span(words), class_name=f"st st-{state} st-s")


def _due(line: Value) -> rx.Component:
    return rx.match(
        line.due_state,
        ("late", _tag("blocked", line.due)),
        ("today", _tag("action_required", line.due)),
        rx.el.span(line.due),
    )


def _what(line: Value) -> rx.Component:
    return rx.el.th(line.title, class_name="pay-title", scope="row", role="rowheader")


def _cell(*content: Value, name: str) -> rx.Component:
    return rx.el.td(*content, class_name=f"pay-{name}", role="cell")


def _debt(line: Value) -> rx.Component:
    return rx.el.tr(
        _what(line),
        _cell(line.reference, name="ref ref"),
        _cell(line.co_owner, name="who"),
        _cell(_due(line), name="day"),
        _cell(line.amount, name="amount"),
        _cell(
            rx.cond(line.note != "", rx.el.span(line.note, class_name="meta")),
            rx.foreach(line.ways, lambda way: _way(way, line)),
            name="ways",
        ),
        role="row",
        class_name="pay-row",
        key=line.id,
    )


def _payment(line: Value) -> rx.Component:
    return rx.el.tr(
        _what(line),
        _cell(line.reference, name="ref ref"),
        _cell(line.co_owner, name="who"),
        _cell(line.paid_on, rx.el.span(line.means, class_name="pay-means meta"), name="day"),
        _cell(line.amount, name="amount"),
        _cell(status(line.state, line.status, small=True), name="ways"),
        role="row",
        class_name="pay-row",
        key=line.id,
    )


def _lines(caption: str, heads: Sequence[Value], lines: Value, line: Value) -> rx.Component:
    return rx.el.table(
        rx.el.caption(caption, class_name="vh"),
        rx.el.thead(
            rx.el.tr(*[rx.el.th(head, scope="col", role="columnheader") for head in heads], role="row"),
            role="rowgroup",
        ),
        rx.el.tbody(rx.foreach(lines, line), role="rowgroup"),
        class_name="pay-table",
        role="table",
    )


def debts(lines: Value) -> rx.Component:
    """{title, reference, co_owner, due, due_state, amount, note, ways [{label, href, leaves}]}."""
    heads = ("Créance", "Référence", "Administration", "Échéance", "Montant", vh("Payer"))
    return _lines("Créances à payer", heads, lines, _debt)


def history(lines: Value) -> rx.Component:
    """{title, reference, co_owner, paid_on, means, amount, state, status}."""
    heads = ("Créance", "Référence", "Administration", "Payé le", "Montant", "État")
    return _lines("Historique des paiements", heads, lines, _payment)


def pager(previous: Value, next_: Value, on_turn: Value) -> rx.Component:
    """Previous and next page; on_turn is given `previous` or `next`."""

    def step(shown: Value, way: str, *inside: Value) -> rx.Component:
        return rx.cond(
            shown, rx.el.button(*inside, type="button", class_name="page-step", on_click=on_turn(way))
        )

    return rx.cond(
        previous | next_,
        rx.el.nav(
            step(previous, "previous", icon("chevron-left"), "Précédents"),
            step(next_, "next", "Suivants", icon("chevron-right")),
            class_name="pager",
            aria_label="Pages des paiements",
        ),
    )


def search_form(search: Value, since: Value, until: Value, on_submit: Value) -> rx.Component:
    """By reference or nature, and by period; sent to on_submit({"q", "du", "au"})."""

    def day(name: str, label: str, value: Value) -> rx.Component:
        return rx.el.label(
            rx.el.span(label, class_name="lab"),
            rx.el.input(name=name, type="date", default_value=value, key=value, class_name="inp"),
            class_name="pay-day-field",
        )

    return instant_search(
        rx.el.label(
            rx.el.span("Référence ou nature", class_name="lab"),
            search_input(search),
            class_name="pay-q-field",
        ),
        day("du", "Du", since),
        day("au", "Au", until),
        rx.el.button(icon("search", 18), "Chercher", type="submit", class_name="btn btn-2"),
        on_submit=on_submit,
        aria_label="Chercher dans l’historique des paiements",
        class_name="pay-search",
    )


def exports(csv: Value, xlsx: Value) -> rx.Component:
    """The lines shown, as files."""
    return rx.el.p(
        anchor("Exporter (CSV)", href=csv, download="", class_name="tap"),
        anchor("Excel (XLSX)", href=xlsx, download="", class_name="tap"),
        class_name="pay-files",
    )
