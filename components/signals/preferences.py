"""How a person wants to be told: kinds of event × channels, hours, phones."""

from collections.abc import Callable, Mapping

import reflex as rx

from components.kit import declared
from components.kit.base import Option, Value, vh
from components.kit.forms import button, select, select_field, submit
from components.kit.icons import icon

_HEADS = ("Événement", "Portail", "E-mail", "Téléphone")


def _box(row: Value, channel: str, name: str, on: Value, on_choose: Value) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=on,
            on_change=lambda ticked: on_choose(row.key, channel, rx.cond(ticked, "on", "off")),
        ),
        rx.el.span(name, aria_hidden="true", class_name="pf-ch"),
        vh(row.label, f", {name.lower()}"),
        class_name="pf-box",
    )


def _always(word: Value, name: str) -> rx.Component:
    return rx.el.span(
        icon("lock", 16), rx.el.span(word), rx.el.span(name, class_name="pf-ch"), class_name="pf-fixed"
    )


def _email(row: Value, on_choose: Value) -> rx.Component:
    chosen = select(
        "email-" + row.key,
        row.emails,
        label="E-mail, " + row.label,
        value=row.email,
        on_change=lambda mode: on_choose(row.key, "email", mode),
    )
    return rx.cond(row.emails.length() > 1, chosen, _always(row.email_word, ""))


def _row(row: Value, on_choose: Value) -> rx.Component:
    portal = rx.cond(
        row.portal_fixed,
        _always("Toujours", "dans le portail"),
        _box(row, "portal", "Portail", row.portal, on_choose),
    )
    return rx.el.tr(
        rx.el.th(
            row.label,
            rx.cond(row.why != "", rx.el.span(row.why, class_name="meta pf-why")),
            scope="row",
            role="rowheader",
        ),
        rx.el.td(portal, role="cell"),
        rx.el.td(_email(row, on_choose), role="cell"),
        rx.el.td(_box(row, "push", "Téléphone", row.push, on_choose), role="cell"),
        role="row",
        class_name="pf-row",
        key=row.key,
    )


def table(rows: Value, on_choose: Value) -> rx.Component:
    """Rows {key, label, why, portal, portal_fixed, email, emails, email_word, push}; on_choose(key, channel, mode)."""
    heads = [rx.el.th(head, scope="col", role="columnheader") for head in _HEADS]
    return rx.el.table(
        rx.el.caption("Ce qui vous est dit, et comment", class_name="vh"),
        rx.el.thead(rx.el.tr(*heads, role="row"), role="rowgroup"),
        rx.el.tbody(rx.foreach(rows, lambda row: _row(row, on_choose)), role="rowgroup"),
        class_name="pf",
        role="table",
    )


def hours(
    form: Value,
    draft: Value,
    shown: Value,
    times: list[Option],
    *,
    on_quiet: Value,
    on_end: Value,
    on_digest: Value,
) -> rx.Component:
    """Quiet hours and the hour of the digest: {quiet, quiet_from, quiet_until, digest}."""
    quiet = declared.form(
        form,
        draft,
        rx.el.p(
            "Pendant ces heures, rien ne sonne\u00a0; ce qui est urgent vous est tout de même écrit.",
            class_name="hint",
        ),
        rx.el.div(
            *declared.controls(form, draft),
            class_name="pf-times",
        ),
        rx.el.div(
            submit(rx.cond(shown.quiet, "Changer les heures calmes", "Activer les heures calmes")),
            rx.cond(shown.quiet, button("Ne plus en avoir", kind="2", on_click=on_end)),
            class_name="form-acts",
        ),
        on_submit=on_quiet,
    )
    digest = select_field(
        "resume",
        "Heure du résumé du jour",
        times,
        hint="Un seul e-mail, avec tout ce que vous avez choisi d’y mettre. Heure de Paris.",
        value=shown.digest,
        on_change=on_digest,
    )
    return rx.el.div(quiet, rx.el.div(digest, class_name="pf-digest"), class_name="form")


_SAID: Mapping[str, Callable[[], tuple[Value, ...]]] = {
    "wait": lambda: ("Vérification de ce que permet cet appareil…",),
    "on": lambda: (rx.el.strong("Cet appareil reçoit vos notifications."),),
    "denied": lambda: (
        rx.el.strong("Cet appareil refuse les notifications de Passavant."),
        " Rouvrez-les dans les réglages du navigateur, à la page des autorisations de ce site, puis revenez ici.",
    ),
    "unsupported": lambda: (
        rx.el.strong("Ce navigateur ne sait pas recevoir de notifications."),
        " L’e-mail et le portail restent.",
    ),
    "install": lambda: (
        rx.el.strong("Sur iPhone et iPad, installez d’abord Passavant."),
        " Touchez Partager, puis «\u00a0Sur l’écran d’accueil\u00a0», ouvrez l’application et revenez à cette page.",
    ),
    "dismissed": lambda: (
        "Vous n’avez pas répondu à la question du navigateur. Touchez le bouton pour la revoir.",
    ),
    "failed": lambda: (
        rx.el.strong("L’activation n’a pas abouti."),
        " Le service du navigateur n’a pas répondu. Vérifiez la connexion, puis réessayez.",
    ),
}


def _device(device: Value, on_remove: Value) -> rx.Component:
    return rx.el.li(
        icon("smartphone", 20),
        rx.el.div(
            rx.el.p(device.label),
            rx.el.p(device.since, class_name="meta"),
            rx.cond(
                device.failed,
                rx.el.p("La dernière notification n’a pas pu lui être remise.", class_name="meta"),
            ),
        ),
        button("Retirer", vh(" ", device.label), kind="2", compact=True, on_click=on_remove(device.key)),
        class_name="place",
        key=device.key,
    )


def phones(
    form: Value, devices: Value, *, prints: Value, server_key: Value, on_subscribe: Value, on_remove: Value
) -> rx.Component:
    """Devices {key, label, since, failed}; assets/js/push.js says what this browser allows, and fills the form."""
    cells = [
        rx.el.p(*words(), class_name="push-say", custom_attrs={"data-when": state})
        for state, words in _SAID.items()
    ]
    ask = declared.form(
        form,
        None,
        *declared.controls(form, None),
        on_submit=on_subscribe,
        custom_attrs={"data-push-form": ""},
    )
    allow = rx.el.div(
        button("Activer sur ce téléphone", lead="bell-ring", custom_attrs={"data-push-on": ""}),
        class_name="push-say",
        custom_attrs={"data-when": "off dismissed failed"},
    )
    return rx.el.div(
        rx.el.div(*cells, role="status"),
        allow,
        ask,
        rx.cond(
            devices.length() > 0,
            rx.el.ul(
                rx.foreach(devices, lambda one: _device(one, on_remove)), role="list", class_name="places"
            ),
            rx.el.p("Aucun appareil ne reçoit encore de notifications.", class_name="soft"),
        ),
        class_name="form push",
        custom_attrs={"data-push": "", "data-prints": prints, "data-server-key": server_key},
    )
