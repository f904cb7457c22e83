"""/profil: the holder's own account."""

from typing import Any

import reflex as rx

from app.pages.identity.profile_agenda import agenda_card
from app.pages.identity.profile_factors import factors_card
from app.pages.identity.profile_links import links_card
from app.pages.kit.frame import signed_in_page
from components.identity.sessions import session_list
from components.kit import declared, feedback, layout
from components.kit.base import link, native_form
from components.kit.forms import submit
from components.kit.icons import icon
from models.identity.access.forms import AddressForm, PasswordForm
from models.identity.accounts.rules import PASSWORD_LENGTH, PASSWORD_RULES
from models.kernel.forms.declaration import Form
from state.identity.profile import Line, Profile, Said
from state.kit.form import Draft
from state.kit.session import Session


def _lines(lines: rx.Var[list[Line]]) -> rx.Component:
    return rx.el.dl(
        rx.foreach(lines, lambda line: rx.el.div(rx.el.dt(line.label), rx.el.dd(line.value))),
        class_name="pairs",
    )


def _rights() -> rx.Component:
    return rx.cond(
        Profile.rights.length() > 0,
        _lines(Profile.rights),
        rx.el.p(
            "Aucune habilitation pour cette entreprise. Le correspondant de votre entreprise peut en demander.",
            class_name="soft",
        ),
    )


def _folded(
    form: type[Form], draft: Draft, title: str, error: Said, *fields: rx.Component, action: str, label: str
) -> rx.Component:
    """A form that opens under its title, and stays open under what went wrong."""
    wrong = rx.el.div(rx.cond(error.title != "", feedback.note("err", error.title, error.text)), role="alert")
    return rx.el.details(
        rx.el.summary(title, icon("chevron-down", 18), class_name="fold-head"),
        wrong,
        declared.posted(form, draft, *fields, submit(label), action=action),
        open=(error.title != "") | (draft.wrong.length() > 0),
        class_name="fold",
    )


def _password() -> rx.Component:
    def asked(name: str, **props: Any) -> rx.Component:
        return declared.control(PasswordForm, name, Profile.password_draft, **props)

    return _folded(
        PasswordForm,
        Profile.password_draft,
        "Changer de mot de passe",
        Profile.password_error,
        asked("current"),
        asked("password", rules=PASSWORD_RULES, least=PASSWORD_LENGTH),
        rx.el.p(
            "Vos autres sessions se fermeront, et les liens envoyés ne serviront plus.", class_name="hint"
        ),
        asked("disowned"),
        action="/profil/mot-de-passe",
        label="Changer de mot de passe",
    )


def _address() -> rx.Component:
    return _folded(
        AddressForm,
        Profile.address_draft,
        "Changer d’adresse électronique",
        Profile.address_error,
        *declared.controls(AddressForm, Profile.address_draft),
        action="/profil/adresse",
        label="Recevoir un lien",
    )


def _terms() -> rx.Component:
    return layout.card(
        "Conditions d’utilisation",
        _lines(Profile.terms),
        rx.el.p(link("Les lire", href="/cgu", class_name="tlink")),
    )


def _account() -> rx.Component:
    sessions = session_list(
        Profile.sessions,
        has_others=Profile.has_others,
        on_close=Profile.close,
        on_close_others=Profile.close_others,
    )
    return layout.columns(
        [
            layout.card("Votre compte", _lines(Profile.facts), _password(), _address()),
            factors_card(),
            layout.card("Sessions ouvertes", sessions),
            agenda_card(),
            links_card(),
        ],
        [
            layout.card(
                rx.cond(Session.me.is_officer, "Vos postes", "Vos droits pour cette entreprise"),
                rx.el.p(Session.me.company, class_name="meta"),
                _rights(),
            ),
            layout.card(
                "Notifications",
                rx.el.p("Ce qui vous est dit, par quel canal, à quelles heures.", class_name="soft"),
                rx.el.p(link("Régler les notifications", href="/notifications/reglages", class_name="tlink")),
            ),
            _terms(),
            native_form(submit("Se déconnecter", kind="2", lead="log-out"), action="/session/end"),
        ],
    )


def page() -> rx.Component:
    """Account, sessions, habilitations, terms, sign-out."""
    success = rx.cond(Profile.done.title != "", feedback.note("ok", Profile.done.title, Profile.done.text))
    return signed_in_page(
        layout.page_head(rx.cond(Session.me.name != "", Session.me.name, "Profil"), Profile.email),
        rx.el.div(success, role="status", class_name="said"),
        rx.cond(
            Profile.loaded,
            rx.cond(
                Profile.refusal != "",
                feedback.refused("Profil non disponible", Profile.refusal),
                _account(),
            ),
            feedback.skeleton(3),
        ),
        current="profil",
    )
