"""/aide: questions and answers, the assistant, the hotline, the form, and how to read the follow-up (PPR-52, SES-49)."""

import reflex as rx

from app.pages.kit.frame import leads, public_page
from components.kit import declared, feedback, forms
from components.kit.status import status
from components.signals import assistance
from models.border.passage.vocabulary import ConsignmentState
from models.border.passage.words import RAIL, STATES
from models.kernel.french import typeset
from models.signals.assistance.faq import ENTRIES, THEMES
from models.signals.assistance.forms import HelpForm, QuestionForm
from state.signals.assistance import Assistance

_MEANINGS = {
    ConsignmentState.WAITING: "On attend un événement\u00a0: l’arrivée de la marchandise, un résultat de laboratoire.",
    ConsignmentState.IN_PROGRESS: "Une administration travaille sur l’envoi. Vous n’avez rien à faire.",
    ConsignmentState.ACTION_REQUIRED: "L’opérateur doit agir pour que l’envoi avance.",
    ConsignmentState.BLOCKED: "Un contrôle n’est pas conforme, ou l’entrée est refusée.",
    ConsignmentState.RELEASED: "Le bon à enlever est accordé. La marchandise peut partir.",
    ConsignmentState.CANCELLED: "Le DSCE est annulé ou remplacé, ou la marchandise refusée est repartie.",
}


def _questions() -> rx.Component:
    by_theme = [
        (theme, [(entry, leads(entry.href)) for entry in ENTRIES if entry.theme == theme]) for theme in THEMES
    ]
    return rx.el.section(
        rx.el.h2("Questions fréquentes", class_name="h2"),
        assistance.search_box(Assistance.query, Assistance.search),
        rx.el.div(
            rx.cond(
                Assistance.counted != "",
                assistance.results(Assistance.found, Assistance.counted),
                rx.fragment(*[assistance.theme(theme, entries) for theme, entries in by_theme]),
            ),
        ),
        id="questions",
    )


def _form() -> rx.Component:
    return declared.form(
        HelpForm,
        Assistance.draft,
        forms.submit("Envoyer la demande", lead="send"),
        asked=True,
        on_submit=Assistance.send,
        class_name="signin-form",
    )


def _request() -> rx.Component:
    receipt = Assistance.receipt
    return rx.el.section(
        rx.el.h2("Écrire à une personne", class_name="h2"),
        rx.el.div(
            rx.cond(receipt.reference != "", assistance.acknowledgement(receipt)),
            rx.cond(
                Assistance.error != "", feedback.note("err", "Demande non enregistrée", Assistance.error)
            ),
            role="status",
            class_name="said",
        ),
        _form(),
        id="demande",
    )


def _reading() -> rx.Component:
    states = [
        rx.el.div(rx.el.dt(status(state, STATES[state])), rx.el.dd(typeset(meaning)))
        for state, meaning in _MEANINGS.items()
    ]
    return rx.el.section(
        rx.el.h2("Lire le suivi", class_name="h2"),
        rx.el.h3("Ce que veulent dire les états", class_name="h3"),
        rx.el.dl(*states, class_name="pairs"),
        rx.el.h3("Les huit étapes", class_name="h3"),
        rx.el.ol(*[rx.el.li(label) for label, _ in RAIL]),
        rx.el.p(
            "Une étape hachurée est sans objet pour cet envoi. "
            "L’analyse en laboratoire apparaît dans la chronologie quand il y en a une."
        ),
        id="etats",
    )


def page() -> rx.Component:
    """What people ask most, an assistant, somebody to write to or to call."""
    return public_page(
        rx.el.div(
            rx.el.h1("Aide", class_name="h1"),
            rx.el.div(
                rx.el.div(_questions(), _request(), _reading(), class_name="help-main prose"),
                rx.el.div(
                    assistance.chat(QuestionForm, Assistance.turns, Assistance.ask),
                    assistance.hotline(Assistance.hotline),
                    class_name="help-side",
                ),
                class_name="help-cols",
            ),
            class_name="wrap pub-page",
        ),
    )
