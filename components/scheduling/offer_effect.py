"""What an edited offer would do: appointments to handle, and the slots before and after."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, anchor
from components.kit.forms import button, select_field, submit
from components.kit.icons import icon


def effect(
    form: Value, draft: Value, shown: Value, hits: Value, on_choose: Value, on_all: Value, on_save: Value
) -> rx.Component:
    """The appointments that are hit, each with its choice, then "Enregistrer": {known, summary, error, movable}."""
    return rx.el.section(
        rx.el.h2("Effet sur les rendez-vous", class_name="h2", tab_index=-1, custom_attrs={"data-focus": ""}),
        rx.el.p(shown.summary, class_name="of-sum"),
        rx.el.div(
            rx.cond(shown.error != "", rx.el.p(icon("circle-alert", 16), shown.error, class_name="err")),
            role="alert",
        ),
        rx.cond(
            hits.length() > 0,
            rx.fragment(
                rx.el.p(
                    "Choisissez pour chacun. Les opérateurs sont prévenus, avec le motif. Le délai de changement "
                    "ne s’applique pas ici.",
                    class_name="hint",
                ),
                rx.el.div(
                    rx.cond(
                        shown.movable,
                        button("Tous\u00a0: déplacer", kind="2", compact=True, on_click=on_all("move")),
                    ),
                    button("Tous\u00a0: annuler", kind="danger", compact=True, on_click=on_all("cancel")),
                    class_name="form-acts",
                    role="group",
                    aria_label="Pour tous les rendez-vous touchés",
                ),
                rx.el.ul(
                    rx.foreach(hits, lambda row: _hit(row, on_choose)), role="list", class_name="of-hits"
                ),
            ),
        ),
        declared.form(
            form,
            draft,
            rx.cond(hits.length() > 0, declared.control(form, "text", draft)),
            rx.el.div(
                submit("Enregistrer"),
                anchor("Voir les créneaux avant et après", href="#apercu", class_name="btn btn-t"),
                class_name="form-acts",
            ),
            on_submit=lambda typed: on_save(typed, shown.stamp),
        ),
        class_name="pcard of-effect",
        aria_label="Effet sur les rendez-vous",
    )


def _hit(row: Value, on_choose: Value) -> rx.Component:
    def choice(value: str, *label: Value) -> rx.Component:
        id_ = "e-" + row.reference + f"-{value}"
        return rx.el.label(
            rx.el.input(
                id=id_,
                type="radio",
                name="e-" + row.reference,
                value=value,
                checked=row.choice == value,
                on_change=lambda _: on_choose(row.reference, value),
            ),
            rx.el.span(*label),
            html_for=id_,
            class_name="pick",
        )

    return rx.el.li(
        rx.el.fieldset(
            rx.el.legend(rx.el.span(row.reference, class_name="ref"), ", ", row.company, class_name="h3"),
            rx.el.p(rx.el.strong(row.when), "\u00a0: ", row.why, "."),
            rx.el.p(row.control, class_name="meta"),
            rx.el.div(
                rx.cond(row.instead != "", choice("move", "Déplacer au ", rx.el.strong(row.instead))),
                choice("cancel", "Annuler"),
                class_name="of-choices",
            ),
            rx.cond(
                row.instead == "",
                rx.el.p("Aucun autre créneau n’est libre dans l’offre modifiée.", class_name="hint"),
            ),
        ),
        class_name="of-hit",
        key=row.reference,
    )


def preview(form: Value, draft: Value, days: Value, on_look: Value) -> rx.Component:
    """The slots of a week under the draft, beside the present ones: days {label, closed, summary, slots}."""
    return rx.el.div(
        declared.form(
            form,
            draft,
            rx.el.div(*declared.controls(form, draft), class_name="of-fields of-asks"),
            rx.el.div(submit("Voir les créneaux", kind="2"), class_name="form-acts"),
            on_submit=on_look,
        ),
        rx.cond(
            days.length() > 0,
            rx.fragment(
                rx.el.p(
                    rx.el.span("ajouté", class_name="of-key of-added"),
                    rx.el.span("retiré", class_name="of-key of-removed"),
                    rx.el.span("places changées", class_name="of-key of-changed"),
                    class_name="of-keys",
                    aria_hidden="true",
                ),
                rx.el.ul(rx.foreach(days, _day), role="list", class_name="of-days"),
            ),
        ),
        class_name="of-preview",
    )


def _day(day: Value) -> rx.Component:
    def slot(one: Value) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.label, class_name="of-time"),
            rx.el.span(one.words, class_name="of-more"),
            class_name="of-slot of-" + one.kind,
            key=one.label,
        )

    return rx.el.li(
        rx.el.h3(day.label, class_name="h3"),
        rx.el.p(rx.cond(day.closed != "", day.closed, day.summary), class_name="meta"),
        rx.cond(
            day.slots.length() > 0,
            rx.el.ul(rx.foreach(day.slots, slot), role="list", class_name="of-slots"),
        ),
        key=day.label,
    )


def days_off(lines: Value) -> rx.Component:
    """Holidays and closed days of the coming weeks."""
    return rx.cond(
        lines.length() > 0,
        rx.el.ul(rx.foreach(lines, rx.el.li), role="list", class_name="of-off"),
        rx.el.p("Ni férié ni fermeture dans les six semaines.", class_name="soft"),
    )


def post_choice(posts: Value, current: Value, on_choose: Value) -> rx.Component:
    """Another post: {value, label}; nothing where there is no choice."""
    return rx.cond(
        posts.length() > 0,
        rx.el.div(
            select_field("p-post", "Poste", posts, value=current, on_change=on_choose), class_name="of-post"
        ),
    )
