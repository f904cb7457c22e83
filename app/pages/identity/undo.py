"""/annuler: « ce n’était pas moi », with the link of a warning letter (COM-03).

Opening the page changes nothing, since mail scanners open what they find: its button does.
"""

import reflex as rx

from app.pages.kit.frame import public_page
from components.identity.accounts import dead_link, narrow_page, once_loaded
from components.kit import declared
from components.kit.feedback import note
from components.kit.forms import link_button, submit
from models.identity.access.forms import TokenForm
from models.identity.accounts.links import Purpose
from state.identity.email_links import LinkOpened


def _will(*sentences: str) -> rx.Component:
    return rx.fragment(*[rx.el.p(sentence) for sentence in sentences])


def page() -> rx.Component:
    """What will be undone, and the button that does it; then what is left to do."""
    will = rx.match(
        LinkOpened.purpose,
        (
            Purpose.RESTORE.value,
            _will(
                "Votre compte retrouvera cette adresse. Toutes ses sessions se fermeront, les liens envoyés ne serviront plus, et l’ancien mot de passe non plus."
            ),
        ),
        (
            Purpose.OBJECT.value,
            _will(
                "La demande de connexion sans second facteur sera annulée. Toutes les sessions de votre compte se fermeront, les liens envoyés ne serviront plus, et l’ancien mot de passe non plus."
            ),
        ),
        _will(
            "Le changement d’adresse sera annulé. Toutes les sessions de votre compte se fermeront, les liens envoyés ne serviront plus, et l’ancien mot de passe non plus."
        ),
    )
    form = rx.el.div(
        rx.el.p("Compte de ", rx.el.strong(LinkOpened.who), ", ", LinkOpened.email, "."),
        will,
        declared.posted(
            TokenForm,
            None,
            declared.control(TokenForm, "token", value=LinkOpened.token),
            submit("Ce n’était pas moi"),
            action="/compte/annuler",
        ),
        class_name="signin-form",
    )
    success = rx.el.div(
        rx.el.div(
            note(
                "ok",
                "C’est annulé",
                rx.el.p(
                    "Un message vient de partir pour ",
                    rx.el.strong(LinkOpened.email),
                    "\u00a0: il permet de choisir un nouveau mot de passe.",
                ),
            ),
            role="status",
        ),
        class_name="signin-form",
    )
    dead = rx.el.div(
        dead_link(LinkOpened.problem_title, LinkOpened.problem, "Changer de mot de passe", "/mot-de-passe"),
        rx.el.p(
            "Si l’adresse de votre compte a déjà changé, un autre message le dit\u00a0: utilisez le lien qu’il contient.",
            class_name="soft",
        ),
        link_button("Écrire à l’assistance", href="/aide"),
        class_name="signin-form",
    )
    return public_page(
        narrow_page(
            "Ce n’était pas vous",
            once_loaded(
                LinkOpened.loaded,
                rx.cond(LinkOpened.token != "", form, rx.cond(LinkOpened.done, success, dead)),
            ),
        ),
    )
