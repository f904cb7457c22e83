"""The one renderer of forms: a declaration (models/kernel/forms) and its draft (state/kit/form.py), to markup.

A declaration is given by the page: `asked`, how each field is asked by its name, and `id_of(name)`. Each field has a
visible label, its hint and its error tied to it, and what was typed; the whole, a summary of what is to correct.
"""

import reflex as rx

from components.kit import forms, picks
from components.kit.base import Option, Value, native_form


def form(
    declared: Value, draft: Value, *children: Value, on_submit: Value, asked: bool = False, **props: Value
) -> rx.Component:
    """A form that a State reads: its summary, then `children`, or all its fields before them when `asked`."""
    fields = controls(declared, draft) if asked else []
    return rx.el.form(
        *summary(draft),
        *fields,
        *children,
        on_submit=on_submit,
        no_validate=True,
        **{"class_name": "form", **props},
    )


def posted(
    declared: Value, draft: Value, *children: Value, action: Value, asked: bool = False, **props: Value
) -> rx.Component:
    """A form that the browser itself sends to an HTTP route; `draft` is None where nothing is shown again."""
    fields = controls(declared, draft) if asked else []
    return native_form(
        *summary(draft, beyond=0),
        *fields,
        *children,
        action=action,
        no_validate=True,
        **{"class_name": "form", **props},
    )


def controls(declared: Value, draft: Value, *names: str) -> list[rx.Component]:
    """These fields, or all."""
    return [control(declared, name, draft) for name in names or declared.asked]


def control(
    declared: Value,
    name: str,
    draft: Value = None,
    *,
    choices: Value = None,
    required: bool | None = None,
    **props: Value,
) -> rx.Component:
    """One field; `choices` are {value, label}, where the declaration leaves them to the page.

    `required`: whether it must be filled in here, where the declaration cannot know and the verb asks.
    A field that is live has its `value` and `on_change` from the page.
    """
    asked, id_ = declared.asked[name], declared.id_of(name)
    typed = "" if draft is None else draft.typed.get(name, "")
    if draft is not None and not asked.kind.endswith(
        "password"
    ):  # what is typed of a secret is nowhere but there
        props = {"key": draft.version.to_string(), **props}
    if asked.kind == "hidden":
        held = {"value": props["value"], "read_only": True} if "value" in props else {"default_value": typed}
        return rx.el.input(type="hidden", name=name, id=id_, **{**props, **held})
    if asked.kind == "checkbox":
        return picks.pick(
            id_, asked.label, name=name, value="on", detail=asked.hint, type_="checkbox",
            **{"default_checked": typed == "on", **props},
        )  # fmt: skip
    tied = {
        "name": name,
        "hint": asked.hint,
        "error": "" if draft is None else draft.errors.get(name, ""),
        "required": bool(asked.missing) if required is None else required,
    }
    options = [Option(*pair) for pair in asked.choices.items()] if choices is None else choices
    if asked.kind == "radios":
        return picks.radios(id_, asked.label, options, **tied, **{"chosen": typed, **props})
    held = {} if "value" in props else {"default_value": typed}
    return _labelled(asked, id_, options, tied, {**held, **props})


def boxes(declared: Value, legend: str, draft: Value, *names: str) -> rx.Component:
    """Boxes under one question; what is wrong with them all is said of the first."""
    id_ = declared.id_of(names[0])
    error = draft.errors.get(names[0], "")
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="lab"),
        forms.error_of(id_, error),
        rx.el.div(*controls(declared, draft, *names), class_name="of-picks"),
        class_name="field",
        aria_describedby=rx.cond(error != "", f"{id_}-error", ""),
    )


def _labelled(asked: Value, id_: str, options: Value, tied: Value, props: Value) -> rx.Component:
    optional = not tied["required"]
    if asked.kind == "select":
        return forms.select_field(id_, asked.label, options, optional=optional, **tied, **props)
    typing = {**_typing(asked), **tied, **props}
    if asked.kind == "textarea":
        return forms.textarea_field(id_, asked.label, optional=optional, rows=str(asked.rows), **typing)
    if asked.kind in ("password", "new-password"):
        typing.pop("default_value")
        secret = forms.password_field if asked.kind == "password" else forms.new_password_field
        return secret(id_, asked.label, **typing)
    return forms.field(id_, asked.label, optional=optional, **{"type": str(asked.kind), **typing})


def _typing(asked: Value) -> dict[str, Value]:
    """The limits and helps of a field that one types in."""
    said = {"input_mode": asked.input_mode, "min": asked.least, "max": asked.most, "step": asked.step}
    props: dict[str, Value] = {name: value for name, value in said.items() if value}
    if asked.kind not in ("password", "new-password"):
        props["auto_complete"] = asked.completion
    if asked.kind not in ("date", "time", "number"):
        props["max_length"] = asked.longest
    return props


def beside(
    declared: Value, name: str, button: rx.Component, draft: Value = None, **props: Value
) -> rx.Component:
    """One field of a line, with the button that sends it on the same line."""
    asked, id_ = declared.asked[name], declared.id_of(name)
    error = "" if draft is None else draft.errors.get(name, "")
    return forms.line(
        id_,
        asked.label,
        button,
        **{"name": name, "hint": asked.hint, "error": error, **_typing(asked), **props},
    )


def summary(draft: Value, *, beyond: int = 1) -> list[rx.Component]:
    """What to correct; a form of this page says it from the second wrong field on: one alone has the focus itself."""
    if draft is None:
        return []
    listed = rx.el.div(forms.error_summary("À corriger", draft.wrong), key=draft.attempt.to_string())
    return [rx.cond(draft.wrong.length() > beyond, listed)]
