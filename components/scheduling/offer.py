"""What a post offers, as it stands: the week of each service, closures, bays, and what is not saved yet."""

import reflex as rx

from components.kit.base import Value, vh
from components.kit.forms import button
from components.kit.icons import icon


def week(services: Value, on_edit: Value, *, editable: Value) -> rx.Component:
    """The hours of each service, day by day: {key, label, days [{label, spans [{key, label, detail, name, chosen}]}]}."""

    def span(row: Value) -> rx.Component:
        words = (
            rx.el.span(row.label, class_name="of-time"),
            rx.el.span(row.detail, class_name="of-more"),
        )
        return rx.el.li(
            rx.cond(
                editable,
                rx.el.button(
                    *words,
                    vh(", modifier\u00a0: ", row.name),
                    type="button",
                    class_name="of-span",
                    aria_pressed=rx.cond(row.chosen, "true", "false"),
                    on_click=on_edit(row.key),
                ),
                rx.el.div(*words, class_name="of-span"),
            ),
            key=row.key,
        )

    def day(row: Value) -> rx.Component:
        return rx.el.li(
            rx.el.h4(row.label, class_name="of-day"),
            rx.cond(
                row.spans.length() > 0,
                rx.el.ul(rx.foreach(row.spans, span), role="list", class_name="of-spans"),
                rx.el.p("Fermé", class_name="of-none"),
            ),
            key=row.label,
        )

    def service(row: Value) -> rx.Component:
        return rx.el.section(
            rx.el.h3(row.label, class_name="h3"),
            rx.el.ul(rx.foreach(row.days, day), role="list", class_name="of-week"),
            class_name="of-service",
            key=row.key,
        )

    return rx.el.div(rx.foreach(services, service), class_name="of-services")


def lines(rows: Value, *acts: Value, empty: str) -> rx.Component:
    """Closures, or bays: {key, title, details, first, last}; `acts` make the buttons of a row."""

    def line(row: Value) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.h3(row.title, class_name="h3"),
                rx.foreach(row.details, lambda words: rx.el.p(words, class_name="meta")),
            ),
            rx.el.div(*[act(row) for act in acts], class_name="of-acts"),
            class_name="of-line",
            key=row.key,
        )

    return rx.cond(
        rows.length() > 0,
        rx.el.ul(rx.foreach(rows, line), role="list", class_name="of-lines"),
        rx.el.p(empty, class_name="soft"),
    )


def act(label: str, row: Value, on_click: Value, kind: str = "2") -> rx.Component:
    """A button of a row, which says of what."""
    return button(label, vh("\u00a0: ", row.title), kind=kind, compact=True, on_click=on_click)


def arrow(lead: str, label: str, row: Value, on_click: Value, *, off: Value) -> rx.Component:
    """A button that moves a row."""
    return rx.el.button(
        icon(lead, 18),
        vh(f"{label}\u00a0: ", row.title),
        type="button",
        class_name="icon-btn",
        disabled=off,
        on_click=on_click,
    )


def draft_bar(draft: Value, on_effect: Value, on_undo: Value, on_discard: Value) -> rx.Component:
    """What is not saved yet, and the ways on: {changes, undoable, problems}."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Brouillon", class_name="h2"),
            rx.cond(
                draft.changes != "",
                rx.el.p(rx.el.strong("Non enregistré\u00a0: "), draft.changes),
                rx.el.p("Aucune modification.", class_name="soft"),
            ),
        ),
        rx.el.div(
            rx.cond(
                draft.problems.length() > 0,
                rx.el.ul(
                    rx.foreach(
                        draft.problems,
                        lambda said: rx.el.li(icon("circle-alert", 16), said, class_name="err"),
                    ),
                    role="list",
                ),
            ),
            role="alert",
        ),
        rx.cond(
            draft.changes != "",
            rx.el.div(
                button("Voir l’effet", on_click=on_effect),
                rx.cond(
                    draft.undoable,
                    button("Annuler la dernière", vh(" modification"), kind="2", on_click=on_undo),
                ),
                button("Abandonner", vh(" le brouillon"), kind="t", on_click=on_discard),
                class_name="form-acts",
            ),
        ),
        class_name="pcard of-draft",
        aria_label="Brouillon",
    )
