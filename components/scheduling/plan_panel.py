"""One appointment of the plan, in a panel: what the inspector must know, what may be done, what was done."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, anchor, link
from components.kit.feedback import note
from components.kit.forms import button, submit
from components.kit.icons import icon
from components.scheduling.plan import PANEL, status_word


def _section(title: str, *body: Value) -> rx.Component:
    return rx.el.section(rx.el.h3(title, class_name="h3"), *body, class_name="rdv-part")


def _facts(panel: Value) -> rx.Component:
    fact = lambda one: rx.el.div(  # noqa: E731
        rx.el.dt(one.label),
        rx.el.dd(rx.cond(one.href != "", anchor(one.value, href=one.href), one.value)),
    )
    return rx.el.dl(rx.foreach(panel.facts, fact), class_name="rdv-facts")


def _goods(panel: Value) -> rx.Component:
    consignment = lambda one: rx.el.li(  # noqa: E731
        link(one.title, href=one.href), " ", rx.el.span(one.reference, class_name="ref meta")
    )
    box = lambda number: rx.el.li(number, class_name="ref")  # noqa: E731
    return rx.fragment(
        _section("Envois", rx.el.ul(rx.foreach(panel.consignments, consignment), role="list")),
        rx.cond(
            panel.boxes.length() > 0,
            _section(
                "Conteneurs", rx.el.ul(rx.foreach(panel.boxes, box), role="list", class_name="rdv-boxes")
            ),
        ),
        rx.cond(
            panel.note != "", _section("Consigne de l’opérateur", rx.el.p(panel.note, class_name="rdv-note"))
        ),
    )


def _if(may: Value, label: Value, on_click: Value, kind: str = "2", lead: str = "") -> rx.Component:
    return rx.cond(may, button(label, kind=kind, lead=lead, on_click=on_click))


def _next(may: Value, first: Value, label: str, on_click: Value, lead: str) -> rx.Component:
    """A step of the day: filled when it is the next one."""
    return rx.cond(
        first, _if(may, label, on_click, "1", lead=lead), _if(may, label, on_click, "2", lead=lead)
    )


def _actions(panel: Value, on: Value) -> rx.Component:
    can = panel.can
    return rx.el.div(
        _if(can.answer, "Confirmer", on.act("approve", panel.stamp), "1", "check"),
        _if(can.answer, "Refuser…", on.ask("refuse"), "danger"),
        _if(can.take_proposal, "Accepter l’heure proposée", on.act("accept", panel.stamp), "1", "check"),
        _if(can.take_proposal, "Décliner…", on.ask("decline")),
        _next(can.arrive, ~can.answer, "Enregistrer l’arrivée", on.act("arrived", panel.stamp), "map-pin"),
        _next(can.start, ~can.arrive, "Commencer le contrôle", on.act("started", panel.stamp), "play"),
        _next(can.done, ~can.start, "Clore, contrôle fait…", on.ask("done"), "flag"),
        _if(can.not_presented, "Non présenté…", on.ask("not_presented"), "danger", "user-x"),
        _if(can.turn_away, "Contrôle impossible…", on.ask("turned_away"), "danger", "ban"),
        class_name="rdv-acts",
    )


def _moving(panel: Value, on: Value) -> rx.Component:
    return rx.cond(
        panel.can.change,
        _section(
            "Déplacer ou annuler",
            rx.el.div(
                button(
                    panel.step,
                    " plus tôt",
                    kind="2",
                    lead="arrow-up",
                    on_click=on.shift("earlier", panel.stamp),
                    custom_attrs={"data-again": ""},
                ),
                button(
                    panel.step,
                    " plus tard",
                    kind="2",
                    lead="arrow-down",
                    on_click=on.shift("later", panel.stamp),
                    custom_attrs={"data-again": ""},
                ),
                button("Autre heure ou quai…", kind="2", on_click=on.ask("move")),
                button("Proposer une autre heure…", kind="2", on_click=on.ask("propose")),
                button("Annuler le rendez-vous…", kind="danger", on_click=on.ask("cancel")),
                class_name="rdv-acts",
            ),
        ),
    )


def _times(form: Value, draft: Value, asked: Value, on: Value) -> rx.Component:
    return rx.fragment(
        declared.control(form, "day", draft, default_value=asked.day, on_change=on.pick_day),
        rx.cond(
            asked.slots.length() > 0,
            declared.control(
                form, "slot", draft, choices=asked.slots, default_value=asked.slot, key=asked.day + asked.slot
            ),
            rx.el.p(
                "Aucune place ce jour-là\u00a0: choisissez un autre jour.",
                class_name="err",
            ),
        ),
        rx.cond(
            asked.what == "move",
            declared.control(
                form, "bay", draft, choices=asked.bays, default_value=asked.bay, key="bay" + asked.bay
            ),
        ),
    )


def _form(form: Value, draft: Value, panel: Value, asked: Value, on: Value) -> rx.Component:
    return declared.form(
        form,
        draft,
        rx.el.h3(asked.title, class_name="h3", tab_index=-1, custom_attrs={"data-focus": ""}),
        rx.el.p(asked.text, class_name="soft"),
        rx.el.div(rx.cond(asked.error != "", note("err", asked.error)), role="alert"),
        rx.cond(asked.times, _times(form, draft, asked, on)),
        rx.cond(
            asked.reasons.length() > 0,
            rx.fragment(
                rx.cond(
                    asked.times,
                    declared.control(form, "reason", draft, choices=asked.reasons),
                    declared.control(form, "reason", draft, choices=asked.reasons, required=True),
                ),
                declared.control(form, "details", draft),
            ),
        ),
        rx.el.div(
            button("Revenir", kind="2", on_click=on.back),
            rx.cond(asked.danger, submit(asked.verb, kind="danger"), submit(asked.verb)),
            class_name="modal-actions",
        ),
        on_submit=lambda typed: on.answer(typed, asked.stamp),
        class_name="form rdv-form",
        key=panel.reference + asked.what + draft.version.to_string(),
    )


def _history(panel: Value) -> rx.Component:
    event = lambda one: rx.el.li(  # noqa: E731
        rx.el.span(one.at, class_name="rdv-at"),
        rx.el.span(one.label, class_name="rdv-did"),
        rx.cond(one.detail != "", rx.el.span(one.detail, class_name="meta")),
    )
    return _section(
        "Ce qui s’est passé", rx.el.ol(rx.foreach(panel.events, event), role="list", class_name="rdv-log")
    )


def _body(
    form: Value, draft: Value, panel: Value, asked: Value, said: Value, error: Value, on: Value
) -> rx.Component:
    return rx.fragment(
        rx.el.p(status_word(panel), rx.el.span(panel.reference, class_name="ref"), class_name="rdv-head"),
        rx.cond(panel.reason != "", rx.el.p("Motif\u00a0: ", panel.reason, class_name="rdv-why")),
        rx.cond(panel.proposal != "", note("warn", panel.proposal)),
        rx.cond(
            said != "", rx.el.div(note("ok", said), key=said, tab_index=-1, custom_attrs={"data-focus": ""})
        ),
        rx.el.div(rx.cond(error != "", note("err", error)), role="alert"),
        rx.cond(
            asked.what != "",
            _form(form, draft, panel, asked, on),
            rx.fragment(
                _actions(panel, on),
                rx.cond(panel.locked != "", rx.el.p(icon("lock", 16), panel.locked, class_name="rdv-locked")),
                _facts(panel),
                _goods(panel),
                _moving(panel, on),
                _history(panel),
                anchor(
                    icon("file-text", 18),
                    "Attestation (PDF)",
                    href=panel.paper,
                    target="_blank",
                    rel="noopener",
                    class_name="btn btn-2 btn-s rdv-paper",
                ),
            ),
        ),
    )


def panel_dialog(
    form: Value, draft: Value, panel: Value, asked: Value, said: Value, error: Value, on: Value
) -> rx.Component:
    """The panel; `on` has the handlers: act, ask, back, answer, shift, pick_day."""
    return rx.el.dialog(
        rx.el.div(
            rx.el.h2(
                rx.cond(panel.reference != "", panel.title, "Rendez-vous"),
                id=f"{PANEL}-title",
                class_name="h2",
            ),
            rx.el.button(
                icon("x", 20),
                rx.el.span("Fermer", class_name="vh"),
                type="button",
                class_name="icon-btn",
                custom_attrs={"data-closes": ""},
            ),
            class_name="rdv-top",
        ),
        rx.cond(
            panel.reference != "",
            _body(form, draft, panel, asked, said, error, on),
            rx.el.p("Ce rendez-vous n’est pas, ou n’est plus, à votre poste.", class_name="soft"),
        ),
        id=PANEL,
        class_name="modal rdv",
        aria_labelledby=f"{PANEL}-title",
    )


def drop_form(form: Value, on_drop: Value) -> rx.Component:
    """What assets/js/plan.js fills when a block is dragged elsewhere; the panel then asks."""
    return declared.form(form, None, asked=True, on_submit=on_drop, id="plan-drop", hidden=True)
