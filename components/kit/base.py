"""Small helpers every component uses: links, hidden text, native forms."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.react_router import ReactRouterLink

Value = Any
"""A plain value, or a Reflex Var of it."""

ABSENT: rx.Var[Any] = rx.Var("undefined")
"""An attribute given this value is not rendered."""

HERE = rx.Var(
    '(typeof window === "undefined" ? "" : encodeURIComponent(window.location.pathname + window.location.search))'
).to(str)
"""The address of the page, fit for a query; empty where the server draws it first."""


@dataclass(frozen=True)
class Option:
    """One choice of a select or of a radio group."""

    value: str
    label: str
    detail: str = ""


class NativeForm(BaseHTML):
    """A <form> the browser itself submits (rx.el.form always prevents that)."""

    tag = "form"

    action: rx.Var[str] = field(doc="URL the form is sent to.")
    method: rx.Var[str] = field(doc="get or post.")
    enc_type: rx.Var[str] = field(doc="Encoding of the body.")
    no_validate: rx.Var[bool] = field(doc="Leave validation to the server.")
    auto_complete: rx.Var[str] = field(doc="on or off.")


class Anchor(BaseHTML):
    """An <a> the browser itself follows (rx.el.a becomes a router link when its address is plain)."""

    tag = "a"

    href: rx.Var[str] = field(doc="Address, or #id of this page.")
    download: rx.Var[str] = field(doc="Name under which to save what it leads to.")
    target: rx.Var[str] = field(doc="_blank for a new tab.")
    rel: rx.Var[str] = field(doc="noopener, when it leads elsewhere.")


def native_form(*children: Value, action: Value, method: str = "post", **props: Value) -> rx.Component:
    """A real form, answered by an HTTP route."""
    return NativeForm.create(*children, action=action, method=method, **props)


def anchor(*children: Value, href: Value, **props: Value) -> rx.Component:
    """A plain link: inside the page, to a file, or out of the portal."""
    return Anchor.create(*children, href=href, **props)


def link(*children: Value, href: Value, **props: Value) -> rx.Component:
    """A link inside the portal: changes page without reloading, so the live connection stays."""
    return ReactRouterLink.create(*children, to=href, **props)


def vh(*children: Value) -> rx.Component:
    """Text for screen readers only."""
    return rx.el.span(*children, class_name="vh")


def when(condition: Value, value: Value, other: Value = ABSENT) -> Value:
    """An attribute's value that depends on a condition; absent otherwise."""
    return rx.cond(condition, value, other)


def instant_search(*children: Value, on_submit: Value, **props: Value) -> rx.Component:
    """A form that sends itself as one types (assets/js/search.js), around a search_input()."""
    return rx.el.form(
        *children, on_submit=on_submit, role="search", custom_attrs={"data-instant": ""}, **props
    )


def search_input(searched: Value, **props: Value) -> rx.Component:
    """The field of an instant_search(); `searched` is what the results below are for."""
    attributes = {"data-searched": searched, **props.pop("custom_attrs", {})}
    return rx.el.input(
        type="search",
        name="q",
        default_value=searched,
        auto_complete="off",
        max_length=200,
        class_name="inp",
        custom_attrs=attributes,
        **props,
    )
