"""Booking: the steps, the days and the slots, and the time that is chosen or lost."""

import reflex as rx

from components.kit.base import Value, vh, when
from components.kit.forms import button, link_button
from components.kit.icons import icon
from components.kit.layout import card

STEPS = (("envoi", "Envoi et contrôle"), ("heure", "Jour et heure"), ("confirmation", "Confirmation"))


def steps(stage: Value) -> rx.Component:
    """The three steps; stage: envoi, heure, confirmation, or fait once all are done."""
    keys = [key for key, _ in STEPS] + ["fait"]

    def one(index: int, key: str, label: str) -> rx.Component:
        stage_class = rx.match(stage, *[(later, "bstep bstep-d") for later in keys[index + 1 :]], "bstep")
        return rx.el.li(
            rx.el.span(class_name="bstep-bar", aria_hidden="true"),
            rx.el.span(label, class_name="bstep-label"),
            class_name=rx.cond(stage == key, "bstep bstep-c", stage_class),
            aria_current=when(stage == key, "step"),
        )

    items = [one(index, key, label) for index, (key, label) in enumerate(STEPS)]
    return rx.el.ol(*items, class_name="bsteps no-print", role="list", aria_label="Étapes de la réservation")


def _week_step(label: str, name: str, way: str, possible: Value, on_turn: Value) -> rx.Component:
    return rx.el.button(
        icon(name),
        vh(label),
        type="button",
        class_name="icon-btn",
        disabled=~possible,
        on_click=on_turn(way),
    )


def _day(day: Value, on_day: Value) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="jour",
            value=day.value,
            checked=day.chosen,
            disabled=~day.open & ~day.chosen,
            aria_label=day.spoken,
            on_change=lambda _: on_day(day.value),
        ),
        rx.el.span(day.weekday, aria_hidden="true"),
        rx.el.span(day.day, class_name="day-n", aria_hidden="true"),
        rx.el.span(day.label, class_name="day-l", aria_hidden="true"),
        class_name=rx.cond(day.open, "day-tile", "day-tile day-shut"),
        key=day.value,
    )


