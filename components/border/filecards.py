"""The side cards of a consignment: documents, goods, transport, parties."""

import reflex as rx

from components.kit.base import Value, anchor, vh
from components.kit.icons import document_icon, glyph, icon
from components.kit.layout import card


def _document(doc: Value) -> rx.Component:
    return rx.el.li(
        rx.el.span(document_icon(doc.icon), class_name="doc-ic"),
        rx.el.span(
            rx.cond(
                doc.href != "",
                anchor(vh("Télécharger "), doc.title, href=doc.href, download=doc.name, class_name="doc-a"),
                rx.el.span(doc.title, class_name="doc-t"),
            ),
            rx.el.span(doc.meta, class_name="meta"),
        ),
        rx.cond(doc.href != "", icon("download", 18)),
        class_name="doc",
    )


def documents(
    docs: Value,
    count_label: Value,
    archive_href: Value = "",
    archive_label: Value = "",
    copy_href: Value = "",
) -> rx.Component:
    """The import file: {title, meta, icon, href, name}, then everything in one archive, and what proves it."""
    return card(
        "Dossier d’import",
        rx.el.ul(rx.foreach(docs, _document), class_name="docs", role="list"),
        rx.cond(
            archive_href != "",
            rx.el.div(
                rx.el.span(archive_label, class_name="meta"),
                anchor(
                    icon("folder-down", 18),
                    "Tout télécharger",
                    href=archive_href,
                    class_name="btn btn-2 btn-s",
                ),
                class_name="card-foot docs-foot",
            ),
        ),
        rx.cond(
            copy_href != "",
            rx.el.div(
                rx.el.span("Dossier daté et signé, vérifiable par un tiers", class_name="meta"),
                anchor(
                    icon("file-check", 18),
                    "Copie certifiée",
                    href=copy_href,
                    class_name="btn btn-2 btn-s",
                ),
                class_name="card-foot docs-foot",
            ),
        ),
        aside=rx.el.span(count_label, class_name="meta"),
        id_="documents",
        class_name="pcard-flush",
    )


def refusal(told: Value) -> rx.Component:
    """A refusal: {title, facts [{label, text}], note, propose, phone, phone_href, appeals, still_due}."""
    pair = lambda one: rx.el.div(rx.el.dt(one.label), rx.el.dd(one.text))  # noqa: E731
    return card(
        rx.fragment(glyph("blocked"), " ", told.title),
        rx.el.dl(rx.foreach(told.facts, pair), class_name="refusal-facts"),
        rx.cond(told.note != "", rx.el.p(told.note)),
        rx.el.h3("Proposer une date", class_name="h3"),
        rx.el.p(told.propose),
        rx.cond(
            told.phone != "",
            rx.el.p(
                anchor(
                    icon("phone", 18),
                    "Appeler le ",
                    told.phone,
                    href=told.phone_href,
                    class_name="btn btn-2 btn-s",
                )
            ),
        ),
        rx.el.h3("Contester la décision", class_name="h3"),
        rx.el.dl(rx.foreach(told.appeals, pair), class_name="appeals"),
        rx.el.p(told.still_due, class_name="hint"),
        id_="refus",
        class_name="refusal",
    )


def _pair(label: str, value: Value) -> rx.Component:
    return rx.cond(value != "", rx.el.div(rx.el.dt(label), rx.el.dd(value, class_name="ref")))


def _good(good: Value) -> rx.Component:
    return rx.el.li(
        rx.el.h3(good.title, class_name="h3"),
        rx.el.dl(
            _pair("CN", good.cn),
            _pair("Code OEPP", good.eppo),
            _pair("Origine", good.origin),
            _pair("Poids net", good.net),
            _pair("Poids brut", good.gross),
            _pair("Quantité", good.quantity),
            _pair("Colis", good.packages),
            class_name="pairs",
        ),
    )


def goods(items: Value) -> rx.Component:
    """The goods: {title, cn, eppo, origin, net, gross, quantity, packages}."""
    return card(
        "Marchandises",
        rx.el.ul(rx.foreach(items, _good), class_name="stack", role="list"),
        id_="marchandises",
    )


def _transport_icon(mode: Value) -> rx.Component:
    return rx.match(
        mode,
        ("air", icon("plane")),
        ("road", icon("truck")),
        ("rail", icon("train-front")),
        ("container", icon("container")),
        ("seal", icon("lock")),
        icon("ship"),
    )


def transports(items: Value) -> rx.Component:
    """Means of transport and containers: {mode, label, value, detail}."""
    return card(
        "Transport",
        rx.el.ul(
            rx.foreach(
                items,
                lambda item: rx.el.li(
                    rx.el.span(_transport_icon(item.mode), class_name="doc-ic"),
                    rx.el.span(
                        rx.el.span(item.label, class_name="meta"),
                        rx.el.strong(item.value, class_name="ref"),
                        rx.el.span(item.detail, class_name="meta"),
                        class_name="lines",
                    ),
                    class_name="iconrow",
                ),
            ),
            class_name="stack",
            role="list",
        ),
        id_="transport",
    )


def parties(items: Value) -> rx.Component:
    """Who takes part: {role, name, place, identifier}."""
    return card(
        "Intervenants",
        rx.el.ul(
            rx.foreach(
                items,
                lambda item: rx.el.li(
                    rx.el.span(item.role, class_name="meta"),
                    rx.el.strong(item.name),
                    rx.el.span(item.place, class_name="meta"),
                    rx.cond(item.identifier != "", rx.el.span(item.identifier, class_name="meta ref")),
                    class_name="lines",
                ),
            ),
            class_name="stack",
            role="list",
        ),
        id_="intervenants",
    )
