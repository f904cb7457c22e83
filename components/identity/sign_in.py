"""The sign-in form: a native POST, so that the cookie can be one that no script reads."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, link
from components.kit.feedback import note
from components.kit.forms import submit


def sign_in_card(
    form: Value, draft: Value, *, next_: Value = "", notice: rx.Component | None = None, heading: str = "h2"
) -> rx.Component:
    """The form, under what went wrong the last time; the address typed is kept, the password never."""
    title = rx.el.h1 if heading == "h1" else rx.el.h2
    return rx.el.section(
        title("Se connecter", class_name="h2"),
        *([notice] if notice is not None else []),
        declared.posted(
            form,
            draft,
            *declared.controls(form, draft, "email", "password"),
            declared.control(form, "next", value=next_),
            submit("Se connecter"),
            action="/session",
            class_name="signin-form",
        ),
        rx.el.div(
            link("Mot de passe oublié", href="/mot-de-passe"),
            link("Créer un compte", href="/inscription"),
            class_name="signin-links",
        ),
        class_name="signin",
    )


def failure(kind: Value, title: Value, text: Value) -> rx.Component:
    """Why the last attempt failed: a warning before the lock, an error otherwise; or what was done before it."""
    sentence = rx.match(
        kind,
        ("warned", note("warn", title, text)),
        ("done", note("ok", title, text)),
        note("err", title, text),
    )
    return rx.el.div(rx.cond(title != "", sentence), role="alert")
