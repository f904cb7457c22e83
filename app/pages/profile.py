"""/profil: the holder's own account."""

import reflex as rx

from app.pages.frame import signed_in_page
from app.pages.profile_links import links_card
from components import feedback, layout
from components.base import native_form
from components.forms import submit
from state.profile import Line, Profile
from state.session import Session


def _lines(lines: rx.Var[list[Line]]) -> rx.Component:
    return rx.el.dl(
        rx.foreach(lines, lambda line: rx.el.div(rx.el.dt(line.label), rx.el.dd(line.value))),
        class_name="pairs",
    )


def _rights() -> rx.Component:
    return rx.cond(
        Profile.rights.length() > 0,
        _lines(Profile.rights),
        rx.el.p(
            "Aucune habilitation pour cette entreprise. Le correspondant de votre entreprise peut en demander.",
            class_name="soft",
        ),
    )


def _account() -> rx.Component:
    return layout.columns(
        [layout.card("Votre compte", _lines(Profile.facts)), links_card()],
        [
            layout.card("Vos habilitations", rx.el.p(Session.me.company, class_name="meta"), _rights()),
            native_form(submit("Se déconnecter", kind="2", lead="log-out"), action="/session/end"),
        ],
    )


def page() -> rx.Component:
    """Account, habilitations, sign-out."""
    return signed_in_page(
        layout.page_head(rx.cond(Session.me.name != "", Session.me.name, "Profil"), Profile.email),
        rx.cond(
            Profile.loaded,
            rx.cond(
                Profile.refusal != "",
                feedback.note("info", "Profil non disponible", Profile.refusal),
                _account(),
            ),
            feedback.skeleton(3),
        ),
        current="profil",
    )
