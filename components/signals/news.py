"""The portal's news, as a card."""

from collections.abc import Sequence

import reflex as rx

from components.kit.layout import card


def news(items: Sequence[tuple[str, str, str, str]]) -> rx.Component:
    """items: (day in words, day as the browser reads it, title, text)."""
    return card(
        "Actualités",
        rx.el.ul(
            *[
                rx.el.li(
                    rx.el.time(day, date_time=iso, class_name="meta"),
                    rx.el.h3(title, class_name="line-title"),
                    rx.el.p(text, class_name="meta"),
                )
                for day, iso, title, text in items
            ],
            role="list",
            class_name="news-list",
        ),
        id_="actualites",
    )
