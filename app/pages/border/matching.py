"""/agent/rattachements: the consignments without company, and the posts that nobody knows."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from components.border import handled, unknown_posts
from components.kit import feedback, forms, layout
from models.border.matching.forms import PostForm, TieForm
from state.border.matching import Matching
from state.border.unknown_posts import UnknownPosts

Screen = type[Matching] | type[UnknownPosts]


def _refused(screen: Screen) -> rx.Component:
    return rx.cond(screen.error != "", feedback.note("err", "Rien n’a changé", screen.error))


def _toast(screen: Screen) -> rx.Component:
    undo = rx.cond(
        screen.undoable != "",
        forms.button("Annuler", kind="bar", on_click=screen.undo(screen.undoable, screen.undo_stamp)),
    )
    return rx.cond(screen.done != "", feedback.toast(screen.done, on_close=screen.dismiss, action=undo))


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(_refused(Matching), _refused(UnknownPosts), role="alert", class_name="said"),
        feedback.toasts(_toast(Matching), _toast(UnknownPosts)),
    )


def _posts() -> rx.Component:
    return rx.cond(
        UnknownPosts.rows.length() > 0, unknown_posts.unknown(UnknownPosts.rows, UnknownPosts.choose)
    )


def _done() -> list[rx.Component]:
    return [
        rx.cond(Matching.tied.length() > 0, handled.tied(Matching.tied, Matching.undo)),
        rx.cond(
            UnknownPosts.confirmed.length() > 0,
            unknown_posts.confirmed(UnknownPosts.confirmed, UnknownPosts.undo),
        ),
    ]


def _waiting() -> rx.Component:
    return rx.cond(
        Matching.rows.length() > 0,
        handled.unmatched(Matching.rows, Matching.choose),
        feedback.empty(
            "Chaque envoi a son entreprise",
            "Un envoi dont le DSCE ne nomme aucune entreprise connue attendra ici qu’un agent le rattache.",
        ),
    )


def _lists() -> rx.Component:
    return rx.fragment(
        rx.cond(
            (Matching.tied.length() > 0) | (UnknownPosts.confirmed.length() > 0),
            layout.columns([_posts(), _waiting()], _done()),
            rx.fragment(_posts(), _waiting()),
        ),
        unknown_posts.post_dialog(
            PostForm,
            UnknownPosts.draft,
            UnknownPosts.chosen,
            UnknownPosts.choices,
            on_check=UnknownPosts.check,
            on_back=UnknownPosts.back,
            on_confirm=UnknownPosts.confirm,
        ),
        handled.tie_dialog(
            TieForm,
            Matching.draft,
            Matching.chosen,
            on_check=Matching.check,
            on_back=Matching.back,
            on_tie=Matching.tie,
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
                feedback.refused("Page réservée aux agents", Matching.refusal),
                _lists(),
            ),
            feedback.skeleton(4),
        ),
        current="rattachements",
    )
