"""/suivi/[reference]: one consignment."""

import reflex as rx

from app.pages.kit.frame import back_link, signed_in_page
from components.border import control, filecards, filepage
from components.kit import feedback, forms, layout
from models.border.consignments.forms import RecordForm, UndoForm
from state.border.consignment import ConsignmentPage
from state.border.record_form import UNDONE_LATER
from state.scheduling.appointments.visits import Turn


def _control() -> rx.Component:
    return rx.cond(
        ConsignmentPage.steps.length() > 0,
        control.control_form(ConsignmentPage, RecordForm, UndoForm, UNDONE_LATER),
    )


def _to_book(turn: rx.Var[Turn]) -> list[rx.Component]:
    book = forms.link_button("Réserver un créneau", href=turn.book, kind="ink", lead="calendar-plus")
    visit = forms.link_button("Voir le rendez-vous", href=turn.visit_href, kind="ink", lead="ticket")
    return [rx.cond(turn.book != "", book), rx.cond(turn.visit_href != "", visit)]


def _file() -> rx.Component:
    file = ConsignmentPage.file
    return rx.fragment(
        filepage.header(file, back_link("Suivi en direct", "/suivi")),
        rx.el.p(file.standing, class_name="soft"),
        filepage.progress(file),
        layout.columns(
            [
                filepage.turn(file.turn, *_to_book(file.turn)),
                control.done_note(ConsignmentPage.done, ConsignmentPage.done_key),
                rx.cond(file.refused.title != "", filecards.refusal(file.refused)),
                _control(),
                filepage.timeline(file.timeline),
            ],
            [
                filecards.documents(
                    file.documents,
                    rx.cond(
                        file.documents.length() > 1,
                        f"{file.documents.length()} documents",
                        f"{file.documents.length()} document",
                    ),
                    file.archive_href,
                    file.archive_label,
                    file.copy_href,
                ),
                filecards.goods(file.goods),
                filecards.transports(file.transports),
                filecards.parties(file.parties),
            ],
        ),
    )


def _unknown() -> rx.Component:
    return rx.fragment(
        back_link("Suivi en direct", "/suivi"),
        rx.el.h1("Envoi introuvable", class_name="h1"),
        feedback.empty(
            "Aucun envoi de cette référence",
            "Il n’existe pas, ou il ne relève pas de vous. Vérifiez la référence du DSCE.",
            forms.link_button("Revenir au suivi", href="/suivi"),
        ),
    )


def _refused() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Suivi non disponible", class_name="h1"),
        feedback.refused("Accès refusé", ConsignmentPage.refusal),
    )


def page() -> rx.Component:
    """One consignment, or why it is not shown."""
    return signed_in_page(
        rx.cond(
            ConsignmentPage.loaded,
            rx.cond(
                ConsignmentPage.refusal != "",
                _refused(),
                rx.cond(ConsignmentPage.file.reference != "", _file(), _unknown()),
            ),
            rx.fragment(rx.el.h1("Envoi", class_name="h1"), feedback.skeleton(5)),
        ),
        current="suivi",
    )
