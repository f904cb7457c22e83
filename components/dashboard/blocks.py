"""The dashboard's short blocks: what to do, declarations, mandates, due dates, and what is not shown."""

import reflex as rx

from components.kit.base import Value, anchor, link, vh
from components.kit.forms import link_button
from components.kit.icons import glyph_of, icon
from components.kit.layout import card
from components.money.payments import leaving


def note(words: Value) -> rx.Component:
    """How old figures are; nothing while they are fresh."""
    return rx.cond(words != "", rx.el.p(icon("clock", 16), rx.el.span(words), class_name="fresh-note"))


def notes(words: Value) -> rx.Component:
    """The same for several co-owners."""
    return rx.foreach(words, lambda one: rx.el.p(icon("clock", 16), rx.el.span(one), class_name="fresh-note"))


def _todo(row: Value, on_payments: Value) -> rx.Component:
    name = {"href": row.href, "class_name": "todo-a"}
    lead = rx.match(
        row.href,
        ("#paiements", anchor(row.title, on_click=on_payments, **name)),
        ("#echeancier", anchor(row.title, **name)),
        link(row.title, **name),
    )
    return rx.el.li(
        glyph_of(row.state),
        rx.el.div(
            lead,
            rx.el.p(rx.foreach(row.about, rx.el.span), class_name="meta todo-about"),
            class_name="todo-what",
        ),
        rx.el.p(
            rx.el.strong(row.when),
            rx.el.span(row.detail),
            class_name=rx.cond(row.late, "todo-when todo-late", "todo-when"),
        ),
        icon("chevron-right", 18, "todo-go"),
        class_name="todo",
        key=row.key,
    )


def todo(items: Value, count: Value, more: Value, on_payments: Value) -> rx.Component:
    """What needs this person today: {key, title, about, href, when, detail, late, state}.

    on_payments shows the debts, for the lines that lead to them on this page.
    """
    return card(
        "À faire aujourd’hui",
        rx.cond(
            items.length() > 0,
            rx.el.ul(
                rx.foreach(items, lambda one: _todo(one, on_payments)), role="list", class_name="lines-list"
            ),
            rx.el.p("Rien ne vous attend aujourd’hui.", class_name="soft"),
        ),
        rx.cond(
            more != "", rx.el.p("Et ", more, ", dans le suivi et les paiements.", class_name="card-foot")
        ),
        aside=rx.el.span(count, class_name="meta"),
        id_="a-faire",
        class_name="pcard-lines",
    )


def service(row: Value) -> rx.Component:
    """A declaration service: {name, about, detail, label, href, files}."""
    inside = (row.label, icon("external-link", 16), vh(", ", row.name))
    return rx.el.li(
        rx.el.div(
            rx.el.h3(row.name, class_name="line-title"),
            rx.el.p(row.about, class_name="meta"),
            rx.cond(row.detail != "", rx.el.p(row.detail, class_name="meta")),
        ),
        rx.cond(
            row.files, leaving(*inside, href=row.href, kind="1"), leaving(*inside, href=row.href, kind="2")
        ),
        class_name="line",
        key=row.name,
    )


def fiscal(row: Value) -> rx.Component:
    """A link to the declarations kept by another administration: {label, href}."""
    return rx.el.li(
        rx.el.h3(row.label, class_name="line-title"),
        leaving("Déclarer", icon("external-link", 16), vh(", ", row.label), href=row.href, kind="1"),
        class_name="line",
        key=row.href,
    )


def _mandate(row: Value) -> rx.Component:
    return rx.el.li(
        icon("landmark", 20, "line-icon"),
        rx.el.div(
            rx.el.p(
                rx.el.span(row.iban, aria_hidden="true"),
                vh("IBAN finissant par ", row.ending),
                class_name="line-title ref",
            ),
            rx.el.p(
                rx.el.span("RUM ", row.reference),
                rx.cond(
                    row.lock != "", rx.el.span(icon("lock", 14), row.lock), rx.el.span(row.place)
                ),
                class_name="meta line-facts",
            ),
        ),
        rx.cond(row.href != "", leaving("Clore", vh(" le mandat ", row.reference), href=row.href)),
        class_name="line line-3",
        key=row.reference,
    )  # fmt: skip


