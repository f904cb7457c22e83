"""/: the public home."""

import reflex as rx

from app.pages.kit.frame import public_page
from app.pages.signals.news import news_card
from components.identity import sign_in
from components.signals import public
from models.identity.access.forms import SignInForm
from state.kit.session import Session


def page() -> rx.Component:
    """The promise, the sign-in form, what the portal does, its news."""
    return public_page(
        public.hero(
            rx.cond(Session.me.signed_in, rx.fragment(), sign_in.sign_in_card(SignInForm, Session.sign_in))
        ),
        public.services(Session.me),
        rx.el.div(news_card(), class_name="wrap news"),
    )
