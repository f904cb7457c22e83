"""/: the public home."""

import reflex as rx

from components import public, signin
from state.session import Session


def page() -> rx.Component:
    """The promise, the sign-in form, what the portal does."""
    return public.frame(
        public.hero(rx.cond(Session.me.signed_in, rx.fragment(), signin.sign_in_card())),
        public.services(),
        signed_in=Session.me.signed_in,
    )
