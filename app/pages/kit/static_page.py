"""The frame of pages that anybody may read."""

from typing import Any

import reflex as rx

from app.pages.kit.frame import public_page


def static_page(title: str, *content: Any) -> rx.Component:
    """A public page of text under its title."""
    return public_page(
        rx.el.div(rx.el.h1(title, class_name="h1"), *content, class_name="wrap pub-page prose"),
    )


def section(title: str, *content: Any) -> rx.Component:
    """A part of such a page; strings become paragraphs."""
    body = [rx.el.p(part) if isinstance(part, str) else part for part in content]
    return rx.el.section(rx.el.h2(title, class_name="h2"), *body)
