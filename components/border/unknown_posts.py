"""Officers' list of the posts that messages name and nobody knows, and the dialog that says which they are."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, vh
from components.kit.feedback import dialog
from components.kit.forms import button, submit
from components.kit.layout import card
from components.kit.status import ago

_DIALOG = "poste-inconnu"


def _unknown(row: Value, on_choose: Value) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.h3(
                rx.el.span(row.code, class_name="ref"),
                rx.cond(row.name != "", rx.el.span(" · ", row.name)),
                class_name="h3",
            ),
            ago(row.at, row.at_label),
            class_name="card-head",
        ),
        rx.el.p(row.count, class_name="meta"),
        rx.el.ul(rx.foreach(row.consignments, rx.el.li), class_name="act-parties", role="list"),
        rx.el.div(
            button(
                "Dire de quel poste il s’agit",
                vh("\u00a0: ", row.code),
                compact=True,
                lead="map-pin",
                aria_haspopup="dialog",
                custom_attrs={"data-opens": _DIALOG},
                on_click=on_choose(row.code),
            ),
            class_name="form-acts",
        ),
        class_name="pcard act",
        key=row.code,
    )


def unknown(rows: Value, on_choose: Value) -> rx.Component:
    """Posts that consignments wait for: {code, name, count, consignments [text], at, at_label}."""
    return rx.el.section(
        rx.el.h2("Postes inconnus", id="postes-inconnus", class_name="h2"),
        rx.el.p(
            "Des DSCE nomment ces postes, que le portail ne connaît pas. Aucun agent ne voit leurs envois avant que "
            "quelqu’un ait dit de quel poste il s’agit.",
            class_name="hint",
        ),
        rx.el.ul(rx.foreach(rows, lambda row: _unknown(row, on_choose)), class_name="acts", role="list"),
        aria_labelledby="postes-inconnus",
    )


def _ask(form: Value, draft: Value, choices: Value, on_check: Value) -> rx.Component:
    return declared.form(
        form,
        draft,
        declared.control(form, "known", draft, choices=choices),
        declared.control(form, "name", draft),
        rx.el.div(
            button("Annuler", kind="2", custom_attrs={"data-closes": ""}),
            submit("Vérifier"),
            class_name="modal-actions",
        ),
        on_submit=on_check,
    )


def _confirm(chosen: Value, on_back: Value, on_confirm: Value) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong(chosen.summary), tab_index=-1, custom_attrs={"data-focus": ""}),
        rx.el.p(
            "Les agents de ce poste verront aussitôt ces envois, et les prochains qui nomment ce code.",
            class_name="hint",
        ),
        rx.el.div(
            button("Modifier", kind="2", on_click=on_back),
            button("Confirmer le poste", on_click=on_confirm(chosen.stamp), custom_attrs={"data-closes": ""}),
            class_name="modal-actions",
        ),
        class_name="form",
    )


def post_dialog(
    form: Value,
    draft: Value,
    chosen: Value,
    choices: Value,
    *,
    on_check: Value,
    on_back: Value,
    on_confirm: Value,
) -> rx.Component:
    """Two steps: which post it is, then what will happen. chosen {code, name, summary, stamp},
    choices {value, label}.
    """
    return dialog(
        _DIALOG,
        "De quel poste s’agit-il\u00a0?",
        rx.el.p(rx.el.span(chosen.code, class_name="ref"), " ", chosen.name, class_name="meta"),
        rx.cond(
            chosen.summary != "", _confirm(chosen, on_back, on_confirm), _ask(form, draft, choices, on_check)
        ),
    )


def confirmed(rows: Value, on_undo: Value) -> rx.Component:
    """What was said of posts, and can be taken back: {code, label, at, at_label}."""

    def one(row: Value) -> rx.Component:
        return rx.el.li(
            rx.el.p(rx.el.span(row.code, class_name="ref"), "\u00a0: ", row.label, class_name="doc-t"),
            rx.el.p(ago(row.at, row.at_label), class_name="meta"),
            button(
                "Annuler",
                vh(" pour le poste ", row.code),
                kind="danger",
                compact=True,
                on_click=on_undo(row.code, row.stamp),
            ),
            class_name="act",
            key=row.code,
        )

    return card("Postes reconnus à la main", rx.el.ul(rx.foreach(rows, one), class_name="acts", role="list"))
