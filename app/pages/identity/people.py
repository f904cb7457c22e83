"""/entreprise: the people of a company, for those who answer for it (PPR-10)."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from components.identity import factors, mandates, people
from components.kit import feedback, layout
from models.identity.people.forms import InviteForm, MandateForm
from state.identity.mandates import Mandated
from state.identity.people import People, PersonRow
from state.kit.session import Session


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(People.error != "", feedback.note("err", "Rien n’a changé", People.error)),
            rx.cond(Mandated.error != "", feedback.note("err", "Rien n’a changé", Mandated.error)),
            role="alert",
            class_name="said",
        ),
        feedback.toasts(
            rx.cond(People.done != "", feedback.toast(People.done, on_close=People.dismiss)),
            rx.cond(Mandated.done != "", feedback.toast(Mandated.done, on_close=Mandated.dismiss)),
        ),
    )


def _person(row: rx.Var[PersonRow]) -> rx.Component:
    return people.person(
        row, People.certify, People.end_certification, People.delegate, People.end_delegation
    )


def _invited() -> rx.Component:
    return rx.cond(
        People.invited.length() > 0,
        rx.el.ul(
            rx.foreach(People.invited, lambda row: people.invitation(row, People.cancel)),
            class_name="acts",
            role="list",
        ),
        rx.el.p("Aucune invitation n’attend de réponse.", class_name="soft"),
    )


def _lists() -> rx.Component:
    return layout.columns(
        [
            layout.card(
                "Personnes",
                rx.el.ul(rx.foreach(People.persons, _person), class_name="acts", role="list"),
            ),
            layout.card(
                "Logiciels mandatés",
                mandates.mandated(Mandated.given, Mandated.withdraw),
                mandates.mandate_form(MandateForm, Mandated.draft, Mandated.choices, Mandated.give),
            ),
        ],
        [
            layout.card("Inviter", people.invite_form(InviteForm, People.draft, People.invite)),
            layout.card("Invitations en cours", _invited()),
            rx.cond(
                People.recovering.length() > 0,
                layout.card(
                    "Seconds facteurs perdus",
                    factors.recovery_requests(
                        People.recovering, People.certify_recovery, People.decline_recovery
                    ),
                ),
            ),
            feedback.note(
                "info",
                "Ce que ce rôle ne fait pas",
                rx.el.p(
                    "Les habilitations sont accordées par chaque administration. La Douane ne reconnaît pas ce rôle\u00a0: "
                    "les siennes se demandent sur son site."
                ),
            ),
        ],
    )


def page() -> rx.Component:
    """The list and the invitations, or why they are not shown."""
    return signed_in_page(
        layout.page_head("Personnes de l’entreprise", Session.me.company),
        _said(),
        rx.cond(
            People.loaded,
            rx.cond(
                People.refusal != "",
                feedback.refused("Page réservée aux correspondants", People.refusal),
                _lists(),
            ),
            feedback.skeleton(4),
        ),
        current="entreprise",
    )
