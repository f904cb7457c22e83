"""Second factors: the forms of a sign-in half-way, those of the profile, and requests to do without."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, native_form, vh
from components.kit.forms import button, submit
from components.kit.icons import icon

_ACTION = "/session/second"
_FROM_PROFILE = "/profil/second-facteur"
_FILLED = ("id", "clientDataJSON", "authenticatorData", "signature")
"""Fields of a passkey's form that assets/js/passkeys.js fills in."""


def passkey_form(form: Value, options: Value, next_: Value) -> rx.Component:
    """The button that asks the device, which signs; assets/js/passkeys.js sends the form."""
    return declared.posted(
        form,
        None,
        declared.control(form, "way", value="passkey"),
        declared.control(form, "next", value=next_),
        *[declared.control(form, name) for name in _FILLED],
        rx.el.p(
            class_name="err",
            role="alert",
            hidden=True,
            custom_attrs={"data-passkey-said": ""},
        ),
        button(
            "Utiliser ma clé d’accès",
            lead="key-round",
            custom_attrs={"data-passkey-go": "", "data-options": options},
        ),
        action=_ACTION,
        class_name="signin-form",
        custom_attrs={"data-passkey": "get"},
    )


def code_form(form: Value, next_: Value, way: str, label: str) -> rx.Component:
    """The six digits of an application, or one of the codes that were kept aside."""
    return declared.posted(
        form,
        None,
        declared.control(form, "way", value=way),
        declared.control(form, "next", value=next_),
        declared.control(form, "code"),
        submit(label),
        action=_ACTION,
        class_name="signin-form",
    )


def _fold(title: str, *content: rx.Component, **props: Value) -> rx.Component:
    return rx.el.details(
        rx.el.summary(title, icon("chevron-down", 18), class_name="fold-head"),
        *content,
        class_name="fold",
        **props,
    )


def recovery_form(form: Value, next_: Value) -> rx.Component:
    """One of the codes that were kept aside."""
    return _fold("Utiliser un code de secours", code_form(form, next_, "recovery", "Valider ce code"))


def lost_form() -> rx.Component:
    """What is left when every second factor is lost."""
    return _fold(
        "J’ai perdu tous ces moyens",
        native_form(
            rx.el.p(
                "Un correspondant de votre entreprise, ou l’assistance, doit certifier que c’est bien vous. "
                "Vous pourrez alors vous connecter sans second facteur, 24\u00a0heures plus tard. "
                "Un message vous avertit de chaque étape.",
                class_name="hint",
            ),
            submit("Demander à entrer sans second facteur", kind="2"),
            action="/session/second/perdu",
            class_name="signin-form",
        ),
    )


def factor_list(rows: Value) -> rx.Component:
    """What the account has: {value, label, detail}."""
    return rx.el.ul(
        rx.foreach(
            rows,
            lambda row: rx.el.li(
                rx.el.p(rx.el.strong(row.label)), rx.el.p(row.detail, class_name="meta"), key=row.value
            ),
        ),
        class_name="acts",
        role="list",
    )


def changing_form(
    form: Value,
    draft: Value,
    title: str,
    hint: str,
    *,
    action: str,
    label: str,
    kind: str = "1",
    rows: Value = None,
) -> rx.Component:
    """A form that adds or removes, against the password; rows: the factors to choose from."""
    fields = [
        declared.control(form, name, draft, choices=rows if name == "factor" else None) for name in form.asked
    ]
    return _fold(
        title,
        declared.posted(
            form,
            draft,
            *([rx.el.p(hint, class_name="hint")] if hint else []),
            *fields,
            submit(label, kind=kind),
            action=f"{_FROM_PROFILE}{action}",
        ),
        open=draft.wrong.length() > 0,
    )


def recovery_request(row: Value, on_certify: Value, on_decline: Value) -> rx.Component:
    """A request to sign in without the second factor: {id, name, email, detail, certified}."""
    certify = button(
        "Certifier que c’est cette personne",
        vh("\u00a0: ", row.name),
        compact=True,
        on_click=on_certify(row.id),
    )
    return rx.el.li(
        rx.el.p(rx.el.strong(row.name), " ", rx.el.span(row.email, class_name="meta")),
        rx.el.p(row.detail, class_name="meta"),
        rx.el.div(
            rx.cond(row.certified, rx.fragment(), certify),
            button(
                "Écarter la demande",
                vh("\u00a0: ", row.name),
                kind="t",
                compact=True,
                on_click=on_decline(row.id),
            ),
            class_name="form-acts",
        ),
        class_name="act",
        key=row.id,
    )


def recovery_requests(rows: Value, on_certify: Value, on_decline: Value) -> rx.Component:
    """The requests, under what to make sure of."""
    return rx.fragment(
        rx.el.p(
            "Certifiez après avoir reconnu la personne, de vive voix ou en face. Elle pourra se connecter sans second "
            "facteur 24\u00a0heures plus tard.",
            class_name="hint",
        ),
        rx.el.ul(
            rx.foreach(rows, lambda row: recovery_request(row, on_certify, on_decline)),
            class_name="acts",
            role="list",
        ),
    )
