"""Officers' lists: messages that were refused or wait, consignments without company, and the dialog that ties."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, anchor, link, native_form, vh
from components.kit.feedback import dialog
from components.kit.forms import button, submit
from components.kit.icons import icon
from components.kit.layout import card
from components.kit.status import ago

_DIALOG = "rattacher"


def _copy_form(row: Value) -> rx.Component:
    file_id = "copie-" + row.id
    return rx.el.details(
        rx.el.summary("Envoyer une copie corrigée", class_name="act-sum"),
        native_form(
            rx.el.label("Fichier de la copie corrigée", html_for=file_id, class_name="lab"),
            rx.el.p(
                "Le message d’origine est gardé tel quel\u00a0; la copie est lue, puis appliquée à sa place.",
                id=file_id + "-hint",
                class_name="hint",
            ),
            rx.el.input(
                id=file_id,
                name="copie",
                type="file",
                required=True,
                class_name="inp",
                aria_describedby=file_id + "-hint",
            ),
            rx.el.div(submit("Envoyer la copie", lead="upload"), class_name="form-acts"),
            action=row.copy_action,
            enc_type="multipart/form-data",
            class_name="form copy-form",
        ),
        class_name="act-more",
    )


def _message(row: Value, on_replay: Value) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.h2(row.title, class_name="h3"), ago(row.at, row.at_label), class_name="card-head"),
        rx.el.p(row.reason, class_name="act-why"),
        rx.el.p(row.sender, ", ", row.size, class_name="meta"),
        rx.cond(row.withheld != "", rx.el.p(row.withheld, class_name="meta")),
        rx.el.div(
            rx.cond(
                row.replayable,
                button(
                    "Rejouer",
                    vh(" le message ", row.id),
                    kind="2",
                    compact=True,
                    lead="rotate-cw",
                    on_click=on_replay(row.id, row.stamp),
                ),
            ),
            rx.cond(
                row.href != "",
                anchor(
                    icon("download", 18),
                    "Télécharger",
                    vh(" le message ", row.id),
                    href=row.href,
                    class_name="btn btn-2 btn-s",
                ),
            ),
            class_name="form-acts",
        ),
        rx.cond(row.copy_action != "", _copy_form(row)),
        class_name="pcard act",
        key=row.id,
    )


def messages(rows: Value, on_replay: Value) -> rx.Component:
    """Messages: {id, title, reason, sender, size, at, at_label, href, replayable, copy_action, withheld}."""
    return rx.el.ul(rx.foreach(rows, lambda row: _message(row, on_replay)), class_name="acts", role="list")


def _unmatched(row: Value, on_choose: Value) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.h2(link(row.title, href=row.href), class_name="h3"),
            ago(row.at, row.at_label),
            class_name="card-head",
        ),
        rx.el.p(rx.el.span(row.reference, class_name="ref"), ", ", row.post, class_name="meta"),
        rx.el.ul(rx.foreach(row.parties, rx.el.li), class_name="act-parties", role="list"),
        rx.el.div(
            button(
                "Rattacher à une entreprise",
                vh(" l’envoi ", row.reference),
                compact=True,
                lead="link",
                aria_haspopup="dialog",
                custom_attrs={"data-opens": _DIALOG},
                on_click=on_choose(row.reference),
            ),
            class_name="form-acts",
        ),
        class_name="pcard act",
        key=row.reference,
    )


def unmatched(rows: Value, on_choose: Value) -> rx.Component:
    """Consignments without company: {reference, href, title, post, parties [text], at, at_label}."""
    return rx.el.ul(rx.foreach(rows, lambda row: _unmatched(row, on_choose)), class_name="acts", role="list")


def _closing(label: str) -> rx.Component:
    return button(label, kind="2", custom_attrs={"data-closes": ""})


def _ask(form: Value, draft: Value, chosen: Value, on_check: Value) -> rx.Component:
    return declared.form(
        form,
        draft,
        declared.control(form, "siren", draft),
        rx.cond(chosen.asks_name, declared.control(form, "name", draft)),
        rx.el.div(_closing("Annuler"), submit("Vérifier"), class_name="modal-actions"),
        on_submit=on_check,
    )


def _confirm(chosen: Value, on_back: Value, on_tie: Value) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "Rattacher cet envoi à ",
            rx.el.strong(chosen.company),
            "\u00a0? Toutes les personnes de l’entreprise qui suivent ses envois le verront aussitôt.",
            tab_index=-1,
            custom_attrs={"data-focus": ""},
        ),
        rx.el.p(chosen.learnt, class_name="hint"),
        rx.el.div(
            button("Modifier", kind="2", on_click=on_back),
            button(
                "Confirmer le rattachement", on_click=on_tie(chosen.stamp), custom_attrs={"data-closes": ""}
            ),
            class_name="modal-actions",
        ),
        class_name="form",
    )


def tie_dialog(
    form: Value, draft: Value, chosen: Value, *, on_check: Value, on_back: Value, on_tie: Value
) -> rx.Component:
    """Two steps: the SIREN, then what will happen. chosen {reference, title, learnt, company, asks_name, stamp}."""
    return dialog(
        _DIALOG,
        "Rattacher l’envoi",
        rx.el.p(chosen.title, " ", rx.el.span(chosen.reference, class_name="ref"), class_name="meta"),
        rx.cond(chosen.company != "", _confirm(chosen, on_back, on_tie), _ask(form, draft, chosen, on_check)),
    )


def tied(rows: Value, on_undo: Value) -> rx.Component:
    """Ties made by hand that can be undone: {reference, href, title, company, at, at_label}."""

    def one(row: Value) -> rx.Component:
        return rx.el.li(
            rx.el.p(link(row.title, href=row.href), class_name="doc-t"),
            rx.el.p(row.company, class_name="meta"),
            rx.el.p(
                rx.el.span(row.reference, class_name="ref"), " ", ago(row.at, row.at_label), class_name="meta"
            ),
            button(
                "Annuler le rattachement",
                vh(" de ", row.reference),
                kind="danger",
                compact=True,
                on_click=on_undo(row.reference, row.stamp),
            ),
            class_name="act",
            key=row.reference,
        )

    return card(
        "Rattachés à la main",
        rx.el.p("Un rattachement s’annule tant que l’envoi n’est pas clos.", class_name="hint"),
        rx.el.ul(rx.foreach(rows, one), class_name="acts", role="list"),
    )


def _outgoing(row: Value, on_replay: Value) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.h2(row.what, class_name="h3"), rx.el.span(row.at, class_name="meta"), class_name="card-head"
        ),
        rx.el.p(row.problem, class_name="act-why"),
        rx.el.p(row.channel, ", ", row.attempts, class_name="meta"),
        rx.el.div(
            button(
                "Renvoyer",
                vh("\u00a0: ", row.what, ", ", row.at),
                kind="2",
                compact=True,
                lead="rotate-cw",
                on_click=on_replay(row.key),
            ),
            class_name="form-acts",
        ),
        class_name="pcard act",
        key=row.key,
    )


def set_aside(rows: Value, on_replay: Value) -> rx.Component:
    """What could not be delivered: {key, what, channel, problem, attempts, at}."""
    return rx.el.ul(rx.foreach(rows, lambda row: _outgoing(row, on_replay)), class_name="acts", role="list")
