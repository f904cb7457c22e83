"""The forms of what a post offers: hours, closures, bays, lengths and rules."""

import reflex as rx

from components.kit.base import Value, vh
from components.kit.forms import button, field, select_field, submit
from components.kit.icons import icon
from components.kit.picks import pick


def _said(error: Value) -> rx.Component:
    return rx.el.div(
        rx.cond(error != "", rx.el.p(icon("circle-alert", 16), error, class_name="err")), role="alert"
    )


def _row(*fields: Value) -> rx.Component:
    return rx.el.div(*fields, class_name="of-fields")


def _ticks(legend: str, items: Value, id_: str, name: str) -> rx.Component:
    """Boxes to tick, {value, label, checked}: the value ends the identifier and the name of each."""

    def one(item: Value) -> rx.Component:
        return pick(
            id_ + item.value,
            item.label,
            name=name + item.value,
            value="on",
            type_="checkbox",
            default_checked=item.checked,
        )

    return rx.el.fieldset(
        rx.el.legend(legend, class_name="lab"),
        rx.el.div(rx.foreach(items, one), class_name="of-picks"),
        class_name="field",
    )


def hours_form(form: Value, services: Value, on_save: Value, on_remove: Value, on_new: Value) -> rx.Component:
    """One line of hours, or several alike for several days."""
    new = form.key == ""

    return rx.el.form(
        rx.el.h3(rx.cond(new, "Ajouter une plage", "Modifier la plage"), class_name="h3", id="plage"),
        _said(form.error),
        select_field("h-service", "Service", services, name="service", default_value=form.service),
        _ticks("Jours", form.days, "h-jour-", "jour-"),
        _row(
            field("h-opens", "Ouverture", name="opens", type="time", step="900", default_value=form.opens),
            field("h-closes", "Fermeture", name="closes", type="time", step="900", default_value=form.closes),
            field(
                "h-inspectors", "Inspecteurs", name="inspectors", type="number", min="1", default_value=form.inspectors
            ),
        ),
        _row(
            field(
                "h-from", "Saison, du", name="season_from", optional=True, hint="Jour/mois, comme 01/04",
                default_value=form.season_from,
            ),
            field(
                "h-to", "Saison, au", name="season_to", optional=True, hint="Vide pour toute l’année",
                default_value=form.season_to,
            ),
        ),
        pick(
            "h-off", "Aussi les jours fériés", name="on_holidays", value="on", type_="checkbox",
            default_checked=form.on_holidays,
        ),
        rx.el.div(
            submit(rx.cond(new, "Ajouter au brouillon", "Garder dans le brouillon")),
            rx.cond(
                new,
                rx.fragment(),
                rx.fragment(
                    button("Supprimer la plage", kind="danger", on_click=on_remove(form.key)),
                    button("Nouvelle plage", kind="t", on_click=on_new("")),
                ),
            ),
            class_name="form-acts",
        ),
        on_submit=on_save,
        no_validate=True,
        key=form.version,
        class_name="form",
    )  # fmt: skip


def closure_form(form: Value, places: Value, on_add: Value) -> rx.Component:
    """What is closed, or who is away, from when to when."""
    return rx.el.form(
        rx.el.h3("Ajouter une fermeture ou une absence", class_name="h3"),
        _said(form.error),
        select_field("c-what", "Quoi", places, name="what", default_value=form.what),
        _row(
            field("c-from", "Du", name="from_day", type="date", default_value=form.from_day),
            field("c-from-time", "à", name="from_time", type="time", default_value=form.from_time),
        ),
        _row(
            field("c-until", "Au", name="until_day", type="date", default_value=form.until_day),
            field("c-until-time", "à", name="until_time", type="time", default_value=form.until_time),
        ),
        field(
            "c-absent", "Inspecteurs absents", name="absent", type="number", min="1",
            hint="Ne compte que pour une absence.", default_value=form.absent,
        ),
        field(
            "c-reason", "Motif", name="reason", optional=True, max_length=200,
            hint="Les opérateurs le lisent. Aucun nom d’agent.", default_value=form.reason,
        ),
        rx.el.div(submit("Ajouter au brouillon"), class_name="form-acts"),
        on_submit=on_add,
        no_validate=True,
        key=form.version,
        class_name="form",
    )  # fmt: skip


def bay_form(form: Value, on_save: Value, on_new: Value) -> rx.Component:
    """The name of a bay, and what it can take."""
    new = form.key == ""

    return rx.el.form(
        rx.el.h3(rx.cond(new, "Ajouter un quai", "Modifier le quai"), class_name="h3"),
        _said(form.error),
        field("q-name", "Nom du quai", name="name", max_length=40, default_value=form.name),
        _ticks("Contrôles possibles", form.controls, "q-", "quai-"),
        _ticks("Marchandises admises", form.goods, "q-", "quai-"),
        rx.el.div(
            submit(rx.cond(new, "Ajouter au brouillon", "Garder dans le brouillon")),
            rx.cond(new, rx.fragment(), button("Nouveau quai", kind="t", on_click=on_new(""))),
            class_name="form-acts",
        ),
        on_submit=on_save,
        no_validate=True,
        key=form.version,
        class_name="form",
    )


