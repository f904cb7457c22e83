"""Real tabs: one tab stop, arrows between them (assets/js/passavant.js), a panel for each."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from components.kit.base import Value


@dataclass(frozen=True)
class Tab:
    """One tab; its count is shown after its label, unless it is empty."""

    key: str
    label: str
    count: Value = ""


def tabs(id_: str, label: str, items: Sequence[Tab], *, selected: Value, on_select: Value) -> rx.Component:
    """The row of tabs; on_select is given the key of the one chosen."""

    def one(tab: Tab) -> rx.Component:
        here = selected == tab.key
        count = rx.cond(tab.count != "", rx.el.span(tab.count, class_name="tab-n"))
        return rx.el.button(
            tab.label,
            count,
            type="button",
            role="tab",
            id=f"{id_}-{tab.key}",
            aria_selected=rx.cond(here, "true", "false"),
            aria_controls=f"{id_}-{tab.key}-panel",
            tab_index=rx.cond(here, 0, -1),
            class_name="tab-b",
            on_click=on_select(tab.key),
        )

    return rx.el.div(*[one(tab) for tab in items], role="tablist", aria_label=label, class_name="tabs-row")


def panel(id_: str, key: str, *content: Value, selected: Value) -> rx.Component:
    """What a tab shows."""
    return rx.el.div(
        *content,
        role="tabpanel",
        id=f"{id_}-{key}-panel",
        aria_labelledby=f"{id_}-{key}",
        hidden=selected != key,
    )
