"""What the Reflex app is given once: stylesheets, head, and French replacements of Reflex's own screens."""

from collections.abc import Callable

import reflex as rx

from components.kit import live
from components.kit.feedback import error_boundary

_SHEETS = (
    "tokens", "base", "shell", "status", "controls", "listing", "filepage", "handling",
    "assistance", "feedback", "public", "dashboard", "links", "booking", "offer", "plan", "agent", "notices", "verify", "print"
)  # fmt: skip

STYLESHEETS = [f"css/{name}.css" for name in _SHEETS]
"""For rx.App(stylesheets=...), with reset_style=False (Tailwind's preflight is the reset)."""


def head() -> list[rx.Component]:
    """For rx.App(head_components=...): the text font, the icon, our small scripts."""
    return [
        rx.el.link(
            rel="preload",
            href="/fonts/atkinson.woff2",
            type="font/woff2",
            cross_origin="anonymous",
            custom_attrs={"as": "font"},
        ),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.link(rel="apple-touch-icon", href="/icons/passavant-192.png"),
        rx.el.meta(name="theme-color", content="#0A2F3B"),
        rx.el.script(src="/js/passavant.js", defer=True),
        rx.el.script(src="/js/search.js", defer=True),
        rx.el.script(src="/js/worker.js", defer=True),
        rx.el.script(src="/js/push.js", defer=True),
    ]


def app_wraps() -> dict[tuple[int, str], Callable[[bool], rx.Component | None]]:
    """For rx.App(app_wraps=...): replaces the English connection overlay and error screen."""
    return {
        (55, "ErrorBoundary"): lambda _stateful: error_boundary(),
        (5, "Overlay"): lambda stateful: live.overlay() if stateful else None,
    }
