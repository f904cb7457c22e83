"""/mot-de-passe and /mot-de-passe/nouveau: ask for a link, then choose a password with it (COM-01, COM-05)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.identity.accounts import (
    dead_link,
    letter_sent,
    narrow_page,
    once_loaded,
)
from components.kit import declared
from components.kit.base import link
from components.kit.feedback import note
from components.kit.forms import submit
from models.identity.access.forms import LinkForm, NewPasswordForm
from models.identity.accounts.rules import PASSWORD_LENGTH, PASSWORD_RULES
from state.identity.email_links import LinkAsked, LinkOpened
from state.kit.flash import AGAIN


def ask_page() -> rx.Component:
    """Which address to send a link to."""
    form = rx.el.div(
        declared.posted(
            LinkForm,
            LinkAsked.draft,
            submit("Recevoir un lien"),
            asked=True,
            action="/compte/lien",
            class_name="signin-form",
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
        declared.posted(
            NewPasswordForm,
            LinkOpened.draft,
            declared.control(NewPasswordForm, "token", value=LinkOpened.token),
            # For the browser's password manager: which account the password is for.
            declared.control(NewPasswordForm, "email", value=LinkOpened.email, auto_complete="username"),
            declared.control(
                NewPasswordForm, "password", LinkOpened.draft, rules=PASSWORD_RULES, least=PASSWORD_LENGTH
            ),
            rx.cond(LinkOpened.is_first, rx.fragment(), declared.control(NewPasswordForm, "disowned")),
            submit(
                rx.cond(
                    LinkOpened.is_first,
                    "Confirmer mon adresse et mon mot de passe",
                    "Enregistrer ce mot de passe",
                )
            ),
            action="/compte/mot-de-passe",
            class_name="signin-form",
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
