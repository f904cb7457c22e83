"""/cgu: the terms of use, to read, print, download and accept (COM-10, COM-11)."""

from itertools import groupby
from typing import Any

import reflex as rx

from app.pages.kit.frame import public_page
from components.kit import declared
from components.kit.base import anchor, link, native_form, when
from components.kit.feedback import note
from components.kit.forms import submit
from components.kit.icons import icon
from models.identity.access.forms import TermsForm
from models.identity.accounts import terms
from models.identity.accounts.terms import Block, BlockKind
from models.kernel.french import typeset
from state.identity.terms import Terms


def _text(number: str) -> rx.Component:
    """One version, as sections under their headings."""
    sections: list[list[Block]] = []
    for block in terms.text_of(number):
        if block.kind is BlockKind.HEADING:
            sections.append([])
        sections[-1].append(block)
    return rx.el.div(*[rx.el.section(*_blocks(blocks)) for blocks in sections], class_name="terms")


def _blocks(blocks: list[Block]) -> list[rx.Component]:
    elements: list[rx.Component] = []
    for kind, group in groupby(blocks, lambda block: block.kind):
        texts = [block.text for block in group]
        if kind is BlockKind.ITEM:
            elements.append(rx.el.ul(*[rx.el.li(text) for text in texts]))
        elif kind is BlockKind.HEADING:
            elements += [rx.el.h2(text, class_name="h2") for text in texts]
        else:
            elements += [rx.el.p(text) for text in texts]
    return elements


def _acceptance() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Accepter ces conditions", class_name="h2"),
        rx.el.p(
            typeset(
                "Votre acceptation est enregistrée avec sa date et la version. "
                "Vous la retrouverez dans votre profil."
            )
        ),
        rx.el.div(
            declared.posted(
                TermsForm,
                None,
                declared.control(TermsForm, "version", value=Terms.number),
                declared.control(TermsForm, "following", value=Terms.following),
                submit("J’ai lu et j’accepte"),
                action="/cgu/acceptation",
            ),
            native_form(submit("Refuser et me déconnecter", kind="2"), action="/session/end"),
            class_name="form-acts",
        ),
        id="accepter",
        class_name="pcard no-print",
    )


def _versions() -> rx.Component:
    def one(line: Any) -> rx.Component:
        return rx.el.li(link(line.label, href=line.href, aria_current=when(line.current, "page")))

    return rx.el.section(
        rx.el.h2("Versions", class_name="h2"),
        rx.el.ul(rx.foreach(Terms.versions, one), role="list"),
        class_name="no-print",
    )


def page() -> rx.Component:
    """The version that is read, what to do about it, and those before it."""
    versions = [(version.number, _text(version.number)) for version in terms.VERSIONS]
    due = note(
        "warn",
        "Avant de continuer",
        rx.el.p(
            "Lisez ces conditions, puis acceptez-les ",
            anchor("au bas de la page", href="#accepter"),
            ". Les autres écrans s’ouvriront aussitôt.",
        ),
    )
    past = note(
        "info",
        typeset("Cette version n’est plus en vigueur"),
        link("Lire la version en vigueur", href="/cgu"),
    )
    return public_page(
        rx.el.div(
            rx.el.h1("Conditions d’utilisation", class_name="h1"),
            rx.el.p(Terms.since, class_name="lead"),
            rx.cond(Terms.due, due),
            rx.cond(Terms.past, past),
            rx.el.p(
                anchor(
                    icon("download", 18),
                    "Télécharger en PDF",
                    href=Terms.pdf,
                    download="",
                    class_name="tlink",
                ),
                class_name="no-print",
            ),
            rx.match(Terms.number, *versions, _text(terms.in_force().number)),
            rx.cond(Terms.due, _acceptance()),
            _versions(),
            class_name="wrap pub-page prose",
        ),
    )
