"""The part of /profil about second factors."""

import reflex as rx

from components.identity import factors
from components.kit import feedback, layout
from models.identity.factors.forms import CodesForm, NewApplicationForm, NewPasskeyForm, RemovalForm
from state.identity.factors import Factors


def factors_card() -> rx.Component:
    """What the account has, and the forms that add and remove."""
    none = rx.el.p(
        "Avec un second facteur, votre mot de passe ne suffit plus à qui le connaîtrait.", class_name="soft"
    )
    have = rx.fragment(
        factors.factor_list(Factors.rows),
        rx.el.p(Factors.codes, class_name="meta"),
        rx.cond(
            Factors.few_codes,
            feedback.note("warn", "Presque plus de codes de secours", "Obtenez-en d’autres ci-dessous."),
        ),
    )
    passkey = factors.changing_form(
        NewPasskeyForm,
        Factors.passkey,
        "Ajouter une clé d’accès",
        "Votre téléphone, votre ordinateur ou une clé de sécurité confirme que c’est vous. Elle ne répond qu’à ce site.",
        action="/cle",
        label="Ajouter une clé d’accès",
    )
    application = factors.changing_form(
        NewApplicationForm,
        Factors.application,
        "Ajouter une application de codes",
        "Une application de votre téléphone affiche un code à six chiffres.",
        action="/application",
        label="Ajouter une application",
    )
    codes = factors.changing_form(
        CodesForm,
        Factors.other_codes,
        "Obtenir d’autres codes de secours",
        "Les codes actuels ne serviront plus.",
        action="/codes",
        label="Obtenir d’autres codes",
    )
    removal = factors.changing_form(
        RemovalForm,
        Factors.removal,
        "Retirer un second facteur",
        "",
        action="/retirer",
        label="Retirer",
        kind="danger",
        rows=Factors.rows,
    )
    return layout.card(
        "Second facteur",
        rx.el.div(
            rx.cond(Factors.error_title != "", feedback.note("err", Factors.error_title, Factors.error)),
            role="alert",
        ),
        rx.cond(
            Factors.owed,
            feedback.note(
                "warn",
                "Ajoutez un second facteur pour continuer",
                "Votre administration en demande un. Les autres pages s’ouvriront ensuite.",
            ),
        ),
        rx.cond(Factors.rows.length() > 0, have, none),
        rx.cond(Factors.room, rx.fragment(rx.cond(Factors.passkeys_offered, passkey), application)),
        rx.cond(
            Factors.rows.length() > 0,
            rx.fragment(codes, removal),
        ),
    )
