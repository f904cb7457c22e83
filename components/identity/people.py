"""The people of a company: rows with what a correspondent may do, invitations, the form to invite."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, vh
from components.kit.forms import button, submit


def _act(label: str, row: Value, on_click: Value, kind: str = "2") -> rx.Component:
    return button(
        label, vh("\u00a0: ", row.name), kind=kind, compact=True, on_click=on_click(row.id, row.stamp)
    )


def person(
    row: Value, on_certify: Value, on_end_certification: Value, on_delegate: Value, on_end_delegation: Value
) -> rx.Component:
    """A person: {id, name, email, detail, rights, ours, me, certified, corresponds}."""
    role = rx.cond(
        row.corresponds,
        _act("Retirer le rôle de correspondant", row, on_end_delegation, "t"),
        rx.cond(row.certified, _act("Nommer correspondant", row, on_delegate)),
    )
    vouched = rx.cond(
        row.certified,
        rx.cond(
            row.corresponds, rx.fragment(), _act("Retirer la certification", row, on_end_certification, "t")
        ),
        _act("Certifier le compte", row, on_certify),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.h3(row.name, rx.cond(row.me, " (vous)", ""), class_name="h3"),
            rx.el.span(row.email, class_name="meta"),
            class_name="card-head",
        ),
        rx.el.p(row.detail, class_name="meta"),
        rx.el.p(row.rights),
        rx.cond(row.ours, rx.el.div(vouched, role, class_name="form-acts")),
        class_name="act",
        key=row.id,
    )


def invitation(row: Value, on_cancel: Value) -> rx.Component:
    """An invitation that waits: {id, email, detail}."""
    return rx.el.li(
        rx.el.p(rx.el.strong(row.email)),
        rx.el.p(row.detail, class_name="meta"),
        button(
            "Annuler l’invitation",
            vh("\u00a0: ", row.email),
            kind="t",
            compact=True,
            on_click=on_cancel(row.id),
        ),
        class_name="act",
        key=row.id,
    )


def invite_form(form: Value, draft: Value, on_submit: Value) -> rx.Component:
    """One address, and a button."""
    return declared.form(
        form,
        draft,
        submit("Envoyer l’invitation", lead="send"),
        asked=True,
        on_submit=on_submit,
        class_name="signin-form",
    )
