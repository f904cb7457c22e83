"""Form controls: visible label, hint, error, input, in that order."""

from collections.abc import Sequence

import reflex as rx

from components.kit.base import Value, anchor, link, vh
from components.kit.icons import icon


def button(
    *children: Value,
    kind: str = "1",
    lead: str = "",
    type_: str = "button",
    compact: bool = False,
    **props: Value,
) -> rx.Component:
    """A button. kind: 1 primary, 2 secondary, sig ("c'est à vous"), ink (on yellow), danger, t (text)."""
    size = " btn-s" if compact else ""
    return rx.el.button(
        *([icon(lead)] if lead else []), *children, type=type_, class_name=f"btn btn-{kind}{size}", **props
    )


def submit(*children: Value, kind: str = "1", lead: str = "", **props: Value) -> rx.Component:
    """The button that sends its form."""
    return button(*children, kind=kind, lead=lead, type_="submit", **props)


def link_button(
    *children: Value, href: Value, kind: str = "2", lead: str = "", **props: Value
) -> rx.Component:
    """A link inside the portal that looks like a button."""
    return link(*([icon(lead)] if lead else []), *children, href=href, class_name=f"btn btn-{kind}", **props)


def described(id_: str, hint: Value, error: Value) -> Value:
    """What ties a field to its hint and to its error."""
    hinted = f"{id_}-hint" if given(hint) else ""
    if not given(error):
        return {"aria_describedby": hinted} if hinted else {}
    both = f"{hinted} {id_}-error".strip()
    return {
        "aria_describedby": rx.cond(error != "", both, hinted),
        "aria_invalid": rx.cond(error != "", "true", "false"),
    }


def given(text: Value) -> bool:
    """Whether there is such a text, now or later."""
    return not (isinstance(text, str) and text == "")


def _frame(
    id_: str,
    label: Value,
    control: rx.Component,
    *,
    hint: Value,
    error: Value,
    optional: bool,
    quiet: bool = False,
) -> rx.Component:
    """Label, hint, error, control; quiet: a label that what stands around it says already, heard and not seen."""
    return rx.el.div(
        rx.el.label(
            label,
            *([rx.el.span(" (facultatif)", class_name="opt")] if optional and not quiet else []),
            html_for=id_,
            class_name="vh" if quiet else "lab",
        ),
        *([rx.el.p(hint, id=f"{id_}-hint", class_name="hint")] if given(hint) else []),
        *([error_of(id_, error)] if given(error) else []),
        control,
        class_name=rx.cond(error != "", "field field-err", "field") if given(error) else "field",
    )


def error_of(id_: str, error: Value) -> rx.Component:
    """What is wrong with a field, when something is."""
    return rx.cond(error != "", rx.el.p(icon("circle-alert", 16), error, id=f"{id_}-error", class_name="err"))


def field(
    id_: str,
    label: Value,
    *,
    name: str = "",
    hint: Value = "",
    error: Value = "",
    optional: bool = False,
    quiet: bool = False,
    **props: Value,
) -> rx.Component:
    """A one-line field; props go to the <input> (type, auto_complete, default_value, on_change...)."""
    control = rx.el.input(
        id=id_,
        name=name or id_,
        class_name="inp",
        **described(id_, hint, error),
        **{"type": "text", **props},
    )
    return _frame(id_, label, control, hint=hint, error=error, optional=optional, quiet=quiet)


def line(
    id_: str,
    label: Value,
    action: rx.Component,
    *,
    hint: Value = "",
    error: Value = "",
    class_name: str = "",
    **props: Value,
) -> rx.Component:
    """A one-line field with its button beside it."""
    control = rx.el.div(
        rx.el.input(id=id_, type="text", class_name="inp", **described(id_, hint, error), **props),
        action,
        class_name=class_name,
    )
    return _frame(id_, label, control, hint=hint, error=error, optional=False)


