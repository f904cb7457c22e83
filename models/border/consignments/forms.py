"""The forms by which an officer records a step (SES-05), and takes back a mistake (docs/mistakes.md)."""

from typing import Annotated, ClassVar

from models.border.passage.code_lists import UNDO_REASONS
from models.kernel import french
from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind

LONGEST_NOTE = 500
_NO_REASON = "Choisissez un motif\u00a0: l’opérateur lira pourquoi vous annulez."
Note = Annotated[
    str,
    Input(
        "Précisions",
        Kind.AREA,
        hint="L’opérateur lira ces mots. Aucun nom d’agent.",
        longest=LONGEST_NOTE,
        rows=3,
    ),
]


class RecordForm(Form):
    """One step: which fields are asked for, and their choices, follow from the step and the result (SES-05)."""

    key: ClassVar[str] = "record"

    step: Annotated[str, Input("Étape", Kind.SELECT, missing="Choisissez l’étape à enregistrer.")]
    outcome: Annotated[str, Input("Résultat", Kind.RADIOS, missing="Choisissez un résultat.")]
    reason: Annotated[
        str,
        Input(
            "Motif",
            Kind.SELECT,
            missing="Choisissez un motif\u00a0: l’opérateur doit savoir ce qui ne va pas.",
        ),
    ]
    measure: Annotated[
        str,
        Input(
            "Mesure",
            Kind.SELECT,
            missing="Choisissez la mesure\u00a0: l’opérateur doit savoir ce qu’il faut faire du lot.",
        ),
    ]
    due_on: Annotated[
        str,
        Input(
            "Échéance de la mesure",
            Kind.DATE,
            hint="Dernier jour pour l’exécuter, à la charge de l’opérateur.",
            missing="Donnez l’échéance de la mesure\u00a0: un jour à venir, dans l’année.",
            longest=10,
        ),
    ]
    note: Note = ""


class UndoForm(Form):
    """Why: the operator reads it."""

    key: ClassVar[str] = "undo"

    reason: Annotated[
        str,
        Input(
            "Motif",
            Kind.SELECT,
            missing=_NO_REASON,
            invalid=_NO_REASON,
            choices={
                "": "Choisir un motif",
                **{code: french.upper_first(why) for code, why in UNDO_REASONS.items()},
            },
        ),
    ]
    details: Note = ""
