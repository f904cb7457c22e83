"""Alerts of a post, and the thresholds that raise them (officers)."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, link, vh
from components.kit.feedback import dialog
from components.kit.forms import button, submit
from components.kit.icons import glyph, icon
from components.kit.layout import card
from components.kit.status import ago

DIALOG = "seuil"


def _title(row: Value) -> list[rx.Component]:
    waits = rx.el.time(row.wait, date_time=row.wait_at, custom_attrs={"data-waits": row.wait_at})
    return [rx.el.span(row.title), rx.cond(row.wait != "", rx.fragment(" ", waits))]


def _sign(row: Value) -> rx.Component:
    return rx.cond(
        row.grave,
        rx.fragment(glyph("blocked"), vh("Alerte grave. ")),
        rx.fragment(glyph("action_required"), vh("Alerte. ")),
    )


def _acknowledge(row: Value, on_acknowledge: Value) -> rx.Component:
    return rx.cond(
        row.acknowledged,
        rx.el.span(icon("check", 16), "Acquittée", class_name="al-ack"),
        rx.cond(
            row.may_handle,
            button(
                "Acquitter",
                vh(" l’alerte ", row.title),
                kind="2",
                compact=True,
                on_click=on_acknowledge(row.key, row.stamp),
            ),
        ),
    )


def _strip(row: Value, on_acknowledge: Value) -> rx.Component:
    return rx.el.li(
        _sign(row),
        rx.el.div(
            rx.el.h3(
                link(
                    *_title(row), href=rx.cond(row.href != "", row.href, "/agent/alertes"), class_name="al-a"
                ),
                class_name="al-t",
            ),
            rx.el.p(row.crossed, class_name="meta"),
            class_name="al-w",
        ),
        _acknowledge(row, on_acknowledge),
        class_name=rx.cond(row.acknowledged, "al al-seen", "al"),
        key=row.key,
    )


def strip(rows: Value, more: Value, on_acknowledge: Value) -> rx.Component:
    """The first alerts beside the list: {key, href, title, wait, wait_at, crossed, grave, acknowledged, may_handle}."""
    return rx.el.section(
        rx.el.h2("Alertes", class_name="vh"),
        rx.cond(
            rows.length() > 0,
            rx.el.ul(
                rx.foreach(rows, lambda row: _strip(row, on_acknowledge)), role="list", class_name="als"
            ),
            rx.el.p(icon("circle-check", 18), "Aucune alerte ouverte", class_name="al al-none"),
        ),
        link(
            rx.cond(more != "", more, "Toutes les alertes"),
            icon("chevron-right", 16),
            href="/agent/alertes",
            class_name="al-more",
        ),
        class_name="al-side",
    )


def _about(row: Value) -> rx.Component:
    return rx.el.ul(
        rx.foreach(row.about, lambda one: rx.el.li(link(one.label, href=one.href))),
        rx.cond(row.more != "", rx.el.li(row.more, class_name="meta")),
        role="list",
        class_name="al-about",
    )


def _assign(row: Value, people: Value, on_assign: Value) -> rx.Component:
    chosen = rx.el.select(
        rx.el.option(rx.cond(row.holder != "", row.holder, "Attribuer à…"), value="-"),
        rx.foreach(people[row.post], lambda one: rx.el.option(one.label, value=one.value)),
        rx.cond(row.holder != "", rx.el.option("Personne", value="")),
        value="-",
        aria_label="Attribuer l’alerte " + row.title,
        on_change=lambda whom: on_assign(row.key, whom, row.stamp),
        class_name="inp inp-sel",
    )
    return rx.el.span(chosen, icon("chevron-down", 20, "sel-arrow"), class_name="sel al-assign")


def _whole(row: Value, people: Value, on_acknowledge: Value, on_assign: Value) -> rx.Component:
    return rx.el.li(
        _sign(row),
        rx.el.div(
            rx.el.h2(*_title(row), class_name="al-t"),
            rx.el.p(
                row.crossed,
                ", ",
                row.post,
                rx.cond(row.holder != "", ", " + row.holder, ""),
                class_name="meta",
            ),
            rx.cond(row.about.length() > 0, _about(row)),
            class_name="al-w",
        ),
        rx.el.div(
            _acknowledge(row, on_acknowledge),
            rx.cond(row.may_handle, _assign(row, people, on_assign)),
            class_name="al-acts",
        ),
        class_name=rx.cond(row.acknowledged, "al al-wide al-seen", "al al-wide"),
        key=row.key,
    )


def alerts(rows: Value, people: Value, on_acknowledge: Value, on_assign: Value) -> rx.Component:
    """The open alerts: as for strip(), with post, holder, about [{label, href}], more; people: choices by post."""
    return rx.el.ul(
        rx.foreach(rows, lambda row: _whole(row, people, on_acknowledge, on_assign)),
        role="list",
        class_name="als-wide",
    )


def closed(rows: Value) -> rx.Component:
    """The last that closed by themselves: {title, crossed, post, at, at_label}."""

    def one(row: Value) -> rx.Component:
        return rx.el.li(
            rx.el.p(row.title, class_name="al-t"),
            rx.el.p(row.crossed, ", ", row.post, class_name="meta"),
            rx.el.p("Close ", ago(row.at, row.at_label), class_name="meta"),
            key=row.key,
        )

    return card("Closes d’elles-mêmes", rx.el.ul(rx.foreach(rows, one), role="list", class_name="al-past"))


def _threshold(row: Value, on_edit: Value) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.title, rx.el.span(row.where, class_name="meta"), scope="row", role="rowheader"),
        rx.el.td(rx.el.span("S’ouvre à ", class_name="th-k"), row.opens, role="cell"),
        rx.el.td(rx.el.span("Se clôt à ", class_name="th-k"), row.closes, role="cell"),
        rx.el.td(rx.cond(row.active, "Actif", "En sommeil"), role="cell"),
        rx.el.td(
            button(
                "Modifier",
                vh(" le seuil ", row.title, ", ", row.where),
                kind="2",
                compact=True,
                aria_haspopup="dialog",
                custom_attrs={"data-opens": DIALOG},
                on_click=on_edit(row.key),
            ),
            role="cell",
        ),
        class_name=rx.cond(row.active, "th-row", "th-row th-off"),
        role="row",
        key=row.key,
    )


def thresholds(rows: Value, on_edit: Value) -> rx.Component:
    """The thresholds: {key, title, where, opens, closes, active}."""
    heads = ("Mesure", "S’ouvre à", "Se clôt à", "État")
    return card(
        "Seuils",
        rx.el.table(
            rx.el.caption("Seuils des alertes", class_name="vh"),
            rx.el.thead(
                rx.el.tr(
                    *[rx.el.th(head, scope="col", role="columnheader") for head in heads],
                    rx.el.td(vh("Action"), role="cell"),
                    role="row",
                ),
                role="rowgroup",
            ),
            rx.el.tbody(rx.foreach(rows, lambda row: _threshold(row, on_edit)), role="rowgroup"),
            class_name="thtable",
            role="table",
        ),
        aside=button(
            "Ajouter un seuil",
            kind="2",
            compact=True,
            lead="plus",
            aria_haspopup="dialog",
            custom_attrs={"data-opens": DIALOG},
            on_click=on_edit(""),
        ),
        id_="seuils",
    )


def _place(form: Value, draft: Value, about: Value, choices: Value, posts: Value) -> rx.Component:
    asked = [
        declared.control(form, name, draft, choices=posts if name == "post" else choices[name])
        for name in ("quantity", "post", "ched_type", "step")
    ]
    return rx.cond(about.adds, rx.fragment(*asked), rx.el.p(about.where, class_name="meta"))


def _ask(form: Value, draft: Value, about: Value, place: rx.Component, on_check: Value) -> rx.Component:
    return declared.form(
        form,
        draft,
        rx.cond(
            about.error != "", rx.el.p(icon("circle-alert", 16), about.error, class_name="err", role="alert")
        ),
        place,
        rx.el.div(*declared.controls(form, draft, "opens_at", "closes_at"), class_name="th-two"),
        declared.control(form, "active", draft),
        rx.el.div(
            button("Annuler", kind="2", custom_attrs={"data-closes": ""}),
            submit("Voir ce qu’il lèverait"),
            class_name="modal-actions",
        ),
        on_submit=on_check,
    )


def _confirm(form: Value, on_back: Value, on_keep: Value) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong(form.raises), tab_index=-1, custom_attrs={"data-focus": ""}),
        rx.cond(
            form.lines.length() > 0,
            rx.el.ul(rx.foreach(form.lines, rx.el.li), role="list", class_name="th-lines"),
        ),
        rx.el.div(
            button("Modifier", kind="2", on_click=on_back),
            button("Enregistrer le seuil", on_click=on_keep(form.stamp), custom_attrs={"data-closes": ""}),
            class_name="modal-actions",
        ),
        class_name="form",
    )


def threshold_dialog(
    form: Value,
    draft: Value,
    about: Value,
    *,
    choices: Value,
    posts: Value,
    on_check: Value,
    on_back: Value,
    on_keep: Value,
) -> rx.Component:
    """Two steps: the numbers, then what they would raise today. about: see state/signals/threshold_form.py; choices:
    of each field, by its name.
    """
    return dialog(
        DIALOG,
        rx.cond(about.title != "", about.title, "Seuil"),
        rx.cond(
            about.checked,
            _confirm(about, on_back, on_keep),
            _ask(form, draft, about, _place(form, draft, about, choices, posts), on_check),
        ),
    )
