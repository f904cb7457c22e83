"""Radios and boxes that are clickable all over, alone or under one question."""

from collections.abc import Sequence

import reflex as rx

from components.kit.base import Value
from components.kit.forms import described, error_of, given


def pick(
    id_: Value,
    label: Value,
    *,
    name: str,
    value: Value,
    detail: Value = "",
    type_: str = "radio",
    **props: Value,
) -> rx.Component:
    """A radio or a checkbox in a box that is clickable all over."""
    return rx.el.label(
        rx.el.input(id=id_, type=type_, name=name, value=value, **props),
        rx.el.span(
            rx.el.span(label, class_name="pick-label"),
            *([rx.el.span(detail, class_name="pick-detail")] if given(detail) else []),
        ),
        html_for=id_,
        class_name="pick",
    )


def radio_group(
    name: str, legend: Value, options: Value, *, value: Value, on_change: Value, error: Value = ""
) -> rx.Component:
    """Radios under one question; options are {value, label}, on_change is given the value chosen."""

    def one(option: Value) -> rx.Component:
        return pick(
            f"{name}-" + option.value,
            option.label,
            name=name,
            value=option.value,
            checked=value == option.value,
            on_change=lambda _: on_change(option.value),
        )

    return rx.el.fieldset(
        rx.el.legend(legend, class_name="lab"),
        *([error_of(name, error)] if given(error) else []),
        rx.el.div(rx.foreach(options, one), class_name="picks"),
        id=name,
        custom_attrs={"role": "radiogroup"},
        class_name="field",
        **described(name, "", error),
    )


def radios(
    id_: str,
    legend: Value,
    options: Sequence[Value],
    *,
    name: str,
    chosen: Value,
    hint: Value = "",
    error: Value = "",
    required: bool = False,
    **props: Value,
) -> rx.Component:
    """Radios under one question, none of which is live: the form takes the one that is chosen. Options {value, label}."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="lab"),
        *([rx.el.p(hint, id=f"{id_}-hint", class_name="hint")] if given(hint) else []),
        *([error_of(id_, error)] if given(error) else []),
        rx.el.div(
            *[
                pick(
                    f"{id_}-{option.value}",
                    option.label,
                    name=name,
                    value=option.value,
                    default_checked=chosen == option.value,
                    **props,
                )
                for option in options
            ],
            class_name="picks",
        ),
        id=id_,
        custom_attrs={"role": "radiogroup"},
        aria_required="true" if required else "false",
        class_name="field",
        **described(id_, hint, error),
    )
