"""The form by which an officer takes back a record made by mistake (docs/mistakes.md)."""

from typing import Annotated, ClassVar

from models.border.passage.code_lists import UNDO_REASONS
from models.kernel import french
from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind

LONGEST_NOTE = 500
_NO_REASON = "Choisissez un motif\u00a0: l’opérateur lira pourquoi vous annulez."


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
    details: Annotated[
        str,
        Input(
            "Précisions",
            Kind.AREA,
            hint="L’opérateur lira ces mots. Aucun nom d’agent.",
            longest=LONGEST_NOTE,
            rows=2,
        ),
    ] = ""
