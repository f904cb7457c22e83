"""/agent/rattachements: the consignments without company."""

import reflex as rx

from app.pages.frame import signed_in_page
from components import feedback, forms, handling, layout
from state.matching import Matching


def _undo() -> rx.Component:
    return rx.cond(
        Matching.undoable != "",
        forms.button("Annuler", kind="bar", on_click=Matching.undo(Matching.undoable)),
    )


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(
                Matching.error != "",
                feedback.note("err", "Rien n’a changé", Matching.error),
            ),
            role="alert",
            class_name="said",
        ),
        feedback.toasts(
            rx.cond(
                Matching.done != "",
                feedback.toast(Matching.done, on_close=Matching.dismiss, action=_undo()),
            )
        ),
    )


def _waiting() -> rx.Component:
    return rx.cond(
        Matching.rows.length() > 0,
        handling.unmatched(Matching.rows, Matching.choose),
        feedback.empty(
            "Chaque envoi a son entreprise",
            "Un envoi dont le DSCE ne nomme aucune entreprise connue attendra ici qu’un agent le rattache.",
        ),
    )


def _lists() -> rx.Component:
    return rx.fragment(
        rx.cond(
            Matching.tied.length() > 0,
            layout.columns([_waiting()], [handling.tied(Matching.tied, Matching.undo)]),
            _waiting(),
        ),
        handling.tie_dialog(
            Matching.chosen, on_check=Matching.check, on_back=Matching.back, on_tie=Matching.tie
        ),
    )


def page() -> rx.Component:
    """The list and the ties that can be undone, or why they are not shown."""
    return signed_in_page(
        layout.page_head("Envois sans entreprise", Matching.subtitle),
        _said(),
        rx.cond(
            Matching.loaded,
            rx.cond(
                Matching.refusal != "",
                feedback.note("info", "Page réservée aux agents", Matching.refusal),
                _lists(),
            ),
            feedback.skeleton(4),
        ),
        current="rattachements",
    )
