"""/adresse: confirm the new address of an account with the link that was sent to it (COM-03)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.identity.accounts import dead_link, narrow_page, once_loaded
from components.kit import declared
from components.kit.feedback import note
from components.kit.forms import link_button, submit
from models.identity.access.forms import TokenForm
from state.identity.email_links import LinkOpened


def page() -> rx.Component:
    """What will change, and the button that does it; then word that it is done."""
    form = rx.el.div(
        rx.el.p("Compte de ", rx.el.strong(LinkOpened.who), "."),
        rx.el.p("Sa nouvelle adresse électronique\u00a0: ", rx.el.strong(LinkOpened.email), "."),
        declared.posted(
            TokenForm,
            None,
            declared.control(TokenForm, "token", value=LinkOpened.token),
            submit("Confirmer cette adresse"),
            action="/compte/adresse",
        ),
        class_name="signin-form",
    )
    success = rx.el.div(
        rx.el.div(
            note(
                "ok",
                "Votre adresse est changée",
                rx.el.p("Connectez-vous désormais avec ", rx.el.strong(LinkOpened.email), "."),
            ),
            role="status",
        ),
        link_button("Continuer", href="/profil", kind="1"),
        class_name="signin-form",
    )
    dead = dead_link(LinkOpened.problem_title, LinkOpened.problem, "Ouvrir mon profil", "/profil")
    return public_page(
        narrow_page(
            "Confirmer une adresse",
            once_loaded(
                LinkOpened.loaded,
                rx.cond(LinkOpened.token != "", form, rx.cond(LinkOpened.done, success, dead)),
            ),
        ),
    )
