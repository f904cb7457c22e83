"""/mot-de-passe and /mot-de-passe/nouveau: ask for a link, then choose a password with it (COM-01, COM-05)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.identity.accounts import (
    dead_link,
    disowned_box,
    hidden,
    letter_sent,
    narrow_page,
    once_loaded,
    posted,
)
from components.kit.base import link
from components.kit.feedback import note
from components.kit.forms import field, new_password_field
from models.identity.accounts.links import PARAMETER
from models.identity.accounts.rules import PASSWORD_LENGTH, PASSWORD_RULES
from state.identity.email_links import LinkAsked, LinkOpened
from state.kit.flash import AGAIN


def ask_page() -> rx.Component:
    """Which address to send a link to."""
    form = rx.el.div(
        posted(
            field(
                "email",
                "Adresse électronique",
                type="email",
                auto_complete="username",
                required=True,
                default_value=LinkAsked.typed,
                error=LinkAsked.error,
                max_length=254,
            ),
            action="/compte/lien",
            label="Recevoir un lien",
        ),
        rx.el.div(link("Revenir à la connexion", href="/connexion"), class_name="signin-links"),
        class_name="signin-form",
    )
    # In the page's own HTML: something to read before the form is there.
    intro = rx.el.p(
        "Indiquez l’adresse de votre compte\u00a0: un lien pour choisir un autre mot de passe y sera envoyé.",
        class_name="soft",
    )
    sent = letter_sent(
        LinkAsked.sent_to,
        "Ouvrez le lien qu’il contient pour choisir un mot de passe. Il sert une fois, pendant 30\u00a0minutes.",
        again=f"/mot-de-passe?{AGAIN}",
    )
    return public_page(
        narrow_page(
            "Mot de passe oublié",
            rx.cond(LinkAsked.sent_to == "", intro),
            once_loaded(LinkAsked.loaded, rx.cond(LinkAsked.sent_to != "", sent, form)),
        ),
    )


def new_page() -> rx.Component:
    """The form that a link opens; the link is used when the form is sent, not before."""
    whose = rx.el.p(
        "Compte de ", rx.el.strong(LinkOpened.who), ", ", LinkOpened.email, ".", class_name="soft"
    )
    form = rx.el.div(
        whose,
        rx.el.div(
            rx.cond(
                LinkOpened.problem_title != "", note("err", LinkOpened.problem_title, LinkOpened.problem)
            ),
            role="alert",
        ),
        posted(
            hidden(PARAMETER, LinkOpened.token),
            # For the browser's password manager: which account the password is for.
            rx.el.input(
                type="hidden", name="email", value=LinkOpened.email, auto_complete="username", read_only=True
            ),
            new_password_field(
                "mot-de-passe",
                "Nouveau mot de passe",
                PASSWORD_RULES,
                least=PASSWORD_LENGTH,
                required=True,
                max_length=200,
            ),
            rx.cond(LinkOpened.is_first, rx.fragment(), disowned_box()),
            action="/compte/mot-de-passe",
            label=rx.cond(
                LinkOpened.is_first,
                "Confirmer mon adresse et mon mot de passe",
                "Enregistrer ce mot de passe",
            ),
        ),
        class_name="signin-form",
    )
    dead = dead_link(LinkOpened.problem_title, LinkOpened.problem, "Demander un lien", "/mot-de-passe")
    return public_page(
        narrow_page(
            "Choisir un mot de passe",
            once_loaded(LinkOpened.loaded, rx.cond(LinkOpened.token != "", form, dead)),
        ),
    )
