"""/connexion/verification: the second factor, after the password."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.identity import factors
from components.identity.accounts import narrow_page, once_loaded
from components.kit.base import link
from components.kit.feedback import note
from models.identity.factors.forms import CodeForm, PasskeyForm, RecoveryForm
from state.identity.second_step import FactorAsked


def page() -> rx.Component:
    """Each way that the account has, the easiest first; then what to do when all are lost."""
    problem = rx.el.div(
        rx.cond(FactorAsked.problem_title != "", note("err", FactorAsked.problem_title, FactorAsked.problem)),
        role="alert",
    )
    ways = rx.el.div(
        problem,
        rx.cond(
            FactorAsked.options != "",
            factors.passkey_form(PasskeyForm, FactorAsked.options, FactorAsked.next_path),
        ),
        rx.cond(
            FactorAsked.has_totp,
            factors.code_form(CodeForm, FactorAsked.next_path, "code", "Valider le code"),
        ),
        rx.cond(FactorAsked.has_codes, factors.recovery_form(RecoveryForm, FactorAsked.next_path)),
        factors.lost_form(),
        rx.el.div(link("Revenir à la connexion", href="/connexion"), class_name="signin-links"),
        class_name="signin-form",
    )
    return public_page(
        narrow_page(
            "Deuxième étape",
            rx.el.p(
                "Votre mot de passe est reconnu. Confirmez que c’est bien vous, dans les cinq minutes.",
                class_name="soft",
            ),
            once_loaded(FactorAsked.loaded, ways),
        ),
        rx.el.script(src="/js/passkeys.js", async_=True),
    )
