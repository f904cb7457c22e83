"""The small pages of an account: signing up, asking for a link, what a link opens."""

import reflex as rx

from components.kit.base import Value, link
from components.kit.feedback import note, skeleton
from components.kit.forms import link_button


def narrow_page(title: Value, *content: Value) -> rx.Component:
    """One card in the middle of a public page, under its title."""
    return rx.el.div(
        rx.el.section(rx.el.h1(title, class_name="h2"), *content, class_name="signin"),
        class_name="wrap pub-page signin-page",
    )


def once_loaded(loaded: Value, content: rx.Component) -> rx.Component:
    """The content, or its shape until it is there."""
    return rx.cond(loaded, content, skeleton(2))


def letter_sent(address: Value, *details: Value, again: str) -> rx.Component:
    """Word that a letter left, without telling whether the address has an account; `again` leads back to the form."""
    return rx.el.div(
        rx.el.div(
            note(
                "ok",
                "Regardez votre messagerie",
                rx.el.p("Un message vient de partir pour ", rx.el.strong(address), "."),
            ),
            role="status",
        ),
        *[rx.el.p(detail) for detail in details],
        rx.el.div(link("Indiquer une autre adresse", href=again), class_name="signin-links"),
        class_name="signin-form",
    )


def dead_link(title: Value, text: Value, label: str, href: str) -> rx.Component:
    """A link that is good no more, and the way to another one."""
    return rx.el.div(
        rx.el.div(note("err", title, text), role="alert"),
        link_button(label, href=href, kind="1"),
        class_name="signin-form",
    )
