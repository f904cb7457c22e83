"""The officer's form: record one control step of a consignment, sign what binds others, take a mistake back."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, vh
from components.kit.feedback import asking, dialog, note
from components.kit.forms import button, submit
from components.kit.layout import card
from components.kit.picks import radio_group

_UNDO = "annuler-enregistrement"


def control_form(form: Value, recorded: Value, undoing: Value, undone_later: str) -> rx.Component:
    """Step, result, and what the result asks for; then the button that names the act.

    form: a State with steps, step, outcomes, outcome, act, signs, asks_why, reasons, reason, asks_measure, measures,
    measure, due_on, first_day, last_day, note, recording, stamp, asked {key, act, lines, follows, stamp}, undoable {what, at},
    error; and the handlers set_*, ask, back, confirm, undo.
    """
    return card(
        "Enregistrer un contrôle",
        *declared.summary(form.recording),
        _live(form, recorded, "step", form.set_step, form.steps),
        radio_group(
            recorded.id_of("outcome"),
            recorded.asked["outcome"].label,
            form.outcomes,
            value=form.outcome,
            on_change=form.set_outcome,
            error=form.recording.errors.get("outcome", ""),
        ),
        rx.cond(form.asks_why, _why(form, recorded)),
        rx.cond(form.error != "", rx.el.p(form.error, class_name="err", role="alert")),
        rx.el.div(
            rx.cond(
                form.signs,
                button(form.act, on_click=form.ask, aria_haspopup="dialog"),
                button(form.act, on_click=form.confirm(form.stamp)),
            ),
            class_name="form-acts",
        ),
        rx.cond(form.undoable.what != "", _last(form, undoing)),
        rx.cond(form.asked.key != "", _signature(form, undone_later)),
        id_="controle",
        class_name="form",
    )


def _live(
    form: Value, recorded: Value, name: str, on_change: Value, choices: Value = None, **props: Value
) -> rx.Component:
    return declared.control(
        recorded,
        name,
        form.recording,
        choices=choices,
        value=getattr(form, name),
        on_change=on_change,
        **props,
    )


def _why(form: Value, recorded: Value) -> rx.Component:
    return rx.el.div(
        _live(form, recorded, "reason", form.set_reason, form.reasons),
        rx.cond(
            form.asks_measure,
            rx.fragment(
                _live(form, recorded, "measure", form.set_measure, form.measures),
                _live(form, recorded, "due_on", form.set_due_on, min=form.first_day, max=form.last_day),
            ),
        ),
        _live(form, recorded, "note", form.set_note),
        class_name="field-group",
    )


def _signature(form: Value, undone_later: str) -> rx.Component:
    """What is about to be signed, once more, and what follows; « Revenir » has the focus."""
    closes = {"data-closes": ""}
    return asking(
        "signature",
        form.asked.key,
        form.asked.act,
        rx.el.p(form.file.title, " ", rx.el.span(form.file.reference, class_name="ref")),
        rx.cond(
            form.asked.lines.length() > 0,
            rx.el.ul(rx.foreach(form.asked.lines, rx.el.li), role="list", class_name="lines"),
        ),
        rx.el.p(form.asked.follows),
        rx.el.p(undone_later, class_name="hint"),
        actions=[
            button("Revenir", kind="2", on_click=form.back, custom_attrs={**closes, "data-safe": ""}),
            button(form.asked.act, on_click=form.confirm(form.asked.stamp), custom_attrs=closes),
        ],
    )


def _last(form: Value, undoing: Value) -> rx.Component:
    """The last record, and how it is taken back when it was a mistake."""
    return rx.el.div(
        rx.el.p("Dernier enregistrement, à ", form.undoable.at, "\u00a0: ", form.undoable.what, "."),
        rx.el.div(
            button(
                "Annuler cet enregistrement…",
                kind="2",
                compact=True,
                lead="undo-2",
                aria_haspopup="dialog",
                custom_attrs={"data-opens": _UNDO},
            )
        ),
        dialog(
            _UNDO,
            "Annuler un enregistrement fait par erreur",
            rx.el.p(
                "Vous annulez\u00a0: ",
                rx.el.strong(form.undoable.what),
                ". L’envoi revient où il en était. L’opérateur est prévenu, avec le motif. Un rendez-vous qui a été "
                "annulé ou terminé entre-temps le reste.",
            ),
            declared.form(
                undoing,
                form.draft,
                *declared.controls(undoing, form.draft),
                rx.el.div(
                    button("Garder", kind="2", custom_attrs={"data-closes": "", "data-safe": ""}),
                    submit("Annuler l’enregistrement", kind="danger", custom_attrs={"data-closes": ""}),
                    class_name="modal-actions",
                ),
                on_submit=lambda typed: form.undo(typed, form.stamp),
            ),
        ),
        class_name="field-group",
    )


def done_note(done: Value, key: Value) -> rx.Component:
    """What was just recorded: it takes the focus, so that no key that is pressed again reaches a button."""
    return rx.el.div(
        rx.cond(
            done != "",
            rx.el.div(
                vh("Enregistré. "),
                note("ok", done),
                key=key,
                tab_index=-1,
                custom_attrs={"data-focus": ""},
            ),
        ),
        class_name="said",
    )
