"""The forms of what a post offers: hours, closures, bays, lengths and rules, each as its declaration says."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value
from components.kit.forms import button, submit

_NEW, _KEPT = "Ajouter au brouillon", "Garder dans le brouillon"


def _row(*fields: Value) -> rx.Component:
    return rx.el.div(*fields, class_name="of-fields")


def _is_new(draft: Value, name: str) -> Value:
    return draft.typed.get(name, "") == ""


def hours_form(
    form: Value, draft: Value, days: Value, on_save: Value, on_remove: Value, on_new: Value
) -> rx.Component:
    """One line of hours, or several alike for several of `days`."""
    new = _is_new(draft, "line")
    return declared.form(
        form,
        draft,
        rx.el.h3(rx.cond(new, "Ajouter une plage", "Modifier la plage"), class_name="h3", id="plage"),
        *declared.controls(form, draft, "line", "service"),
        declared.boxes(form, "Jours", draft, *days),
        _row(*declared.controls(form, draft, "opens", "closes", "inspectors")),
        _row(*declared.controls(form, draft, "season_from", "season_to")),
        declared.control(form, "on_holidays", draft),
        rx.el.div(
            submit(rx.cond(new, _NEW, _KEPT)),
            rx.cond(
                new,
                rx.fragment(),
                rx.fragment(
                    button(
                        "Supprimer la plage", kind="danger", on_click=on_remove(draft.typed.get("line", ""))
                    ),
                    button("Nouvelle plage", kind="t", on_click=on_new("")),
                ),
            ),
            class_name="form-acts",
        ),
        on_submit=on_save,
    )


def closure_form(form: Value, draft: Value, places: Value, on_add: Value) -> rx.Component:
    """What is closed, or who is away, from when to when."""
    return declared.form(
        form,
        draft,
        rx.el.h3("Ajouter une fermeture ou une absence", class_name="h3"),
        declared.control(form, "what", draft, choices=places),
        _row(*declared.controls(form, draft, "from_day", "from_time")),
        _row(*declared.controls(form, draft, "until_day", "until_time")),
        *declared.controls(form, draft, "absent", "reason"),
        rx.el.div(submit(_NEW), class_name="form-acts"),
        on_submit=on_add,
    )


def bay_form(
    form: Value, draft: Value, controls: Value, goods: Value, on_save: Value, on_new: Value
) -> rx.Component:
    """The name of a bay, and what it can take."""
    new = _is_new(draft, "bay")
    return declared.form(
        form,
        draft,
        rx.el.h3(rx.cond(new, "Ajouter un quai", "Modifier le quai"), class_name="h3"),
        *declared.controls(form, draft, "bay", "name"),
        declared.boxes(form, "Contrôles possibles", draft, *controls),
        declared.boxes(form, "Marchandises admises", draft, *goods),
        rx.el.div(
            submit(rx.cond(new, _NEW, _KEPT)),
            rx.cond(new, rx.fragment(), button("Nouveau quai", kind="t", on_click=on_new(""))),
            class_name="form-acts",
        ),
        on_submit=on_save,
    )


def lengths_form(
    form: Value, draft: Value, groups: Value, usual: Value, on_save: Value, *, editable: Value
) -> rx.Component:
    """Minutes by control and goods: of each control its label, and by goods the label and the names of two fields."""

    def minutes(words: str, name: str) -> rx.Component:
        return rx.el.div(
            rx.el.span(words, class_name="of-min", aria_hidden="true"),
            declared.control(
                form,
                name,
                draft,
                quiet=True,
                placeholder=usual.get(name, ""),
                disabled=~editable,
            ),
        )

    def cell(label: str, first: str, more: str) -> rx.Component:
        return rx.el.li(
            rx.el.span(label, class_name="of-goods"),
            minutes("1er conteneur", first),
            minutes("Suivants", more),
            class_name="of-length",
        )

    def group(label: str, cells: Value) -> rx.Component:
        return rx.el.fieldset(
            rx.el.legend(label, class_name="h3"),
            rx.el.ul(*[cell(*one) for one in cells], role="list"),
            class_name="of-group",
        )

    return declared.form(
        form,
        draft,
        rx.el.p(
            "En minutes. Une case vide prend la durée en gris\u00a0: celle de toutes les marchandises, ou l’usuelle.",
            class_name="hint",
        ),
        rx.el.div(*[group(*one) for one in groups], class_name="of-groups"),
        rx.cond(editable, rx.el.div(submit(_KEPT), class_name="form-acts")),
        on_submit=on_save,
    )


def terms_form(form: Value, draft: Value, on_save: Value, *, editable: Value) -> rx.Component:
    """The rules of booking."""

    def fields(*names: str) -> list[rx.Component]:
        return [declared.control(form, name, draft, disabled=~editable) for name in names]

    return declared.form(
        form,
        draft,
        _row(*fields("department", "phone")),
        *fields("address"),
        _row(*fields("booking_notice", "change_notice")),
        _row(*fields("horizon_days", "step")),
        *fields("wood_days", "four_hours", "confirms_itself"),
        rx.cond(editable, rx.el.div(submit(_KEPT), class_name="form-acts")),
        on_submit=on_save,
    )
