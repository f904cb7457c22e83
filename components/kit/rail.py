"""The eight-chevron rail: short (.pass), its legend, and the long one of the file page (.passline)."""

import reflex as rx

from components.kit.base import Value, vh, when
from components.kit.icons import icon

_WORDS = {
    "d": "fait",
    "s": "sans objet",
    "q": "en attente",
    "p": "en cours",
    "a": "action requise",
    "f": "terminé",
}
"""A step that went badly, or stands blocked, says so in words of its own (`failed` of a segment)."""


def rail(codes: Value, label: Value) -> rx.Component:
    """Eight segments; codes are d, x (went badly), w, s, then one of q, p, a, b, f; label is read aloud."""
    return rx.el.span(
        rx.foreach(codes, lambda code: rx.el.span(class_name=f"seg seg-{code}")),
        class_name="pass",
        role="img",
        aria_label=label,
    )


def rail_caption(step: Value, position: Value) -> rx.Component:
    """The words always written under a rail."""
    return rx.el.span(
        rx.el.span(step, class_name="cap-step"),
        rx.el.span(position, class_name="cap-at"),
        class_name="passcap",
    )


def captioned_rail(codes: Value, label: Value, step: Value, position: Value) -> rx.Component:
    """A rail and its caption."""
    return rx.el.div(rail(codes, label), rail_caption(step, position), class_name="railbox")


def legend() -> rx.Component:
    """What the segments mean, for the foot of a list."""
    return rx.el.ul(
        *[
            rx.el.li(rx.el.span(class_name=f"seg seg-{code} seg-key", aria_hidden="true"), word)
            for code, word in (("d", "Fait"), ("x", "Non conforme"), ("s", "Sans objet"), ("w", "À venir"))
        ],
        class_name="legend",
        role="list",
    )


def _passline_head(code: Value, position: Value) -> rx.Component:
    return rx.el.span(
        rx.match(
            code,
            ("d", icon("check", 18)),
            ("f", icon("check", 18)),
            ("x", icon("x", 18)),
            rx.el.span(position),
        ),
        class_name=f"chev chev-{code}",
        aria_hidden="true",
    )


def _passline_step(step: Value, index: Value) -> rx.Component:
    return rx.el.li(
        _passline_head(step.code, index + 1),
        rx.el.span(
            step.label,
            vh(
                rx.match(
                    step.code,
                    ("x", " (" + step.failed + ")"),
                    ("b", " (" + rx.cond(step.failed != "", step.failed, "bloqué") + ")"),
                    *[(code, f" ({word})") for code, word in _WORDS.items()],
                    " (à venir)",
                )
            ),
            class_name="chev-label",
        ),
        rx.el.span(step.time, class_name="chev-time"),
        aria_current=when(step.current, "step"),
    )


def passline(steps: Value) -> rx.Component:
    """The long rail of the file page: steps of {code, label, time, current, failed}. Hidden on phone."""
    return rx.el.ol(
        rx.foreach(steps, _passline_step), class_name="passline", role="list", aria_label="Étapes"
    )