def lengths_form(
    groups: Value, error: Value, version: Value, on_save: Value, *, editable: Value
) -> rx.Component:
    """Minutes by control and goods: {key, label, cells [{key, label, first, more, usual_first, usual_more}]}."""

    def minutes(cell: Value, part: str, words: str, value: Value, usual: Value) -> rx.Component:
        id_ = "d-" + cell.key + f"-{part}"
        return rx.el.div(
            rx.el.label(words, vh(", ", cell.label), html_for=id_, class_name="of-min"),
            rx.el.input(
                id=id_,
                name=cell.key + f".{part}",
                type="number",
                min="0",
                step="5",
                default_value=value,
                placeholder=usual,
                disabled=~editable,
                class_name="inp",
            ),
        )

    def cell(one: Value) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.label, class_name="of-goods"),
            minutes(one, "first", "1er conteneur", one.first, one.usual_first),
            minutes(one, "more", "Suivants", one.more, one.usual_more),
            class_name="of-length",
            key=one.key,
        )

    def group(one: Value) -> rx.Component:
        return rx.el.fieldset(
            rx.el.legend(one.label, class_name="h3"),
            rx.el.ul(rx.foreach(one.cells, cell), role="list"),
            class_name="of-group",
            key=one.key,
        )

    return rx.el.form(
        rx.el.p(
            "En minutes. Une case vide prend la durée en gris\u00a0: celle de toutes les marchandises, ou l’usuelle.",
            class_name="hint",
        ),
        _said(error),
        rx.el.div(rx.foreach(groups, group), class_name="of-groups"),
        rx.cond(editable, rx.el.div(submit("Garder dans le brouillon"), class_name="form-acts")),
        on_submit=on_save,
        no_validate=True,
        key=version,
        class_name="form",
    )


def terms_form(
    terms: Value, steps: Value, errors: Value, version: Value, on_save: Value, *, editable: Value
) -> rx.Component:
    """The rules of booking."""
    off = {"disabled": ~editable}

    def number(id_: str, label: str, value: Value, hint: str, name: str, step: str = "1") -> rx.Component:
        return field(
            id_, label, name=name, hint=hint, type="number", min="0", step=step, default_value=value, **off
        )

    def tick(id_: str, label: str, detail: str, name: str, value: Value) -> rx.Component:
        return pick(
            id_, label, detail=detail, name=name, value="on", type_="checkbox", default_checked=value, **off
        )

    return rx.el.form(
        rx.el.div(
            rx.foreach(errors, lambda said: rx.el.p(icon("circle-alert", 16), said, class_name="err")),
            role="alert",
        ),
        _row(
            field(
                "r-department", "Département", name="department", hint="Ses jours fériés sont ceux du poste.",
                default_value=terms.department, max_length=3, **off,
            ),
            field(
                "r-phone", "Téléphone du poste", name="phone", optional=True, type="tel", hint="Pour les changements trop tardifs.",
                default_value=terms.phone, max_length=30, **off,
            ),
        ),
        field(
            "r-address", "Adresse du poste", name="address", optional=True, hint="Dite à l’opérateur avec un refus, comme le téléphone.",
            default_value=terms.address, max_length=160, **off,
        ),
        _row(
            number("r-booking", "Délai de réservation", terms.booking_notice, "En heures, avant le rendez-vous.", "booking_notice", "any"),
            number("r-change", "Délai de changement", terms.change_notice, "En heures, pour déplacer ou annuler.", "change_notice", "any"),
        ),
        _row(
            number("r-horizon", "Jours à l’avance", terms.horizon_days, "Jusqu’où l’on réserve.", "horizon_days"),
            select_field(
                "r-step", "Un rendez-vous toutes les", steps, name="step", hint="Depuis chaque ouverture.",
                default_value=terms.step, **off,
            ),
        ),
        number("r-wood", "Préavis légal pour le bois", terms.wood_days, "En jours ouvrés, de 1 à 5 (règlement 2019/1013).", "wood_days"),
        tick("r-four", "Préavis légal de 4 heures accepté", "Au lieu d’un jour ouvré, quand la logistique l’impose.", "four_hours", terms.four_hours),
        tick("r-confirms", "Confirmer sans attendre un agent", "Sinon, chaque demande attend votre réponse.", "confirms_itself", terms.confirms_itself),
        rx.cond(editable, rx.el.div(submit("Garder dans le brouillon"), class_name="form-acts")),
        on_submit=on_save,
        no_validate=True,
        key=version,
        class_name="form",
    )  # fmt: skip
