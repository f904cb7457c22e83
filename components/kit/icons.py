"""The mark, the status glyphs and the lucide icons. All are hidden from screen readers."""

import reflex as rx

from components.kit.base import Value, vh

_KNOCKED_OUT = "var(--k, #fff)"


def icon(name: str, size: int = 20, class_name: str = "") -> rx.Component:
    """A lucide icon (the word beside it carries the meaning)."""
    return rx.icon(name, size=size, aria_hidden="true", class_name=f"ic {class_name}")


def _svg(*shapes: rx.Component, box: str, class_name: str) -> rx.Component:
    return rx.el.svg(
        *shapes,
        view_box=box,
        class_name=class_name,
        custom_attrs={"aria-hidden": "true", "focusable": "false"},
    )


def mark() -> rx.Component:
    """The Passavant glyph: a mast and a flag cut as a forward chevron."""
    return _svg(
        rx.el.path(d="M0 0h5.5v26H0z", fill="currentColor"),
        rx.el.path(d="M7.5 0h7L24.5 9 14.5 18h-7z", class_name="mark-flag"),
        box="0 0 25 26",
        class_name="mark",
    )


def wordmark() -> rx.Component:
    """The glyph followed by "assavant", read as "Passavant"."""
    return rx.el.span(
        mark(),
        rx.el.span("assavant", class_name="wordmark-text", custom_attrs={"aria-hidden": "true"}),
        vh("Passavant"),
        class_name="wordmark",
    )


def _line(d: str, width: str) -> rx.Component:
    return rx.el.path(
        d=d,
        fill="none",
        stroke=_KNOCKED_OUT,
        stroke_width=width,
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def _shapes(state: str) -> list[rx.Component]:
    ring = {"cx": "8", "cy": "8", "r": "6", "fill": "none", "stroke": "currentColor", "stroke_width": "2"}
    if state == "in_progress":
        return [rx.el.circle(**ring), rx.el.path(d="M8 3.6a4.4 4.4 0 0 1 0 8.8z", fill="currentColor")]
    if state == "action_required":
        return [
            rx.el.path(d="M8 .6 15.4 8 8 15.4.6 8z", fill="currentColor"),
            _line("M8 4.3v4.2M8 11.1v.2", "1.9"),
        ]
    if state == "blocked":
        return [
            rx.el.path(d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z", fill="currentColor"),
            _line("M4.6 8h6.8", "2.3"),
        ]
    if state == "released":
        return [
            rx.el.path(d="M1 2.5h9L15.4 8 10 13.5H1z", fill="currentColor"),
            _line("m4.3 8.1 2.2 2.2 4-4.3", "1.9"),
        ]
    if state == "cancelled":
        return [
            rx.el.circle(**ring),
            rx.el.path(d="m4 12 8-8", stroke="currentColor", stroke_width="2", stroke_linecap="round"),
        ]
    return [rx.el.circle(**ring, stroke_dasharray="2.6 2.11")]


def glyph(state: str) -> rx.Component:
    """The status glyph of a state known when the page is written."""
    return _svg(*_shapes(state), box="0 0 16 16", class_name=f"gl gl-{state}")


def glyph_of(state: Value) -> rx.Component:
    """The status glyph of a state held in a Var."""
    if isinstance(state, str):
        return glyph(state)
    named = ("in_progress", "action_required", "blocked", "released", "cancelled")
    return rx.match(state, *[(name, glyph(name)) for name in named], glyph("waiting"))


def _pick(value: Value, names: dict[str, str], default: str, size: int) -> rx.Component:
    if isinstance(value, str):
        return icon(names.get(value, default), size)
    return rx.match(value, *[(key, icon(name, size)) for key, name in names.items()], icon(default, size))


_ACTORS = {
    "operator": "user",
    "sivep": "stamp",
    "customs": "landmark",
    "carrier": "ship",
    "laboratory": "flask-conical",
}
_DOCUMENTS = {
    "ched": "file-check",
    "certificate": "leaf",
    "invoice": "receipt-text",
    "transport": "ship",
    "customs": "landmark",
    "laboratory": "flask-conical",
}


def actor_icon(actor: Value, size: int = 16) -> rx.Component:
    """Who acts: operator, sivep, customs, carrier, laboratory; a check for nobody."""
    return _pick(actor, _ACTORS, "check", size)


def document_icon(kind: Value) -> rx.Component:
    """A document: ched, certificate, invoice, transport, customs, laboratory; else a plain file."""
    return _pick(kind, _DOCUMENTS, "file-text", 20)