def week(grid: Value, on_day: Value, on_turn: Value) -> rx.Component:
    """The days of a week: {week, previous, next, days [{value, weekday, day, label, spoken, open, chosen}]}."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Jour", id="jours", class_name="h2"),
            rx.el.div(
                _week_step("Semaine précédente", "chevron-left", "previous", grid.previous, on_turn),
                rx.el.span(grid.week, class_name="week-at", role="status"),
                _week_step("Semaine suivante", "chevron-right", "next", grid.next, on_turn),
                class_name="week-nav",
            ),
            class_name="week-head",
        ),
        rx.el.div(
            rx.foreach(grid.days, lambda day: _day(day, on_day)),
            class_name="week-days",
            role="radiogroup",
            aria_labelledby="jours",
        ),
    )


def _slot(slot: Value, on_choose: Value) -> rx.Component:
    pips = rx.el.span(
        rx.foreach(slot.pips, lambda on: rx.el.span(class_name=rx.cond(on, "pip pip-on", "pip"))),
        class_name="pips",
        aria_hidden="true",
    )
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="heure",
            value=slot.value,
            checked=slot.chosen,
            disabled=~slot.open & ~slot.chosen,
            on_change=lambda _: on_choose(slot.value),
        ),
        rx.el.span(slot.hour, class_name="slot-h"),
        rx.el.span(
            rx.match(
                slot.state,
                ("locked", icon("lock", 14)),
                ("taken", icon("circle-alert", 14)),
                ("full", rx.fragment()),
                pips,
            ),
            slot.label,
            class_name="slot-l",
        ),
        class_name=f"slot-tile slot-{slot.state}",
        key=slot.value,
    )


def slots(grid: Value, on_choose: Value) -> rx.Component:
    """The times of the chosen day: groups of {label, slots [{value, hour, label, pips, open, chosen, state}]}."""

    def group(one: Value) -> rx.Component:
        return rx.el.div(
            rx.el.h3(one.label, class_name="slot-part"),
            rx.el.div(rx.foreach(one.slots, lambda slot: _slot(slot, on_choose)), class_name="slot-grid"),
            key=one.label,
        )

    return rx.el.section(
        rx.el.h2("Heure d’arrivée à quai, ", grid.day, id="heures", class_name="h2"),
        rx.el.p(
            rx.el.span("Places à jour en direct", class_name="slot-live"),
            rx.el.span(rx.cond(grid.freed != "", rx.el.span(grid.freed, class_name="now")), role="status"),
            class_name="slot-news",
        ),
        rx.cond(
            grid.groups.length() > 0,
            rx.el.div(rx.foreach(grid.groups, group), role="radiogroup", aria_labelledby="heures"),
            rx.el.p(
                "Aucun créneau ce jour-là\u00a0: choisissez un autre jour.",
                class_name="soft",
            ),
        ),
        class_name="slot-box",
    )


def lost(error: Value, attempt: Value, nearest: Value, on_take: Value) -> rx.Component:
    """What went wrong, which takes the focus, and the nearest other times: {value, label}."""
    return rx.cond(
        error != "",
        rx.el.div(
            icon("circle-alert", 20),
            rx.el.div(
                rx.el.p(error, class_name="note-title"),
                rx.cond(
                    nearest.length() > 0,
                    rx.fragment(
                        rx.el.p("Les créneaux libres les plus proches\u00a0:"),
                        rx.el.div(
                            rx.foreach(
                                nearest,
                                lambda one: button(
                                    "Prendre ",
                                    one.label,
                                    kind="2",
                                    on_click=on_take(one.value),
                                    key=one.value,
                                ),
                            ),
                            class_name="form-acts",
                        ),
                    ),
                ),
            ),
            class_name="note note-err",
            tab_index=-1,
            role="alert",
            key=attempt,
            custom_attrs={"data-focus": ""},
        ),
    )


def notices(lines: Value) -> rx.Component:
    """The legal prior notification and the post's cut-offs, stated apart."""
    return rx.cond(
        lines.length() > 0,
        rx.el.div(
            icon("scale", 20),
            rx.el.div(
                rx.el.h2("Deux préavis s’appliquent", class_name="note-title"),
                rx.foreach(lines, rx.el.p),
            ),
            class_name="note note-info",
        ),
    )


def _box(chosen: Value) -> rx.Component:
    return rx.el.p(
        rx.el.span(chosen.day, class_name="chosen-day"),
        rx.el.span(chosen.hours, class_name="chosen-h"),
        class_name="chosen-box",
    )


def chosen_card(chosen: Value, post: Value, hint: Value, action: rx.Component) -> rx.Component:
    """The time chosen, what is known of it, and the button (desktop; on phone the bar has it)."""
    return card(
        "Votre rendez-vous",
        rx.cond(
            chosen.value != "",
            rx.fragment(
                _box(chosen),
                rx.el.dl(
                    rx.el.div(rx.el.dt("Lieu"), rx.el.dd(post)),
                    rx.el.div(rx.el.dt("Service"), rx.el.dd(chosen.service)),
                    rx.el.div(rx.el.dt("Modifiable jusqu’à"), rx.el.dd(chosen.limit)),
                    class_name="rowlist",
                ),
                rx.el.p(hint, class_name="hint"),
                action,
            ),
            rx.el.p("Choisissez un jour, puis une heure.", class_name="soft"),
        ),
        class_name="chosen-card",
    )


def act_bar(chosen: Value, action: rx.Component) -> rx.Component:
    """The same on phone, above the navigation; nothing until an hour is chosen."""
    return rx.cond(
        chosen.value != "",
        rx.el.div(
            rx.el.p(rx.el.span(chosen.day), rx.el.strong(chosen.hours)),
            action,
            class_name="actbar no-print",
            role="group",
            aria_label="Créneau choisi",
        ),
    )


def nothing_to_book() -> rx.Component:
    """Where to go when no check waits for an appointment."""
    return link_button("Revenir aux rendez-vous", href="/rendez-vous")
