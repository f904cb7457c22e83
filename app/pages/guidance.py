"""/aide: how to read the follow-up (SES-49)."""

import reflex as rx

from app.pages.static_page import section, static_page
from components.status import status
from models.consignments.vocabulary import ConsignmentState
from models.consignments.words import RAIL, STATES
from models.french import typeset

_MEANINGS = {
    ConsignmentState.WAITING: "On attend un événement : l'arrivée de la marchandise, un résultat de laboratoire.",
    ConsignmentState.IN_PROGRESS: "Une administration travaille sur l'envoi. Vous n'avez rien à faire.",
    ConsignmentState.ACTION_REQUIRED: "L'opérateur doit agir pour que l'envoi avance.",
    ConsignmentState.BLOCKED: "Un contrôle n'est pas conforme, ou l'entrée est refusée.",
    ConsignmentState.RELEASED: "Le bon à enlever est accordé. La marchandise peut partir.",
    ConsignmentState.CANCELLED: "Le DSCE est annulé ou remplacé, ou la marchandise refusée est repartie.",
}


def _states() -> rx.Component:
    return rx.el.dl(
        *[
            rx.el.div(rx.el.dt(status(state, STATES[state])), rx.el.dd(typeset(meaning)))
            for state, meaning in _MEANINGS.items()
        ],
        class_name="pairs",
    )


def page() -> rx.Component:
    """The states, the steps, what to do when something blocks."""
    return static_page(
        "Aide",
        section("Ce que veulent dire les états", _states()),
        section(
            "Les huit étapes",
            rx.el.ol(*[rx.el.li(label) for label, _ in RAIL]),
            "Une étape hachurée est sans objet pour cet envoi. "
            "L’analyse en laboratoire apparaît dans la chronologie quand il y en a une.",
        ),
        section(
            "Mon envoi n’apparaît pas",
            typeset(
                "L'envoi est rattaché à une entreprise par le numéro d'opérateur TRACES, le numéro EORI ou le SIRET "
                "du destinataire. Vérifiez que le DSCE porte l'un d'eux. Le poste frontalier voit l'envoi dans tous "
                "les cas : signalez-lui la référence du DSCE."
            ),
        ),
        section(
            "Mon envoi est bloqué",
            typeset(
                "Ouvrez l'envoi : la première carte dit qui doit agir et quoi faire. Quand un contrôle n'est pas "
                "conforme, la marchandise ne quitte pas le poste avant la décision du SIVEP."
            ),
        ),
        section(
            "« Reconnexion… » ou « Hors ligne »",
            typeset(
                "L'indicateur en haut de la page dit si les changements arrivent seuls. Quand la connexion est "
                "perdue, les données restent affichées avec leur heure ; la page se met à jour d'elle-même au retour."
            ),
        ),
    )
