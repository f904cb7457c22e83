"""The officers' list: rows on desktop, cards on phone, one markup; and the dialog that hands a consignment over."""

from typing import Any

import reflex as rx

from components.kit.base import Value, link, vh, when
from components.kit.feedback import dialog, pager
from components.kit.forms import button
from components.kit.icons import glyph_of, icon
from components.kit.status import ago

_DIALOG = "attribuer"


def figures(around: Value) -> rx.Component:
    """Late, median wait, open alerts."""

    def one(name: str, value: Value, class_name: Value = "") -> rx.Component:
        return rx.el.div(rx.el.dt(name), rx.el.dd(value, class_name=class_name))

    return rx.el.dl(
        one("En retard", around.late, rx.cond(around.is_late, "fig-late", "")),
        one("Attente médiane", around.median),
        one("Alertes", around.alerts),
        class_name="figs",
    )


def ways(items: Value) -> rx.Component:
    """All of it, mine, free: {label, href, pressed}."""
    return rx.el.nav(
        rx.el.ul(
            rx.foreach(
                items,
                lambda way: rx.el.li(
                    link(way.label, href=way.href, class_name="way", aria_current=when(way.pressed, "true"))
                ),
            ),
            role="list",
        ),
        class_name="ways",
        aria_label="Filtrer par prise en charge",
    )


def _delay(row: Value) -> rx.Component:
    words = rx.cond(
        row.delay_at != "",
        rx.el.time(row.delay, date_time=row.delay_at, custom_attrs={"data-due": row.delay_at}),
        rx.el.span(row.delay),
    )
    return rx.el.td(glyph_of(row.delay_state), words, class_name="w-delay w-" + row.delay_state, role="cell")


def _what(row: Value) -> rx.Component:
    return rx.el.th(
        rx.el.span(
            link(row.title, href=row.href, class_name="row-a w-a"),
            rx.cond(
                row.alert != "",
                rx.el.span(
                    icon("siren", 16), rx.el.span(row.alert, class_name="w-alert-t"), class_name="w-alert"
                ),
            ),
            rx.cond(row.fresh, rx.el.span(ago(row.at, "à l’instant"), class_name="now w-now")),
            class_name="w-line",
        ),
        scope="row",
        role="rowheader",
        class_name="w-what",
    )


def _reason(row: Value) -> rx.Component:
    waits = rx.el.time(row.wait, date_time=row.wait_at, custom_attrs={"data-waits": row.wait_at})
    return rx.el.td(
        rx.cond(row.wait_at != "", rx.el.span("Attend depuis ", waits), rx.el.span(row.reason)),
        class_name="w-why w-why-" + row.tier,
        role="cell",
    )


def _hand(row: Value, on_hand: Value) -> rx.Component:
    return rx.el.button(
        icon("user-plus", 18),
        vh("Attribuer ", row.title, " à un collègue"),
        type="button",
        class_name="wbtn wbtn-i",
        aria_haspopup="dialog",
        custom_attrs={"data-opens": _DIALOG},
        on_click=on_hand(row.reference),
    )


def _held(row: Value, on_take: Value, on_release: Value, on_hand: Value) -> rx.Component:
    def act(label: str, handler: Value, class_name: str) -> rx.Component:
        return rx.el.button(
            label,
            vh(" l’envoi ", row.title, " ", row.reference),
            type="button",
            class_name=class_name,
            on_click=handler(row.reference, row.stamp),
        )

    return rx.el.td(
        rx.cond(
            row.may_take,
            rx.fragment(
                rx.cond(
                    row.free,
                    act("Prendre", on_take, "wbtn"),
                    rx.cond(
                        row.mine,
                        act("Rendre", on_release, "wbtn wbtn-on"),
                        rx.el.span(row.holder, class_name="w-who"),
                    ),
                ),
                _hand(row, on_hand),
            ),
            rx.el.span(rx.cond(row.post != "", row.post, row.holder), class_name="w-who"),
        ),
        class_name="w-held",
        role="cell",
    )


def _row(row: Value, on_take: Value, on_release: Value, on_hand: Value) -> rx.Component:
    return rx.el.tr(
        _delay(row),
        _what(row),
        rx.el.td(
            rx.el.span(row.ched, class_name="ref"),
            rx.cond(row.company != "", rx.el.span(row.company, class_name="w-co")),
            class_name="w-ref",
            role="cell",
        ),
        rx.el.td(
            row.step,
            rx.cond(row.may_take & (row.post != ""), rx.el.span(", ", row.post)),
            class_name="w-step",
            role="cell",
        ),
        _reason(row),
        _held(row, on_take, on_release, on_hand),
        class_name=rx.cond(row.fresh, "w-row fresh", rx.cond(row.mine, "w-row w-mine", "w-row")),
        role="row",
        key=row.reference,
    )


def work(rows: Value, takes: Value, *, on_take: Value, on_release: Value, on_hand: Value) -> rx.Component:
    """The rows: {reference, href, title, company, post, ched, step, delay, delay_at, delay_state, reason, tier,
    wait, wait_at, alert, holder, mine, free, may_take, fresh, at}; takes: whether the viewer takes any.
    """
    heads = ("Délai", "Envoi", "DSCE", "Contrôle", "Pourquoi à ce rang", rx.cond(takes, "En charge", "Poste"))
    listed: Any = rx.foreach(rows, lambda row: _row(row, on_take, on_release, on_hand))
    return rx.el.table(
        rx.el.caption("Envois à traiter, du plus urgent au moins urgent", class_name="vh"),
        rx.el.thead(
            rx.el.tr(*[rx.el.th(head, scope="col", role="columnheader") for head in heads], role="row"),
            role="rowgroup",
        ),
        rx.el.tbody(listed, role="rowgroup"),
        class_name="wtable",
        role="table",
    )


def box(around: Value, filters: rx.Component, *content: rx.Component) -> rx.Component:
    """The frame of the list: its title, ways and filters, the rows, the pager."""
    several = (around.previous_href != "") | (around.next_href != "")
    return rx.el.section(
        rx.el.div(
            rx.el.h2("À traiter, du plus urgent", class_name="h2"),
            rx.cond(around.takes, ways(around.ways)),
            filters,
            class_name="w-head",
        ),
        *content,
        rx.cond(several, pager(around.previous_href, around.next_href, around.range_label)),
        class_name="wbox",
    )


def hand_dialog(handing: Value, on_assign: Value) -> rx.Component:
    """To whom: {reference, title, people [{value, label}], stamp}."""

    def one(person: Value) -> rx.Component:
        return rx.el.li(
            button(
                person.label,
                kind="2",
                custom_attrs={"data-closes": ""},
                on_click=on_assign(person.value, handing.stamp),
            )
        )

    return dialog(
        _DIALOG,
        "Attribuer l’envoi",
        rx.el.p(handing.title, " ", rx.el.span(handing.reference, class_name="ref"), class_name="meta"),
        rx.el.ul(rx.foreach(handing.people, one), role="list", class_name="w-people"),
        actions=[button("Annuler", kind="t", custom_attrs={"data-closes": ""})],
    )
