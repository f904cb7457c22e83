"""/agent: what waits for the officers, in order."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from components.border import listing
from components.kit import feedback, forms, layout
from components.kit.base import Option
from components.signals import alerts, worklist
from models.border.passage.words import STEPS as STEP_WORDS
from state.border.follow_up import CHED_CHOICES
from state.signals.work_address import STEPS
from state.signals.worklist import AgentHome

_TYPES = [Option(value, label) for value, label in CHED_CHOICES]
_STEPS = [Option("", "Tous les contrôles"), *(Option(word, STEP_WORDS[step]) for word, step in STEPS.items())]


def _select(id_: str, label: str, options: object, value: rx.Var[str]) -> rx.Component:
    return forms.select(
        id_, options, label=label, value=value, on_change=lambda chosen: AgentHome.narrow(id_, chosen)
    )


def _said() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(AgentHome.error != "", feedback.note("err", "Ce n’est pas fait", AgentHome.error)),
            role="alert",
            class_name="said",
        ),
        feedback.toasts(
            rx.cond(AgentHome.done != "", feedback.toast(AgentHome.done, on_close=AgentHome.dismiss))
        ),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        AgentHome.around.narrowed,
        feedback.empty(
            "Aucun envoi ne correspond",
            "Retirez les filtres pour voir toute la file.",
            forms.link_button("Voir toute la file", href="/agent"),
        ),
        feedback.empty(
            "La file est vide",
            "Dès qu’un envoi attend votre service, il apparaît ici, en direct.",
        ),
    )


def _list() -> rx.Component:
    around = AgentHome.around
    filters = rx.el.div(
        _select("etape", "Contrôle", _STEPS, around.step),
        _select("type", "Type de DSCE", _TYPES, around.ched_type),
        rx.cond(around.posts.length() > 2, _select("poste", "Poste", around.posts, around.post)),
        class_name="w-filters",
        role="group",
        aria_label="Filtres",
    )
    return rx.el.div(
        alerts.strip(AgentHome.alerts, around.more_alerts, AgentHome.acknowledge),
        worklist.box(
            around,
            filters,
            listing.newcomers(AgentHome.reorder, AgentHome.sort),
            rx.cond(
                AgentHome.rows.length() > 0,
                worklist.work(
                    AgentHome.rows,
                    around.takes,
                    on_take=AgentHome.take,
                    on_release=AgentHome.release,
                    on_hand=AgentHome.hand,
                ),
                _nothing(),
            ),
        ),
        worklist.hand_dialog(AgentHome.handing, AgentHome.assign),
        class_name="agent",
    )


def page() -> rx.Component:
    """The list and the first alerts, or why they are not shown."""
    return signed_in_page(
        layout.page_head("File de contrôle", AgentHome.around.subtitle, worklist.figures(AgentHome.around)),
        _said(),
        rx.cond(
            AgentHome.loaded,
            rx.cond(
                AgentHome.refusal != "",
                feedback.refused("Page réservée aux agents", AgentHome.refusal),
                _list(),
            ),
            feedback.skeleton(4),
        ),
        current="agent",
    )
