"""What a person was told: the list by day."""

import reflex as rx

from components.kit.base import Value, anchor, vh
from components.kit.forms import button
from components.kit.icons import glyph_of, icon


def _what(line: Value) -> rx.Component:
    return rx.el.div(
        rx.el.h3(
            anchor(
                rx.cond(line.read, rx.fragment(), vh("Non lue. ")),
                line.title,
                rx.cond(line.about != "", rx.fragment("\u00a0: ", line.about)),
                href=line.href,
                class_name="nt-a",
            ),
            class_name="nt-t",
        ),
        rx.el.p(line.sentence, class_name="nt-s"),
        rx.el.p(
            rx.el.time(line.at_label, date_time=line.at),
            rx.cond(line.reference != "", rx.el.span(line.reference, class_name="ref")),
            rx.cond(line.company != "", rx.el.span(line.company)),
            rx.cond(line.count != "", rx.el.span(line.count)),
            class_name="meta nt-m",
        ),
        class_name="nt-w",
    )


def _mark(line: Value, on_read: Value) -> rx.Component:
    """The same button before and after, so that the keyboard stays where it is."""
    return button(
        rx.cond(line.read, rx.fragment(icon("check", 16), "Lue"), "Marquer comme lue"),
        vh("\u00a0: ", line.title, rx.cond(line.about != "", ", " + line.about, "")),
        kind="t",
        on_click=on_read(line.key),
        aria_disabled=rx.cond(line.read, "true", "false"),
    )


def _line(line: Value, on_read: Value) -> rx.Component:
    return rx.el.li(
        glyph_of(line.shape),
        _what(line),
        _mark(line, on_read),
        class_name=rx.cond(line.read, "nt", "nt nt-new"),
        key=line.key,
    )


def notices(days: Value, on_read: Value) -> rx.Component:
    """Days {label, lines}; line {key, href, shape, title, about, reference, company, sentence, count, at, at_label, read}.

    A line leads by a plain link: what it leads to is judged on arrival.
    """

    def day(one: Value) -> rx.Component:
        lines = rx.el.ul(rx.foreach(one.lines, lambda line: _line(line, on_read)), role="list")
        return rx.el.section(rx.el.h2(one.label, class_name="h2 nt-day"), lines, key=one.label)

    return rx.el.div(rx.foreach(days, day), class_name="nts")


def tools(*controls: rx.Component) -> rx.Component:
    """Filters, and what is done to all of them, in one line."""
    return rx.el.div(*controls, class_name="nt-tools")
