"""The French of vocabulary.py and rules.py: one table a notion, and nothing on screen that is not here (SES-50)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.border.passage.rules import Action
from models.border.passage.steps import ROWS, STEP_ROWS
from models.border.passage.vocabulary import (
    CheckResult,
    ChedType,
    ConsignmentState,
    ReleaseReason,
    StepKind,
    StepStatus,
)
from models.kernel.authorities import Authority

STATES: Mapping[str, str] = {
    ConsignmentState.WAITING: "En attente",
    ConsignmentState.IN_PROGRESS: "En cours",
    ConsignmentState.ACTION_REQUIRED: "Action requise",
    ConsignmentState.BLOCKED: "Bloqué",
    ConsignmentState.RELEASED: "Libéré",
    ConsignmentState.CANCELLED: "Clos",
}


def state_words(state: str, action: str) -> str:
    """Where one consignment stands: a refusal is named as such, not as a block among others."""
    return "Entrée refusée" if action == Action.CARRY_OUT_MEASURE else STATES[state]


STATES_OF_MANY: Mapping[str, str] = {
    ConsignmentState.BLOCKED: "Bloqués",
    ConsignmentState.ACTION_REQUIRED: "Action requise",
    ConsignmentState.IN_PROGRESS: "En cours",
    ConsignmentState.WAITING: "En attente",
    ConsignmentState.RELEASED: "Libérés",
    ConsignmentState.CANCELLED: "Clos",
}

STEPS: Mapping[str, str] = {row.kind: row.label for row in STEP_ROWS}


def _rail() -> tuple[tuple[str, tuple[StepKind, ...]], ...]:
    by_chevron: dict[str, list[StepKind]] = {}
    for row in STEP_ROWS:
        by_chevron.setdefault(row.chevron, []).append(row.kind)
    return tuple((chevron, tuple(kinds)) for chevron, kinds in by_chevron.items())


RAIL = _rail()
"""The eight chevrons of the rail, and the steps that each stands for."""

AUTHORITIES: Mapping[str, str] = {
    Authority.OPERATOR: "Opérateur",
    Authority.SIVEP: "SIVEP",
    Authority.CUSTOMS: "Douane",
    Authority.CARRIER: "Transporteur",
    Authority.LABORATORY: "Laboratoire",
}

CHED_TYPES: Mapping[str, str] = {
    ChedType.ANIMALS: "Animaux vivants (DSCE-A)",
    ChedType.ANIMAL_PRODUCTS: "Produits d’origine animale (DSCE-P)",
    ChedType.PLANTS: "Végétaux et produits végétaux (DSCE-PP)",
    ChedType.FEED_AND_FOOD: "Denrées et aliments non animaux (DSCE-D)",
}

STATUSES: Mapping[str, str] = {
    StepStatus.AWAITED: "À venir",
    StepStatus.PLANNED: "Prévu",
    StepStatus.STARTED: "En cours",
    StepStatus.SATISFACTORY: "Conforme",
    StepStatus.UNSATISFACTORY: "Non conforme",
    StepStatus.DONE: "Fait",
    StepStatus.CANCELLED: "Annulé",
    StepStatus.NOT_NEEDED: "Sans objet",
}


def failure(step: str) -> str:
    """What is said of a step that went badly, before anything else: `Contrôle physique non conforme`."""
    return ROWS[step].failure or f"{STEPS[step]} non conforme"


def failure_word(step: str) -> str:
    """The same beside the name of the step: `non conforme`, `refusée`."""
    return ROWS[step].failed


RESULTS: Mapping[str, str] = {
    CheckResult.SATISFACTORY: "Conforme",
    CheckResult.SATISFACTORY_AFTER_INTERVENTION: "Conforme après intervention officielle",
    CheckResult.NOT_SATISFACTORY: "Non conforme",
    CheckResult.NOT_DONE: "Non réalisé",
    CheckResult.DEROGATION: "Dispensé par dérogation",
}

RELEASE_REASONS: Mapping[str, str] = {
    ReleaseReason.CONTROL: "Sous contrôle de la douane",
    ReleaseReason.DOCUMENTS: "Documents demandés par la douane",
    ReleaseReason.RESULT: "Résultat du contrôle rendu",
    ReleaseReason.PAYMENT: "Crédit en attente ou paiement comptant",
    ReleaseReason.BALANCE: "Solde insuffisant pour les droits et taxes",
}


@dataclass(frozen=True, slots=True)
class ActionWords:
    """How an action is told: in a list, and on the page of the consignment."""

    short: str
    """After the actor's name: `SIVEP : vérifier les documents`."""
    title: str
    """Said to whom must act."""
    sentence: str
    """Consequence, or what to prepare."""


