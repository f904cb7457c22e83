"""/agent/offre: what a post offers, for those who inspect there; others of the post read it (SES-12)."""

from typing import Any

import reflex as rx

from app.pages.kit.frame import back_link, signed_in_page
from components.kit import feedback, layout
from components.kit.forms import button
from components.kit.tabs import Tab, panel, tabs
from components.scheduling import offer, offer_effect, offer_forms
from models.scheduling.capacity.changes import Section
from models.scheduling.capacity.forms import (
    DAYS,
    BayForm,
    ClosureForm,
    HoursForm,
    LengthsForm,
    PreviewForm,
    TermsForm,
    length_name,
)
from models.scheduling.capacity.vocabulary import Control, Goods
from models.scheduling.capacity.words import CONTROLS, GOODS
from models.scheduling.revision.forms import ChangeForm
from state.scheduling.capacity.page import OfferPage
from state.scheduling.capacity.rows import SECTIONS, STEPS, LineRow

_TABS = [Tab(section, label) for section, label in SECTIONS.items()]
_LENGTHS = [
    (
        CONTROLS[control],
        [
            (
                GOODS.get(goods, "Toutes marchandises"),
                *(length_name(control, goods, part) for part in ("first", "more")),
            )
            for goods in ("", *Goods)
        ],
    )
    for control in Control
]


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(OfferPage.error != "", feedback.note("err", "Rien n’est enregistré", OfferPage.error)),
            rx.cond(
                OfferPage.post.stale,
                feedback.note(
                    "warn",
                    "L’offre vient de changer",
                    "Quelqu’un de votre poste l’a enregistrée entre-temps. Votre brouillon est gardé.",
                    button("Reprendre mon brouillon sur la nouvelle offre", on_click=OfferPage.take_over),
                ),
            ),
            role="alert",
            class_name="said",
        ),
        feedback.toasts(
            rx.cond(
                OfferPage.done != "",
                feedback.toast(
                    OfferPage.done,
                    on_close=OfferPage.dismiss,
                    action=rx.cond(
                        OfferPage.undo_label != "",
                        button(OfferPage.undo_label, kind="bar", on_click=OfferPage.undo),
                    ),
                ),
            ),
        ),
    )


def _beside(content: rx.Component, form: rx.Component) -> rx.Component:
    """A list, and the form that adds to it, for those who may."""
    return rx.cond(OfferPage.post.editable, rx.el.div(content, form, class_name="of-beside"), content)


def _hours() -> rx.Component:
    return rx.fragment(
        offer.week(OfferPage.week, OfferPage.edit_hours, editable=OfferPage.post.editable),
        rx.cond(
            OfferPage.post.editable,
            offer_forms.hours_form(
                HoursForm,
                OfferPage.hours_form,
                DAYS,
                OfferPage.save_hours,
                OfferPage.remove_hours,
                OfferPage.edit_hours,
            ),
        ),
    )


def _closures() -> rx.Component:
    def remove(row: rx.Var[LineRow]) -> Any:
        return rx.cond(
            OfferPage.post.editable,
            offer.act("Supprimer", row, OfferPage.remove_closure(row.key), "danger"),
        )

    listed = rx.el.div(
        offer.lines(OfferPage.closures, remove, empty="Aucune fermeture ni absence à venir."),
        rx.el.h3("Jours sans contrôle des six prochaines semaines", class_name="h3"),
        offer_effect.days_off(OfferPage.days_off),
        class_name="form",
    )
    return _beside(
        listed,
        offer_forms.closure_form(
            ClosureForm, OfferPage.closure_form, OfferPage.places, OfferPage.add_closure
        ),
    )


def _bays() -> rx.Component:
    def acts(row: rx.Var[LineRow]) -> Any:
        return rx.cond(
            OfferPage.post.editable,
            rx.fragment(
                offer.arrow("arrow-up", "Monter", row, OfferPage.shift_bay(row.key, "up"), off=row.first),
                offer.arrow(
                    "arrow-down", "Descendre", row, OfferPage.shift_bay(row.key, "down"), off=row.last
                ),
                offer.act("Modifier", row, OfferPage.edit_bay(row.key)),
                offer.act("Retirer", row, OfferPage.retire_bay(row.key), "danger"),
            ),
        )

    return _beside(
        offer.lines(OfferPage.bays, acts, empty="Aucun quai\u00a0: ajoutez le premier."),
        offer_forms.bay_form(
            BayForm, OfferPage.bay_form, tuple(STEPS), tuple(Goods), OfferPage.save_bay, OfferPage.edit_bay
        ),
    )


def _lengths() -> rx.Component:
    return offer_forms.lengths_form(
        LengthsForm,
        OfferPage.lengths_form,
        _LENGTHS,
        OfferPage.usual_lengths,
        OfferPage.save_lengths,
        editable=OfferPage.post.editable,
    )


def _terms() -> rx.Component:
    return offer_forms.terms_form(
        TermsForm, OfferPage.terms_form, OfferPage.save_terms, editable=OfferPage.post.editable
    )


def _sections() -> rx.Component:
    parts = {
        Section.HOURS: _hours,
        Section.CLOSURES: _closures,
        Section.BAYS: _bays,
        Section.LENGTHS: _lengths,
        Section.TERMS: _terms,
    }
    return rx.el.section(
        tabs("offre", "Parties de l’offre", _TABS, selected=OfferPage.tab, on_select=OfferPage.show_tab),
        *[
            panel(
                "offre", section, rx.el.h2(SECTIONS[section], class_name="h2"), part(), selected=OfferPage.tab
            )
            for section, part in parts.items()
        ],
        class_name="pcard of-parts",
    )


def _open() -> rx.Component:
    return rx.el.div(
        rx.cond(
            OfferPage.post.editable,
            offer.draft_bar(OfferPage.unsaved, OfferPage.see_effect, OfferPage.undo, OfferPage.discard),
            feedback.note("info", "En lecture seule", "Les inspecteurs du poste fixent son offre."),
        ),
        rx.cond(
            OfferPage.shown.known,
            offer_effect.effect(
                ChangeForm,
                OfferPage.change_form,
                OfferPage.shown,
                OfferPage.hits,
                OfferPage.choose,
                OfferPage.choose_all,
                OfferPage.save,
            ),
        ),
        _sections(),
        layout.card(
            "Aperçu des créneaux",
            offer_effect.preview(PreviewForm, OfferPage.preview_form, OfferPage.preview_days, OfferPage.look),
            id_="apercu",
        ),
        class_name="of-page",
    )


def page() -> rx.Component:
    """The offer, or why it is not shown."""
    return signed_in_page(
        back_link("Planning", "/agent/planning"),
        layout.page_head(
            "Offre du poste",
            OfferPage.post.lead,
            offer_effect.post_choice(OfferPage.post.others, OfferPage.post.code, OfferPage.choose_post),
        ),
        _said(),
        rx.cond(
            OfferPage.loaded,
            rx.cond(
                OfferPage.refusal != "",
                feedback.refused("Page réservée aux agents", OfferPage.refusal),
                _open(),
            ),
            feedback.skeleton(6),
        ),
        current="offre",
    )
