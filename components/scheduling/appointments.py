"""The list of appointments: what waits for an answer, what is to come, what can be booked, what is over."""

import reflex as rx

from components.kit.base import Value, link, vh
from components.kit.feedback import empty
from components.kit.forms import button, link_button
from components.kit.icons import icon
from components.kit.layout import card
from components.kit.status import status


def _leaf(row: Value) -> rx.Component:
    return rx.el.p(
        rx.el.time(
            rx.el.span(row.weekday, class_name="leaf-month"),
            " ",
            rx.el.span(row.day, class_name="leaf-day"),
            " ",
            rx.el.span(row.month, class_name="leaf-month"),
            date_time=row.iso,
        ),
        class_name="leaf visit-leaf",
    )


def _visit(row: Value) -> rx.Component:
    return rx.el.li(
        _leaf(row),
        rx.el.div(
            rx.el.h3(
                link(row.hours, vh(", "), rx.el.span(row.title, class_name="visit-what"), href=row.href),
                class_name="visit-title",
            ),
            rx.el.p(rx.foreach(row.about, rx.el.span), class_name="meta todo-about"),
            rx.cond(row.note != "", rx.el.p(row.note, class_name="meta visit-note")),
        ),
        rx.el.div(
            status(row.state, row.state_label, small=True),
            rx.el.span(row.shown, class_name="ref visit-ref"),
            class_name="visit-end",
        ),
        class_name="visit",
        key=row.reference,
    )


def visits(rows: Value) -> rx.Component:
    """Appointments: {reference, shown, href, iso, weekday, day, month, hours, title, about, state, state_label, note}."""
    return rx.el.ul(rx.foreach(rows, _visit), role="list", class_name="lines-list")


def coming(rows: Value) -> rx.Component:
    """Those to come, the soonest first."""
    nothing = empty(
        "Aucun rendez-vous à venir",
        "Dès que le poste demande un contrôle d’identité ou physique, il se réserve ici.",
    )
    return card(
        "À venir", rx.cond(rows.length() > 0, visits(rows), nothing), id_="a-venir", class_name="pcard-lines"
    )


def past(rows: Value) -> rx.Component:
    """Those that are over, folded."""
    return rx.cond(
        rows.length() > 0,
        rx.el.details(
            rx.el.summary(
                rx.el.h2("Passés", class_name="h2"), icon("chevron-down", 20), class_name="visit-past-head"
            ),
            visits(rows),
            class_name="pcard pcard-lines visit-past",
        ),
    )


def answers(rows: Value, on_accept: Value, on_decline: Value) -> rx.Component:
    """What waits for an answer, each with its limit; nothing when there is none."""

    def one(row: Value) -> rx.Component:
        of = vh(" pour ", row.shown)
        return rx.el.li(
            rx.el.h3(row.proposal.title, class_name="answer-title"),
            rx.el.p(row.title, ", ", row.shown, ". ", row.proposal.sentence, class_name="turn-text"),
            rx.cond(
                row.proposal.reason != "",
                rx.el.p("Motif\u00a0: ", row.proposal.reason, class_name="turn-text"),
            ),
            rx.el.p(icon("clock", 16), row.proposal.until, class_name="answer-until"),
            rx.el.div(
                button("Accepter", of, kind="ink", on_click=on_accept(row.reference, row.stamp)),
                rx.cond(
                    row.proposal.offered,
                    button(
                        "Garder mon heure", of, kind="onsig", on_click=on_decline(row.reference, row.stamp)
                    ),
                    link_button("Voir et répondre", of, href=row.href, kind="onsig"),
                ),
                class_name="turn-acts",
            ),
            class_name="answer",
            key=row.reference,
        )

    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h2(icon("user", 18), "Attend votre réponse", class_name="turn-kick"),
            rx.el.ul(rx.foreach(rows, one), role="list", class_name="answers"),
            class_name="turn",
            id="a-repondre",
        ),
    )


def to_book(rows: Value) -> rx.Component:
    """Consignments whose check can be booked: {reference, href, title, about}."""

    def one(row: Value) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.h3(row.title, class_name="line-title"),
                rx.el.p(rx.foreach(row.about, rx.el.span), class_name="meta todo-about"),
            ),
            link_button("Réserver", vh(" pour ", row.reference), href=row.href, kind="2"),
            class_name="line",
            key=row.reference,
        )

    nothing = rx.el.p("Aucun contrôle n’attend de rendez-vous.", class_name="soft")
    return card(
        "À réserver",
        rx.cond(
            rows.length() > 0,
            rx.el.ul(rx.foreach(rows, one), role="list", class_name="lines-list"),
            nothing,
        ),
        id_="a-reserver",
        class_name="pcard-lines",
    )
