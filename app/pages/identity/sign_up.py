"""/inscription: open an account, without proof (PPR-02)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.identity.accounts import letter_sent, narrow_page, once_loaded
from components.kit import declared
from components.kit.base import link
from components.kit.forms import submit
from models.identity.access.forms import SignUpForm
from state.identity.sign_up import SignUp
from state.kit.flash import AGAIN


def _intro() -> rx.Component:
    """In the page's own HTML: something to read before the form is there."""
    return rx.el.p(
        "Un compte par personne. Il suffit d’une adresse électronique et du SIREN de votre entreprise\u00a0; "
        "vos habilitations viendront ensuite des administrations.",
        class_name="soft",
    )


def _form() -> rx.Component:
    name, email, siren = (
        declared.control(SignUpForm, name, SignUp.draft, **extra)
        for name, extra in (("name", {}), ("email", {}), ("siren", {"on_blur": SignUp.check_siren}))
    )
    company = rx.el.p(SignUp.company, class_name="meta said", role="status")
    return rx.el.div(
        declared.posted(
            SignUpForm,
            SignUp.draft,
            name,
            email,
            rx.el.div(siren, company, class_name="answered"),
            submit("Créer mon compte"),
            action="/compte/inscription",
            class_name="signin-form",
        ),
        rx.el.div(link("J’ai déjà un compte", href="/connexion"), class_name="signin-links"),
        class_name="signin-form",
    )


def page() -> rx.Component:
    """The form, then word that a letter was sent: the same, whatever the address (COM-03)."""
    sent = letter_sent(
        SignUp.sent_to,
        "Ouvrez le lien qu’il contient pour confirmer votre adresse et choisir votre mot de passe. "
        "Il sert une fois, pendant 30\u00a0minutes.",
        "Rien reçu\u00a0? Regardez dans les courriers indésirables, puis recommencez.",
        again=f"/inscription?{AGAIN}",
    )
    return public_page(
        narrow_page(
            "Créer un compte",
            rx.cond(SignUp.sent_to == "", _intro()),
            once_loaded(SignUp.loaded, rx.cond(SignUp.sent_to != "", sent, _form())),
        ),
    )
