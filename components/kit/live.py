"""The truth about the live connection, computed in the browser (see assets/js/live.js)."""

import reflex as rx
from reflex_base.constants import Hooks, Imports
from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData

from components.kit.base import Value, vh
from components.kit.icons import icon

_DATA = VarData(
    imports={**Imports.CONNECT_ERRORS, "$/public/js/live.js": [ImportVar(tag="useLive")]},
    hooks={
        Hooks.CONNECT_ERRORS: None,
        "const pvLive = useLive(connectErrors.length);": None,
    },
)

state = rx.Var("pvLive.state", _var_data=_DATA).to(str)
"""on, first (not connected yet), retry or off."""

since = rx.Var("pvLive.since", _var_data=_DATA).to(str)
"""When the data on screen stopped being live ("14 h 28"), or empty."""

recovered = rx.Var("pvLive.recovered", _var_data=_DATA).to(bool)
"""True for a few seconds after the connection came back."""


def _retry_button() -> rx.Component:
    return rx.el.button(
        "Réessayer", type="button", class_name="live-again", custom_attrs={"data-reconnect": ""}
    )


def _stale() -> rx.Component:
    return rx.cond(since != "", rx.el.span("Données de " + since, class_name="live-since"))


def indicator(ended: Value) -> rx.Component:
    """The dot and word of the top bar: En direct, Reconnexion, Hors ligne; Déconnecté once the session has ended."""
    return rx.el.div(
        rx.cond(
            ended,
            "Déconnecté",
            rx.match(
                state,
                ("on", rx.fragment("En direct", rx.cond(recovered, vh(", connexion rétablie")))),
                ("first", rx.fragment("Connexion…")),
                ("retry", rx.fragment("Reconnexion…", _stale())),
                rx.fragment("Hors ligne", _stale()),
            ),
        ),
        class_name=rx.cond(ended, "live live-off", "live live-" + state),
        role="status",
    )


def overlay() -> rx.Component:
    """Replaces Reflex's English overlay (app_wraps); memoized, as it must render inside the event loop."""
    return rx.fragment(rx.memo(offline_strip)())


def offline_strip() -> rx.Component:
    """A French strip, shown once the connection is really lost."""
    return rx.cond(
        state == "off",
        rx.el.section(
            icon("wifi-off", 18),
            rx.el.p(
                rx.el.strong("Hors ligne."),
                rx.cond(since != "", " Les données affichées datent de " + since + ".", ""),
                " Nous réessayons.",
            ),
            _retry_button(),
            class_name="offline on-ink",
            aria_label="Connexion",
        ),
    )
