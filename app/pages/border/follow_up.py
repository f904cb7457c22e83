"""/suivi: the list of consignments."""

import reflex as rx

from app.pages.kit.frame import SEARCHED, signed_in_page
from components.border import listing
from components.kit import feedback, forms, layout, offline
from components.kit.base import Option
from state.border.follow_up import CHED_CHOICES, PERIOD_CHOICES, SORT_CHOICES, FollowUp
from state.border.rows import Row
from state.kit.session import Session


def _options(choices: list[tuple[str, str]]) -> list[Option]:
    return [Option(value, label) for value, label in choices]


def _select(id_: str, label: str, name: str, options: object, value: rx.Var[str]) -> rx.Component:
    return forms.select(
        id_, options, label=label, value=value, on_change=lambda chosen: FollowUp.narrow(name, chosen)
    )


def _filters() -> rx.Component:
    shown = FollowUp.filtering
    return listing.filter_bar(
        listing.search_form(shown.search, on_submit=FollowUp.search, label=SEARCHED),
        _select("poste", "Poste", "post", shown.posts, shown.post),
        _select("type", "Type de DSCE", "type", _options(CHED_CHOICES), shown.ched_type),
        _select("periode", "Période", "period", _options(PERIOD_CHOICES), shown.period),
        _select("tri", "Ordre", "sort", _options(SORT_CHOICES), shown.sort),
    )


def _nothing() -> rx.Component:
    shown = FollowUp.filtering
    return rx.cond(
        shown.narrowed,
        feedback.empty(
            "Aucun envoi ne correspond",
            "Vérifiez ce que vous cherchez, ou retirez les filtres.",
            forms.link_button("Retirer les filtres", href=shown.clear_href),
        ),
        feedback.empty(
            "Aucun envoi en cours",
            "Dès qu’un DSCE est déposé pour cette entreprise, il apparaît ici, en direct.",
        ),
    )


def _rows() -> rx.Var[list[Row]]:
    return listing.with_changes(FollowUp.rows, FollowUp.changed).to(list[Row])


def _kept() -> rx.Component:
    """For offline: the list that nothing narrows."""
    return rx.cond(
        FollowUp.filtering.narrowed,
        rx.fragment(),
        offline.keeper(_rows(), Session.me.company, Session.me.key),
    )


def _found() -> rx.Component:
    shown = FollowUp.filtering
    return rx.cond(
        FollowUp.rows.length() > 0,
        listing.consignment_list(
            _rows(),
            previous=shown.previous_href,
            next_=shown.next_href,
            label=FollowUp.range_label,
        ),
        _nothing(),
    )


def _list() -> rx.Component:
    shown = FollowUp.filtering
    return rx.fragment(
        _filters(),
        rx.el.p(shown.found, class_name="vh", role="status"),
        rx.cond(shown.hint != "", rx.el.p(shown.hint, class_name="hint", role="status")),
        listing.chips(FollowUp.chips),
        listing.newcomers(FollowUp.newcomers, FollowUp.show_newcomers),
        _found(),
        _kept(),
    )


def page() -> rx.Component:
    """The list, its filters, or why there is none."""
    return signed_in_page(
        layout.page_head(
            "Suivi en direct",
            FollowUp.subtitle,
            listing.feed(FollowUp.feed_title, FollowUp.feed_fact, FollowUp.feed_at),
        ),
        rx.cond(
            FollowUp.loaded,
            rx.cond(
                FollowUp.refusal != "",
                feedback.refused("Suivi non disponible", FollowUp.refusal),
                _list(),
            ),
            feedback.skeleton(4),
        ),
        current="suivi",
    )
