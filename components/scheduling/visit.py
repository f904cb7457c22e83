"""The last step of booking: the place that is held, and what the gate must know."""

import reflex as rx

from components.kit.base import Option, Value
from components.kit.forms import button, error_summary, field, pick, select_field, submit, textarea_field
from components.kit.icons import icon
from components.kit.layout import card


def held(hold: Value, chosen: Value, on_again: Value) -> rx.Component:
    """The place kept, and for how long: {reference, until, seconds, words, at}; assets/js/passavant.js counts down."""
    kept = rx.el.p(
        icon("timer", 18),
        rx.el.span(
            "La place vous est gardée encore ",
            rx.el.strong(
                hold.words,
                role="timer",
                custom_attrs={"data-until": hold.until, "data-seconds": hold.seconds.to(str)},
            ),
            ", jusqu’à ",
            hold.at,
            ".",
        ),
        class_name="held-left",
    )
    return rx.el.section(
        rx.el.p(
            rx.el.span(chosen.day, class_name="chosen-day"),
            rx.el.span(chosen.hours, class_name="chosen-h"),
            class_name="chosen-box",
        ),
        rx.cond(hold.reference != "", kept),
        button("Changer d’heure", kind="t", on_click=on_again),
        class_name="pcard held",
        aria_label="Créneau choisi",
        tab_index=-1,
        custom_attrs={"data-focus": ""},
    )


def visit_form(
    data: Value, wrong: Value, attempt: Value, *, sides: list[Option], on_confirm: Value, label: Value
) -> rx.Component:
    """Contact, container, opening, perishables, note; what is wrong is said above and beside each field."""
    fields = [
        field(
            "contact",
            "Personne à joindre le jour même",
            error=data.name_error,
            default_value=data.contact_name,
            auto_complete="name",
            max_length=80,
        ),
        field(
            "telephone",
            "Téléphone",
            error=data.phone_error,
            default_value=data.contact_phone,
            type="tel",
            input_mode="tel",
            auto_complete="tel",
            max_length=30,
        ),
        field(
            "code",
            "Code d’ouverture du conteneur",
            hint="Celui que l’entrée ou l’inspecteur doit connaître.",
            optional=True,
            default_value=data.container_code,
            auto_complete="off",
            max_length=30,
        ),
        select_field(
            "ouverture",
            "Côté d’ouverture",
            sides,
            optional=True,
            default_value=data.opening_side,
        ),
        pick(
            "perissable",
            "Denrée périssable",
            name="perissable",
            value="on",
            detail="Le poste la fait passer avant le reste s’il prend du retard.",
            type_="checkbox",
            default_checked=data.perishable,
        ),
        textarea_field(
            "consigne",
            "Consigne pour le poste",
            error=data.note_error,
            optional=True,
            default_value=data.note,
            max_length=1000,
            rows="3",
        ),
    ]
    return card(
        "Pour l’entrée et l’inspecteur",
        rx.el.form(
            rx.cond(
                wrong.length() > 0,
                rx.el.div(error_summary("Corrigez ces champs pour confirmer", wrong), key=attempt),
            ),
            *fields,
            rx.el.div(submit(label, lead="calendar-check"), class_name="form-acts"),
            on_submit=on_confirm,
            no_validate=True,
            class_name="form",
        ),
    )
