"""/inscription: open an account, without proof (PPR-02)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.identity.accounts import letter_sent, narrow_page, once_loaded, posted
from components.kit.base import link
from components.kit.forms import error_summary, field
from models.kernel.french import typeset
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
    return rx.el.div(
        rx.cond(SignUp.wrong.length() > 0, error_summary("À corriger", SignUp.wrong)),
        posted(
            field(
                "nom",
                "Prénom et nom",
                auto_complete="name",
                required=True,
                default_value=SignUp.name.typed,
                error=SignUp.name.error,
                max_length=200,
            ),
            field(
                "email",
                "Adresse électronique",
                type="email",
                auto_complete="email",
                required=True,
                default_value=SignUp.email.typed,
                error=SignUp.email.error,
                hint=typeset("Elle servira à vous connecter : un lien y sera envoyé."),
                max_length=254,
            ),
            rx.el.div(
                field(
                    "siren",
                    "SIREN de votre entreprise",
                    input_mode="numeric",
                    auto_complete="off",
                    required=True,
                    default_value=SignUp.siren.typed,
                    error=SignUp.siren.error,
                    hint="9 chiffres. Un SIRET convient aussi.",
                    max_length=30,
                    on_blur=SignUp.check_siren,
                ),
                rx.el.p(SignUp.company, class_name="meta said", role="status"),
                class_name="answered",
            ),
            action="/compte/inscription",
            label="Créer mon compte",
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
