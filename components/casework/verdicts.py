"""What is said of an issued document, in three languages, and where assets/js/verifier.js speaks."""

import reflex as rx

from components.kit.base import Value, link
from components.kit.icons import glyph, icon


def in_other_languages(english: str, spanish: str) -> rx.Component:
    """The same sentence for who reads no French."""
    return rx.el.div(
        rx.el.p(english, lang="en"), rx.el.p(spanish, lang="es"), class_name="soft verify-languages"
    )


def scanner() -> rx.Component:
    """A button that opens the camera, shown by the script where the browser reads codes."""
    return rx.el.div(
        rx.el.button(
            icon("qr-code", 18),
            "Scanner le code (Scan, Escanear)",
            type="button",
            class_name="btn",
            custom_attrs={"data-scan": ""},
        ),
        rx.el.div(custom_attrs={"data-view": ""}),
        class_name="verify-scan",
        custom_attrs={"data-scanner": ""},
    )


def statement() -> rx.Component:
    """Where the script says whether the signature in the code is good; empty when the address holds none."""
    return rx.el.div(role="status", class_name="verify-said", custom_attrs={"data-statement": ""})


def verdict(of: Value) -> rx.Component:
    """The state with its colour, then each language under the other."""
    return rx.el.div(
        rx.el.p(
            rx.cond(of.state == "valid", glyph("released"), glyph("blocked")),
            of.number,
            class_name="verify-number",
        ),
        rx.foreach(of.verdicts, lambda said: _in_language(said, of)),
        rx.el.p("Consulté le ", of.at, class_name="soft"),
        class_name="pcard verify verify-state verify-" + of.state.to(str),
    )


def _in_language(said: Value, of: Value) -> rx.Component:
    return rx.el.section(
        rx.el.h2(said.state, class_name="h2"),
        rx.el.p(said.sentence),
        rx.cond(
            of.replaced_by != "",
            rx.el.p(
                rx.el.span("→ ", aria_hidden="true"),
                link(of.replaced_by, href="/verifier/" + of.replaced_by.to(str)),
            ),
        ),
        rx.cond(said.hint != "", rx.el.p(said.hint, class_name="soft")),
        rx.el.dl(
            rx.foreach(said.pairs, lambda pair: rx.el.div(rx.el.dt(pair.label), rx.el.dd(pair.value))),
            class_name="pairs",
        ),
        lang=said.language,
    )