def mandates(rows: Value, manages: Value, freshness: Value) -> rx.Component:
    """{iban, ending, reference, place, href, lock}; manages is where one is opened, if this person may."""
    opened = anchor(
        "Ouvrir", vh(" un mandat (nouvel onglet)"), href=manages, target="_blank", rel="noopener", class_name="tap"
    )  # fmt: skip
    return card(
        "Mandats de prélèvement",
        rx.cond(
            rows.length() > 0,
            rx.el.ul(rx.foreach(rows, _mandate), role="list", class_name="lines-list"),
            rx.el.p("Aucun mandat en cours.", class_name="soft"),
        ),
        note(freshness),
        aside=rx.cond(manages != "", opened),
        id_="mandats",
        class_name="pcard-lines",
    )


def _date(row: Value) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.time(
                rx.el.span(row.day, class_name="leaf-day"),
                " ",
                rx.el.span(row.month, class_name="leaf-month"),
                date_time=row.iso,
            ),
            class_name=rx.cond(row.state != "", f"leaf leaf-{row.state}", "leaf"),
        ),
        rx.el.div(
            rx.el.p(row.title, class_name="line-title"),
            rx.el.p(
                rx.el.span(row.co_owner),
                rx.cond(row.state_label != "", rx.el.strong(row.state_label, class_name=f"day-{row.state}")),
                class_name="meta line-facts",
            ),
        ),
        rx.el.p(row.value, class_name="line-value"),
        class_name="line line-3",
        key=row.id,
    )


def dates(rows: Value, *, calendars: Value, more: Value, freshness: Value) -> rx.Component:
    """The calendar: {id, day, month, iso, title, co_owner, state, state_label, value}."""
    return card(
        "Échéancier",
        rx.cond(
            rows.length() > 0,
            rx.el.ul(rx.foreach(rows, _date), role="list", class_name="lines-list"),
            rx.el.p("Aucune échéance à venir.", class_name="soft"),
        ),
        notes(freshness),
        rx.el.p(
            rx.cond(more, "D’autres échéances suivent\u00a0: ", ""),
            anchor(
                icon("calendar-plus", 18),
                "Ajouter à mon agenda (.ics)",
                href="/tableau-de-bord/echeances.ics",
                download="",
                class_name="tap",
            ),
            class_name="card-foot",
        ),
        aside=rx.el.span(calendars, class_name="meta"),
        id_="echeancier",
        class_name="pcard-lines",
    )


def withheld(rows: Value) -> rx.Component:
    """What this person's rights do not open, the same whether or not there is anything: {title, missing}."""
    return rx.el.section(
        rx.el.h2("Ce qui ne s’affiche pas pour vous", class_name="h2"),
        rx.el.p(
            "Cet écran suit vos habilitations. Ces rubriques du portail ne vous sont pas ouvertes, "
            "qu’elles contiennent ou non quelque chose pour cette entreprise.",
            class_name="hid-lead",
        ),
        rx.el.ul(
            rx.foreach(
                rows,
                lambda one: rx.el.li(
                    icon("eye-off", 18),
                    rx.el.div(
                        rx.el.h3(one.title, class_name="line-title"), rx.el.p(one.missing, class_name="meta")
                    ),
                ),
            ),
            role="list",
            class_name="hid-list",
        ),
        rx.el.p(
            "Le correspondant de votre entreprise peut les demander, ou vous-même sur le site de "
            "l’administration concernée. L’accès s’ouvre ici dès qu’il est accordé.",
            class_name="hid-lead",
        ),
        link_button("Voir mes habilitations", href="/profil"),
        class_name="hid",
        id="non-affiche",
    )