def textarea_field(
    id_: str,
    label: Value,
    *,
    name: str = "",
    hint: Value = "",
    error: Value = "",
    optional: bool = False,
    **props: Value,
) -> rx.Component:
    """A field of several lines; props go to the <textarea>."""
    control = rx.el.textarea(
        id=id_,
        name=name or id_,
        class_name="inp inp-area",
        **described(id_, hint, error),
        **{"rows": "4", **props},
    )
    return _frame(id_, label, control, hint=hint, error=error, optional=optional)


def select(
    id_: Value, options: Value, *, name: Value = "", label: Value = "", **props: Value
) -> rx.Component:
    """A bare <select> of {value, label}; label names it when none is visible."""
    named = {"aria_label": label} if given(label) else {}
    return rx.el.span(
        rx.el.select(
            rx.foreach(options, lambda option: rx.el.option(option.label, value=option.value)),
            id=id_,
            name=name if given(name) else id_,
            class_name="inp inp-sel",
            **named,
            **props,
        ),
        icon("chevron-down", 20, "sel-arrow"),
        class_name="sel",
    )


def select_field(
    id_: str,
    label: Value,
    options: Value,
    *,
    hint: Value = "",
    error: Value = "",
    optional: bool = False,
    quiet: bool = False,
    **props: Value,
) -> rx.Component:
    """A labelled list of choices; options are {value, label}."""
    control = select(id_, options, **described(id_, hint, error), **props)
    return _frame(id_, label, control, hint=hint, error=error, optional=optional, quiet=quiet)


def password_field(
    id_: str, label: Value, *, hint: Value = "", error: Value = "", new: bool = False, **props: Value
) -> rx.Component:
    """A password with a show/hide button (assets/js/passavant.js)."""
    completion = "new-password" if new else "current-password"
    control = rx.el.span(
        rx.el.input(
            id=id_,
            type="password",
            class_name="inp",
            **described(id_, hint, error),
            **{"name": id_, "auto_complete": completion, "max_length": 200, **props},
        ),
        rx.el.button(
            icon("eye", 20, "eye-on"),
            icon("eye-off", 20, "eye-off"),
            vh("Afficher le mot de passe"),
            type="button",
            class_name="reveal",
            aria_pressed="false",
            custom_attrs={"data-reveals": id_},
        ),
        class_name="pwd",
    )
    return _frame(id_, label, control, hint=hint, error=error, optional=False)


def new_password_field(
    id_: str,
    label: Value,
    *,
    rules: Sequence[tuple[str, str]] = (),
    least: int = 0,
    hint: Value = "",
    error: Value = "",
    **props: Value,
) -> rx.Component:
    """A password to choose, above its rules (key, words), which assets/js/passavant.js ticks while one types.

    least: how many characters the rule `length` wants.
    """

    def rule(key: str, words: str) -> rx.Component:
        left = rx.el.span(f", il en manque\u00a0{least}", aria_hidden="true", custom_attrs={"data-left": ""})
        return rx.el.li(
            icon("circle", 16, "rule-due"),
            icon("check", 16, "rule-met"),
            rx.el.span(
                words,
                *([left] if key == "length" else []),
                vh("\u00a0: ", rx.el.span("manque", custom_attrs={"data-said": ""})),
            ),
            custom_attrs={"data-rule": key, "data-least": str(least)},
        )

    return rx.el.div(
        password_field(id_, label, hint=hint, error=error, new=True, **props),
        rx.el.ul(
            *[rule(key, words) for key, words in rules],
            role="list",
            class_name="rules",
            aria_live="polite",
            custom_attrs={"data-rules-of": id_},
        ),
    )


def error_summary(title: Value, errors: Value) -> rx.Component:
    """What to correct; errors are {href: "#field", label}. Takes the focus when it appears."""
    return rx.el.div(
        icon("circle-alert", 20),
        rx.el.div(
            rx.el.h2(title, class_name="note-title"),
            rx.el.ul(rx.foreach(errors, lambda e: rx.el.li(anchor(e.label, href=e.href))), role="list"),
        ),
        class_name="note note-err",
        tab_index=-1,
        role="alert",
        custom_attrs={"data-focus": ""},
    )
