"""Notes, toasts, empty states, skeletons, pager, and the screen shown when a page breaks."""

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary

from components.kit.base import Value, anchor, link, vh, when
from components.kit.forms import button
from components.kit.icons import glyph, icon

_ICONS = {"info": "info", "warn": "triangle-alert", "err": "circle-alert", "ok": "circle-check"}


def note(kind: str, title: Value, *body: Value) -> rx.Component:
    """A notice: info, warn, err or ok; icon, bold sentence, detail."""
    return rx.el.div(
        icon(_ICONS[kind], 20),
        rx.el.div(rx.el.p(title, class_name="note-title"), *[rx.el.div(part) for part in body]),
        class_name=f"note note-{kind}",
    )


def refused(title: Value, reason: Value) -> rx.Component:
    """Why this person may not open the page."""
    return rx.el.div(note("info", title, rx.el.p(reason)), custom_attrs={"data-refused": ""})


def toasts(*children: Value) -> rx.Component:
    """The region where toasts appear: keep it on the page, even empty."""
    return rx.el.div(*children, class_name="toasts", role="status")


def toast(message: Value, on_close: Value, *, action: rx.Component | None = None) -> rx.Component:
    """What has just been done, with an optional undo button; put it inside toasts()."""
    return rx.el.div(
        glyph("released"),
        rx.el.p(message),
        *([action] if action is not None else []),
        rx.el.button(icon("x", 18), vh("Fermer"), type="button", class_name="icon-btn", on_click=on_close),
        class_name="toast on-ink",
    )


def empty(title: Value, text: Value, action: rx.Component | None = None) -> rx.Component:
    """What will appear here, and the action that makes it appear."""
    return rx.el.div(
        rx.el.span(
            *[rx.el.span(class_name="ghost") for _ in range(4)], class_name="ghosts", aria_hidden="true"
        ),
        rx.el.h2(title, class_name="h2"),
        rx.el.p(text, class_name="soft"),
        *([action] if action is not None else []),
        class_name="empty",
    )


def skeleton(lines: int = 3) -> rx.Component:
    """The shape of what is coming (it fades in after 300 ms)."""
    bars = [rx.el.span(class_name="skel-bar") for _ in range(lines * 3)]
    return rx.el.div(vh("Chargement"), *bars, class_name="skel", role="status", aria_busy="true")


def _step(label: str, lead: str, href: Value) -> rx.Component:
    inside = [icon("chevron-left"), label] if lead == "left" else [label, icon("chevron-right")]
    return rx.cond(
        href != "",
        link(*inside, href=href, class_name="page-step"),
        rx.el.span(*inside, class_name="page-step page-none", aria_hidden="true"),
    )


def pager(previous: Value, next_: Value, label: Value = "") -> rx.Component:
    """Previous and next page; an empty address hides the step. label: "1 à 13 sur 24"."""
    return rx.el.nav(
        _step("Précédents", "left", previous),
        rx.el.span(label, class_name="page-at"),
        _step("Suivants", "right", next_),
        class_name="pager",
        aria_label="Pages",
    )


def page_numbers(pages: Value) -> rx.Component:
    """Numbered pages: {href, label, current}."""
    return rx.el.nav(
        rx.foreach(
            pages,
            lambda page: link(
                page.label, href=page.href, class_name="page-no", aria_current=when(page.current, "page")
            ),
        ),
        class_name="pager",
        aria_label="Pages",
    )


def dialog(id_: str, title: Value, *body: Value, actions: list[rx.Component] | None = None) -> rx.Component:
    """A native modal dialog, opened by a button carrying data-opens=id."""
    return rx.el.dialog(
        rx.el.h2(title, id=f"{id_}-title", class_name="h2"),
        *body,
        rx.el.div(*(actions or []), class_name="modal-actions"),
        id=id_,
        class_name="modal",
        aria_labelledby=f"{id_}-title",
    )


def asking(id_: str, key: Value, title: Value, *body: Value, actions: list[rx.Component]) -> rx.Component:
    """A modal dialog that opens as it appears, when the server asks something; another `key` asks anew."""
    return rx.el.dialog(
        rx.el.h2(title, id=f"{id_}-title", class_name="h2"),
        *body,
        rx.el.div(*actions, class_name="modal-actions"),
        id=id_,
        key=key,
        class_name="modal",
        aria_labelledby=f"{id_}-title",
        custom_attrs={"data-modal": ""},
    )


def confirm(id_: str, title: Value, body: Value, verb: str, on_confirm: Value) -> rx.Component:
    """A dialog that asks once more before something that cannot be undone: `verb`, or keep things as they are."""
    closes = {"data-closes": ""}
    return dialog(
        id_,
        title,
        rx.el.p(body),
        actions=[
            button(verb, kind="danger", on_click=on_confirm, custom_attrs=closes),
            button("Garder", custom_attrs=closes, auto_focus=True),
        ],
    )


def broken_page() -> rx.Component:
    """Shown instead of a page whose script failed; never a stack trace."""
    return rx.el.main(
        note(
            "err",
            "Cette page n’a pas pu s’afficher.",
            rx.el.p("L’incident est enregistré. Rien de ce que vous aviez validé n’est perdu."),
        ),
        rx.el.p(anchor("Recharger", href="", class_name="btn btn-1"), class_name="broken-act"),
        class_name="broken",
    )


def error_boundary() -> rx.Component:
    """Replaces Reflex's English error screen; for app_wraps."""
    return ErrorBoundary.create(fallback_render=rx.Var.create(broken_page()))
