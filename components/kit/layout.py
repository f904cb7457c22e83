"""The inside of a page: title, back link, cards, columns."""

import reflex as rx

from components.kit.base import Value, link
from components.kit.icons import icon


def page_head(title: Value, lead: Value = "", *aside: Value) -> rx.Component:
    """The h1, a sentence under it, and what stands at the right.

    A sentence that comes with the facts has its line kept for it, so that nothing moves when it comes.
    """
    awaited = "" if isinstance(lead, str) else " awaited"
    return rx.el.div(
        rx.el.div(rx.el.h1(title, class_name="h1"), rx.el.p(lead, class_name=f"lead{awaited}")),
        *aside,
        class_name="pagehead",
    )


def back_link(label: Value, href: Value) -> rx.Component:
    """Back to the list."""
    return link(icon("arrow-left", 16), label, href=href, class_name="backlink")


def card(
    title: Value, *body: Value, aside: Value = None, id_: str = "", class_name: str = ""
) -> rx.Component:
    """A titled card: h2, something at its right, then the body."""
    named = {"id": id_} if id_ else {}
    head = [rx.el.h2(title, class_name="h2"), *([aside] if aside is not None else [])]
    return rx.el.section(
        rx.el.div(*head, class_name="card-head"), *body, class_name=f"pcard {class_name}", **named
    )


def columns(main: list[rx.Component], side: list[rx.Component]) -> rx.Component:
    """Two columns on desktop, one on phone."""
    return rx.el.div(
        rx.el.div(*main, class_name="col"), rx.el.div(*side, class_name="col"), class_name="cols"
    )
