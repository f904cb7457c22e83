"""/connexion: the sign-in form, and why the last attempt failed."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.identity import sign_in
from models.identity.access.forms import SignInForm
from state.kit.session import Session


def page() -> rx.Component:
    """The form; what was typed is kept, but for the password (COM-02)."""
    return public_page(
        rx.el.div(
            sign_in.sign_in_card(
                SignInForm,
                Session.sign_in,
                next_=Session.next_path,
                notice=sign_in.failure(Session.notice_kind, Session.notice_title, Session.notice_text),
                heading="h1",
            ),
            class_name="wrap pub-page signin-page",
        ),
    )
