"""The ticket of an appointment: a permit with a stub for the gate, and what can still be changed."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, anchor, link
from components.kit.feedback import dialog, note
from components.kit.forms import button, link_button, submit
from components.kit.icons import glyph_of, icon
from components.kit.layout import card

_DIALOG = "annuler-rendez-vous"


def _head(data: Value) -> rx.Component:
    return rx.el.div(
        rx.el.p(glyph_of(data.state), rx.el.span(data.state_label), class_name="ticket-state"),
        rx.el.h1(
            rx.el.time(
                rx.el.span(data.day),
                " ",
                rx.el.span(data.hours),
                date_time=data.iso,
            ),
            class_name="h1 ticket-when",
        ),
        rx.el.p(data.where, class_name="ticket-where"),
        class_name=f"ticket-head on-ink ticket-{data.state}",
    )


def _body(data: Value) -> rx.Component:
    def lot(one: Value) -> rx.Component:
        return rx.el.div(
            rx.el.dt("Envoi"),
            rx.el.dd(link(one.title, href=one.href), rx.el.span(one.reference, class_name="ref ticket-ched")),
        )

    def fact(one: Value) -> rx.Component:
        return rx.el.div(rx.el.dt(one.label), rx.el.dd(one.value))

    return rx.el.dl(rx.foreach(data.lots, lot), rx.foreach(data.facts, fact), class_name="ticket-body")


def _stub(data: Value) -> rx.Component:
    square = rx.el.svg(
        rx.el.rect(width="100%", height="100%", fill="#fff"),
        rx.el.path(d=data.code.path, fill="#000"),
        view_box=data.code.box,
        class_name="qr",
        custom_attrs={
            "role": "img",
            "aria-label": "QR code de la référence " + data.shown,
            "shapeRendering": "crispEdges",
        },
    )
    return rx.el.div(
        square,
        rx.el.div(
            rx.el.p("À présenter à l’entrée", class_name="meta"),
            rx.el.p(data.shown, class_name="ticket-ref"),
            rx.el.p(
                "Se lit aussi sans réseau sur cet appareil, une fois cette page ouverte.", class_name="meta"
            ),
        ),
        class_name="ticket-stub",
    )


def permit(data: Value) -> rx.Component:
    """The ticket itself: date and hour as h1, what is inspected, the stub with its QR code while it opens the gate."""
    return rx.el.article(
        _head(data),
        _body(data),
        rx.cond(
            data.alive,
            _stub(data),
            rx.el.p("Référence ", rx.el.strong(data.shown, class_name="ref"), class_name="ticket-dead meta"),
        ),
        class_name="ticket",
    )


def takeaway(data: Value) -> rx.Component:
    """To the calendar, to paper; nothing once it is over."""
    return rx.cond(
        data.alive,
        rx.el.div(
            anchor(
                icon("calendar-plus"), "Ajouter à l’agenda (.ics)", href=data.calendar, class_name="btn btn-1"
            ),
            button("Imprimer", lead="printer", kind="2", custom_attrs={"data-prints": ""}),
            class_name="form-acts no-print",
        ),
    )


def advice(lines: Value) -> rx.Component:
    """What makes the control go well."""
    return rx.cond(
        lines.length() > 0,
        card(
            "Pour que le contrôle se passe bien",
            rx.el.ul(
                rx.foreach(lines, lambda one: rx.el.li(icon("check", 18), rx.el.span(one))),
                role="list",
                class_name="ticks",
            ),
        ),
    )


def changes(data: Value) -> rx.Component:
    """Until when it can be moved or cancelled, and the buttons."""
    acts = rx.el.div(
        link_button("Déplacer", href=data.move),
        button(
            "Annuler le rendez-vous",
            kind="danger",
            aria_haspopup="dialog",
            custom_attrs={"data-opens": _DIALOG},
        ),
        class_name="form-acts",
    )
    return rx.cond(
        data.coming,
        card(
            "Un empêchement\u00a0?",
            rx.el.p(data.limit),
            rx.cond(data.changeable, acts),
            class_name="no-print ticket-changes",
        ),
    )


def cancel_dialog(form: Value, draft: Value, data: Value, on_cancel: Value) -> rx.Component:
    """Asks once more; the reason is optional, and keeping the appointment is the safe choice."""
    return dialog(
        _DIALOG,
        "Annuler ce rendez-vous\u00a0?",
        rx.el.p("La place sera aussitôt rendue, et le poste prévenu."),
        declared.form(
            form,
            draft,
            *declared.controls(form, draft),
            rx.el.div(
                submit("Oui, annuler", kind="danger", custom_attrs={"data-closes": ""}),
                button("Garder le rendez-vous", custom_attrs={"data-closes": "", "data-safe": ""}),
                class_name="modal-actions",
            ),
            on_submit=lambda typed: on_cancel(typed, data.stamp),
        ),
    )


def waiting(data: Value, on_wait: Value, on_leave: Value) -> rx.Component:
    """The waiting list for an earlier place."""
    inside = rx.cond(
        data.waiting,
        rx.fragment(
            rx.el.p(
                "Vous êtes sur la liste d’attente. La première place qui se libère avant votre heure vous est "
                "offerte à votre tour, pendant 30\u00a0min au plus\u00a0; votre rendez-vous reste à vous."
            ),
            button("Quitter la liste d’attente", kind="2", on_click=on_leave(data.stamp)),
        ),
        rx.fragment(
            rx.el.p("Une place plus tôt peut se libérer. Elle vous serait offerte, à votre tour."),
            button("Attendre une place plus tôt", kind="2", lead="bell-ring", on_click=on_wait(data.stamp)),
        ),
    )
    return rx.cond(data.coming, card("Passer plus tôt", inside, class_name="no-print ticket-changes"))


def proposal(
    data: Value,
    shown: Value,
    *,
    form: Value,
    draft: Value,
    on_accept: Value,
    on_decline: Value,
) -> rx.Component:
    """Another time that is proposed: {mine, offered, title, sentence, until, reason}; shown: the ticket's stamp."""
    declining = rx.el.details(
        rx.el.summary(rx.cond(data.offered, "Garder mon heure", "Refuser"), class_name="btn btn-onsig"),
        declared.form(
            form,
            draft,
            rx.cond(
                data.offered,
                declared.control(form, "reason", draft),
                declared.control(form, "reason", draft, required=True),
            ),
            declared.control(form, "details", draft),
            submit("Garder l’heure actuelle", kind="ink"),
            on_submit=lambda typed: on_decline(typed, shown),
            class_name="form answer-form",
        ),
        class_name="answer-more",
        open=draft.wrong.length() > 0,
    )
    awaited = rx.el.section(
        rx.el.p(icon("user", 18), "Attend votre réponse", class_name="turn-kick"),
        rx.el.h2(data.title, class_name="turn-title"),
        rx.el.p(data.sentence, class_name="turn-text"),
        rx.cond(data.reason != "", rx.el.p("Motif\u00a0: ", data.reason, class_name="turn-text")),
        rx.el.p(icon("clock", 16), data.until, class_name="answer-until"),
        rx.el.div(
            button("Accepter", kind="ink", on_click=on_accept(shown)), declining, class_name="turn-acts"
        ),
        class_name="turn no-print",
    )
    waiting_note = note("info", data.title, rx.el.p(data.sentence, " ", data.until))
    return rx.cond(data.title != "", rx.cond(data.mine, awaited, waiting_note))


def outcome(data: Value) -> rx.Component:
    """What ended it, and the way to book anew: {kind, title, text, again}."""

    def told(kind: str) -> rx.Component:
        return note(
            kind,
            data.title,
            rx.cond(data.text != "", rx.el.p(data.text)),
            rx.cond(
                data.again != "",
                rx.el.p(
                    link_button("Réserver de nouveau", href=data.again, kind="1", lead="calendar-plus"),
                    class_name="note-act",
                ),
            ),
        )

    return rx.match(
        data.kind, ("err", told("err")), ("ok", told("ok")), ("info", told("info")), rx.fragment()
    )


def history(lines: Value) -> rx.Component:
    """What became of it, the latest first: {iso, at, words}."""

    def one(line: Value) -> rx.Component:
        return rx.el.li(rx.el.time(line.at, date_time=line.iso, class_name="meta"), rx.el.span(line.words))

    return rx.cond(
        lines.length() > 0,
        card(
            "Historique",
            rx.el.ol(rx.foreach(lines, one), role="list", class_name="told"),
            class_name="no-print",
        ),
    )
