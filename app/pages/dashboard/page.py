"""/tableau-de-bord: the home of an operator."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from app.pages.signals.news import news_card
from components.border import listing
from components.dashboard import blocks
from components.kit import chart, feedback, forms, layout
from components.kit.tabs import Tab, panel, tabs
from components.money import payments
from models.kernel import french
from state.dashboard.page import Dashboard
from state.dashboard.summary import CURRENT, FISCAL, HISTORY, SERVICES
from state.kit.session import Session


def _chart() -> rx.Component:
    summary = Dashboard.summary
    return layout.card(
        "Synthèse des paiements à date",
        chart.chart(Dashboard.bars, year=summary.year, paid=summary.paid, due=summary.due),
        id_="synthese",
    )


def _debts() -> rx.Component:
    return rx.cond(
        Dashboard.debts.length() > 0,
        payments.debts(Dashboard.debts),
        rx.el.p("Aucune créance à payer.", class_name="soft pay-none"),
    )


def _history() -> rx.Component:
    shown = Dashboard.payments
    return rx.fragment(
        payments.search_form(shown.search, shown.since, shown.until, Dashboard.search),
        rx.cond(shown.hint != "", rx.el.p(shown.hint, class_name="hint pay-none", role="status")),
        rx.el.p(
            shown.found,
            class_name=rx.cond(Dashboard.history.length() > 0, "vh", "soft pay-none"),
            role="status",
        ),
        rx.cond(
            Dashboard.history.length() > 0,
            payments.history(Dashboard.history),
            rx.cond(
                shown.narrowed,
                rx.fragment(),
                rx.el.p("Aucun paiement pour l’instant.", class_name="soft pay-none"),
            ),
        ),
    )


def _payments() -> rx.Component:
    shown = Dashboard.payments
    limits = "Carte\u00a0: alcools jusqu’à 2\u00a0000\u00a0€, octroi de mer jusqu’à 1\u00a0500\u00a0€. Au-delà, prélèvement SEPA."
    return layout.card(
        "Paiements",
        tabs(
            "pay",
            "Paiements",
            (Tab(CURRENT, "En cours", Dashboard.summary.debts), Tab(HISTORY, "Historique")),
            selected=shown.tab,
            on_select=Dashboard.show_tab,
        ),
        listing.newcomers(Dashboard.newcomers, Dashboard.show_newcomers),
        panel("pay", CURRENT, _debts(), selected=shown.tab),
        panel("pay", HISTORY, _history(), selected=shown.tab),
        payments.pager(shown.previous, shown.next, Dashboard.turn),
        blocks.notes(Dashboard.notes),
        rx.cond(shown.tab == CURRENT, rx.el.p(french.typeset(limits), class_name="card-foot")),
        aside=payments.exports(shown.csv, shown.xlsx),
        id_="paiements",
        class_name="pcard-lines",
    )


def _declarations() -> rx.Component:
    selected = Dashboard.declarations
    lines = "lines-list"
    return layout.card(
        "Déclarations",
        tabs(
            "dec",
            "Déclarations",
            (Tab(SERVICES, "En cours", Dashboard.summary.services), Tab(FISCAL, "Sociales et fiscales")),
            selected=selected,
            on_select=Dashboard.show_declarations,
        ),
        panel(
            "dec",
            SERVICES,
            rx.cond(
                Dashboard.services.length() > 0,
                rx.el.ul(rx.foreach(Dashboard.services, blocks.service), role="list", class_name=lines),
                rx.el.p("Aucun service de déclaration ne vous est ouvert.", class_name="soft pay-none"),
            ),
            blocks.note(Dashboard.services_note),
            selected=selected,
        ),
        panel(
            "dec",
            FISCAL,
            rx.cond(
                Dashboard.fiscal.length() > 0,
                rx.el.ul(rx.foreach(Dashboard.fiscal, blocks.fiscal), role="list", class_name=lines),
                rx.el.p("Aucun lien ne vous est ouvert.", class_name="soft pay-none"),
            ),
            selected=selected,
        ),
        id_="declarations",
        class_name="pcard-lines",
    )


def _blocks() -> rx.Component:
    summary = Dashboard.summary
    has_money = Dashboard.bars.length() > 0
    has_declarations = (Dashboard.services.length() > 0) | (Dashboard.fiscal.length() > 0)
    return rx.fragment(
        rx.el.div(
            blocks.todo(Dashboard.todo, summary.todo, summary.more, Dashboard.show_tab(CURRENT)),
            rx.cond(has_money, _chart()),
            class_name="halves",
        ),
        rx.cond(has_money, _payments()),
        rx.el.div(
            rx.el.div(
                rx.cond(has_declarations, _declarations()),
                rx.cond(
                    Dashboard.sees_mandates,
                    blocks.mandates(Dashboard.mandates, summary.manages, Dashboard.mandates_note),
                ),
                class_name="col",
            ),
            rx.el.div(
                rx.cond(
                    summary.calendars != "",
                    blocks.dates(
                        Dashboard.dates,
                        calendars=summary.calendars,
                        more=summary.more_dates,
                        freshness=Dashboard.dates_notes,
                    ),
                ),
                rx.cond(Dashboard.withheld.length() > 0, blocks.withheld(Dashboard.withheld)),
                news_card(),
                class_name="col",
            ),
            class_name="halves",
        ),
    )


def _refused() -> rx.Component:
    return rx.fragment(
        feedback.refused("Tableau de bord non disponible", Dashboard.refusal),
        rx.cond(
            Session.me.doors.contains("/suivi"), rx.el.p(forms.link_button("Ouvrir le suivi", href="/suivi"))
        ),
    )


def page() -> rx.Component:
    """The blocks, or why there are none."""
    return signed_in_page(
        layout.page_head("Tableau de bord", Dashboard.summary.today),
        rx.cond(
            Dashboard.loaded,
            rx.cond(Dashboard.refusal != "", _refused(), _blocks()),
            feedback.skeleton(5),
        ),
        current="tableau-de-bord",
    )
