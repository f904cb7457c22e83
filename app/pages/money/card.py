"""/payer: pay by card from a payment notice (PPR-31)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.kit import declared, feedback, forms, layout
from components.kit.base import link
from models.kernel.french import typeset
from models.money.payments.forms import NoticeForm, TicketForm
from state.money.card import Card


def _ask() -> rx.Component:
    return declared.posted(
        NoticeForm,
        Card.draft,
        forms.submit("Retrouver la créance", lead="search"),
        asked=True,
        action="/payer",
        class_name="signin-form",
    )


def _pay() -> rx.Component:
    due = Card.due
    pairs = (("Référence", due.reference), ("Montant", due.amount), ("Échéance", due.due_on))
    return layout.card(
        due.title,
        rx.el.dl(
            *[rx.el.div(rx.el.dt(label), rx.el.dd(value)) for label, value in pairs], class_name="pairs sums"
        ),
        declared.posted(
            TicketForm,
            None,
            declared.control(TicketForm, "ticket", value=due.ticket),
            forms.submit("Payer par carte", lead="credit-card"),
            action="/payer/carte",
        ),
        rx.el.p(link("Payer une autre créance", href="/payer?encore=1")),
    )


def page() -> rx.Component:
    """The reference and the password of the notice, then the debt and its button."""
    return public_page(
        rx.el.div(
            rx.el.h1("Payer par carte", class_name="h1"),
            rx.el.p(
                typeset(
                    "Sans compte, avec l'avis de paiement de la douane : alcools jusqu'à 2 000 €, octroi de mer "
                    "jusqu'à 1 500 €."
                )
            ),
            rx.el.div(
                rx.cond(Card.error != "", feedback.note("err", Card.error_title, Card.error)),
                role="alert",
                class_name="said",
            ),
            rx.cond(Card.due.ticket != "", _pay(), _ask()),
            class_name="wrap pub-page prose",
        ),
    )
