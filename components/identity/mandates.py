"""The programs that a company mandates: rows with what may be done, and the form to mandate one more."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, vh
from components.kit.feedback import confirm
from components.kit.forms import button, submit


def mandated(rows: Value, on_withdraw: Value) -> rx.Component:
    """Programs that act for the company: {id, name, detail}; each can be withdrawn, after a question."""
    return rx.cond(
        rows.length() > 0,
        rx.el.ul(rx.foreach(rows, lambda row: _one(row, on_withdraw)), class_name="acts", role="list"),
        rx.el.p("Aucun logiciel n’agit pour l’entreprise.", class_name="soft"),
    )


def mandate_form(form: Value, draft: Value, choices: Value, on_submit: Value) -> rx.Component:
    """A list of programs {value, label}, and a button; a sentence when there is none to choose."""
    return rx.cond(
        choices.length() > 0,
        declared.form(
            form,
            draft,
            declared.control(form, "software", draft, choices=choices),
            submit("Mandater ce logiciel"),
            on_submit=on_submit,
        ),
        rx.el.p("Aucun autre logiciel n’est proposé.", class_name="soft"),
    )


def _one(row: Value, on_withdraw: Value) -> rx.Component:
    asks = button(
        "Retirer le mandat",
        vh("\u00a0: ", row.name),
        kind="t",
        compact=True,
        aria_haspopup="dialog",
        custom_attrs={"data-opens": "mandat-" + row.id},
    )
    return rx.el.li(
        rx.el.p(rx.el.strong(row.name)),
        rx.el.p(row.detail, class_name="meta"),
        asks,
        confirm(
            "mandat-" + row.id,
            rx.fragment("Retirer le mandat de ", row.name, "\u00a0?"),
            "Ce logiciel ne lira plus rien de l’entreprise, et ne prendra, ne déplacera ni n’annulera plus ses "
            "rendez-vous. Ceux qu’il a pris restent pris.",
            "Retirer le mandat",
            on_withdraw(row.id, row.stamp),
        ),
        class_name="act",
        key=row.id,
    )
