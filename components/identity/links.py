"""The links with the co-owners: what is linked, what it lets one do, and how to change it."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, anchor, native_form, vh
from components.kit.feedback import dialog, note
from components.kit.forms import button, submit
from components.kit.icons import icon


def said(done_title: Value, done: Value, error_title: Value, error: Value) -> rx.Component:
    """What became of the last thing asked for."""
    return rx.fragment(
        rx.el.div(rx.cond(error != "", note("err", error_title, error)), role="alert", class_name="said"),
        rx.el.div(rx.cond(done != "", note("ok", done_title, done)), role="status", class_name="said"),
    )


def co_owners(links: Value, password_form: Value) -> rx.Component:
    """Links: {code, name, there, available, linked, since, href, creatable, changeable, site, holdings
    [{company, siren, lines}]}.
    """
    return rx.el.ul(
        rx.foreach(links, lambda link: _link(link, password_form)), class_name="acts", role="list"
    )


def _link(link: Value, password_form: Value) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.h3(link.name, class_name="h3"), _state(link), class_name="card-head"),
        rx.cond(link.linked | link.available, _actions(link)),
        rx.cond(link.changeable, _password_form(password_form)),
        rx.el.div(rx.foreach(link.holdings, _holding), class_name="holdings"),
        rx.cond(
            link.holdings.length() == 0,
            rx.el.p("Aucune habilitation reçue de ", link.there, ".", class_name="meta"),
        ),
        anchor(
            "Demander une habilitation à ",
            link.there,
            icon("external-link", 16),
            vh(" (nouvel onglet)"),
            href=link.site,
            target="_blank",
            rel="noopener",
            class_name="link-out",
        ),
        class_name="act",
        key=link.code,
    )


def _state(link: Value) -> rx.Component:
    linked = rx.el.p(icon("link", 16), "Rattaché depuis le ", link.since, class_name="meta link-on")
    off = rx.el.p(rx.cond(link.available, "Non rattaché", "Rattachement indisponible"), class_name="meta")
    return rx.cond(link.linked, linked, off)


def _actions(link: Value) -> rx.Component:
    start = anchor(
        icon("link"),
        "Rattacher",
        vh(" mon compte de ", link.there),
        href=link.href,
        class_name="btn btn-2 btn-s",
    )
    create = native_form(
        submit("Créer mon compte douane", kind="2", compact=True, lead="user-plus"),
        action="/rattachement/DGDDI/creer",
    )
    end = button(
        "Rompre",
        vh(" le rattachement avec ", link.there),
        kind="danger",
        compact=True,
        lead="unlink",
        aria_haspopup="dialog",
        custom_attrs={"data-opens": "rompre-" + link.code},
    )
    return rx.el.div(
        rx.cond(
            link.linked,
            rx.fragment(end, _end_dialog(link)),
            rx.fragment(start, rx.cond(link.creatable, create)),
        ),
        class_name="form-acts",
    )


def _end_dialog(link: Value) -> rx.Component:
    return dialog(
        "rompre-" + link.code,
        rx.fragment("Rompre le rattachement avec ", link.there, "\u00a0?"),
        rx.el.p(
            "Les habilitations reçues de ",
            link.there,
            " sont aussitôt retirées d’ici, avec ce qu’elles ouvrent. Votre compte là-bas reste tel quel\u00a0: "
            "vous pourrez le rattacher de nouveau.",
        ),
        actions=[
            native_form(submit("Rompre le rattachement", kind="danger"), action=link.href + "/rompre"),
            button("Garder", custom_attrs={"data-closes": ""}, auto_focus=True),
        ],
    )


def _password_form(form: Value) -> rx.Component:
    return rx.el.details(
        rx.el.summary("Changer le mot de passe du compte douane", class_name="act-sum"),
        declared.posted(
            form,
            None,
            declared.control(form, "password"),
            rx.el.div(submit("Changer le mot de passe", kind="2"), class_name="form-acts"),
            action="/rattachement/DGDDI/mot-de-passe",
            class_name="form copy-form",
        ),
        class_name="act-more",
    )


def _holding(holding: Value) -> rx.Component:
    return rx.el.div(
        rx.el.h4(
            holding.company, " ", rx.el.span(holding.siren, class_name="ref meta"), class_name="holding-name"
        ),
        rx.el.ul(rx.foreach(holding.lines, rx.el.li), role="list"),
        class_name="holding",
    )
