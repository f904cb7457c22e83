"""The status tag: glyph, word and tint always together."""

import reflex as rx

from components.kit.base import Value
from components.kit.icons import glyph_of


def status(state: Value, label: Value, small: bool = False) -> rx.Component:
    """A state (waiting, in_progress, action_required, blocked, released, cancelled) with its word."""
    size = " st-s" if small else ""
    return rx.el.span(glyph_of(state), rx.el.span(label), class_name=f"st st-{state}{size}")


def now(label: Value = "À l’instant") -> rx.Component:
    """The yellow disc and words of something that has just changed."""
    return rx.el.span(label, class_name="now")


def ago(iso: Value, label: Value) -> rx.Component:
    """A relative time that assets/js/passavant.js keeps ticking."""
    return rx.el.time(label, date_time=iso, class_name="ago", custom_attrs={"data-since": iso})