ACTIONS: Mapping[str, ActionWords] = {
    Action.COMPLETE_NOTIFICATION: ActionWords(
        "Compléter la notification",
        "Complétez et déposez la notification préalable",
        "Le DSCE est encore un brouillon. Déposez sa partie I dans TRACES au moins un jour ouvré avant l’arrivée.",
    ),
    Action.ANNOUNCE_ARRIVAL: ActionWords(
        "Annoncer l’arrivée",
        "Le transporteur doit annoncer l’arrivée",
        "Les contrôles commencent dès que la marchandise est annoncée au poste.",
    ),
    Action.CHECK_DOCUMENTS: ActionWords(
        "Vérifier les documents",
        "Le SIVEP vérifie les documents",
        "Rien à faire de votre côté\u00a0: gardez les originaux à disposition.",
    ),
    Action.PRESENT_FOR_IDENTITY: ActionWords(
        "Présenter le lot",
        "Présentez la marchandise au contrôle d’identité",
        "Le SIVEP compare le lot et ses scellés avec les documents. Sans présentation, l’envoi reste au poste.",
    ),
    Action.CHECK_IDENTITY: ActionWords(
        "Contrôler l’identité",
        "Le SIVEP contrôle l’identité du lot",
        "Le contrôle a commencé. Le résultat s’affiche ici dès qu’il est enregistré.",
    ),
    Action.PRESENT_FOR_PHYSICAL: ActionWords(
        "Présenter le lot",
        "Présentez la marchandise au contrôle physique",
        "Prévoyez l’ouverture complète du conteneur et la manutention. Sans présentation, l’envoi reste au poste.",
    ),
    Action.CHECK_PHYSICALLY: ActionWords(
        "Contrôler la marchandise",
        "Le SIVEP contrôle la marchandise",
        "Le contrôle a commencé. Le résultat s’affiche ici dès qu’il est enregistré.",
    ),
    Action.RETURN_RESULT: ActionWords(
        "Rendre le résultat",
        "Le laboratoire analyse les prélèvements",
        "La décision attend ce résultat. La marchandise reste sous contrôle officiel.",
    ),
    Action.DECIDE: ActionWords(
        "Signer la décision",
        "Le SIVEP doit rendre sa décision",
        "Les contrôles sont faits. La décision sur le DSCE ouvre la suite en douane.",
    ),
    Action.DECIDE_AFTER_FAILURE: ActionWords(
        "Décider de la suite",
        "Le SIVEP décide de la suite",
        "Un contrôle n’est pas conforme. La marchandise ne peut pas quitter le poste avant la décision.",
    ),
    Action.CARRY_OUT_MEASURE: ActionWords(
        "Exécuter la mesure",
        "Entrée refusée\u00a0: exécutez la mesure",
        "La mesure est à votre charge\u00a0: proposez une date au poste.",
    ),
    Action.FILE_DECLARATION: ActionWords(
        "Déposer la déclaration",
        "Déposez la déclaration en douane",
        "La décision sanitaire est rendue. Citez la référence du DSCE dans la déclaration.",
    ),
    Action.CORRECT_DECLARATION: ActionWords(
        "Corriger la déclaration",
        "Corrigez la déclaration refusée",
        "La douane n’a pas pu l’accepter. Corrigez-la et déposez-la de nouveau.",
    ),
    Action.ACCEPT_DECLARATION: ActionWords(
        "Valider la déclaration",
        "La douane examine la déclaration",
        "La déclaration est reçue. Rien à faire de votre côté.",
    ),
    Action.PROVIDE_DOCUMENTS: ActionWords(
        "Fournir les documents",
        "Fournissez les documents demandés par la douane",
        "Le bon à enlever attend ces documents. Transmettez-les au bureau de douane du poste.",
    ),
    Action.PAY_DUTIES: ActionWords(
        "Régler les droits",
        "Réglez les droits et taxes",
        "Le bon à enlever attend le paiement ou la disponibilité de votre crédit d’enlèvement.",
    ),
    Action.FUND_ACCOUNT: ActionWords(
        "Approvisionner le compte",
        "Approvisionnez votre compte auprès de la douane",
        "Le solde de votre compte ne couvre pas les droits et taxes. Le bon à enlever attend qu’il les couvre.",
    ),
    Action.CONTROL_GOODS: ActionWords(
        "Contrôler la marchandise",
        "La douane contrôle la marchandise",
        "La déclaration est sous contrôle. Tenez-vous prêt à présenter la marchandise.",
    ),
    Action.GRANT_RELEASE: ActionWords(
        "Accorder le BAE",
        "La douane doit accorder le bon à enlever",
        "La déclaration est validée. Rien à faire de votre côté.",
    ),
    Action.COLLECT: ActionWords(
        "BAE accordé",
        "Vous pouvez enlever la marchandise",
        "Le bon à enlever est accordé. Plus aucune formalité ne vous retient.",
    ),
    Action.NOTHING: ActionWords(
        "Terminé",
        "Plus rien à faire",
        "Le passage est terminé. Le dossier reste consultable.",
    ),
}
