"""The form of a threshold (SES-20)."""

from typing import Annotated, ClassVar

from annotated_types import Ge, Le

from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind

_NOT_A_NUMBER = "Donnez un nombre entier, sans unité."
_Number = Annotated[int, Ge(0), Le(9_999_999)]


class ThresholdForm(Form):
    """What is measured, where, and the two numbers; where it holds is asked of a new threshold alone.

    What there is to choose from, and what the numbers may be of each measure, its verb says
    (models/signals/alerts/thresholds.py).
    """

    key: ClassVar[str] = "threshold"

    quantity: Annotated[str, Input("Mesure", Kind.SELECT, longest=64)] = ""
    post: Annotated[str, Input("Poste", Kind.SELECT, longest=64)] = ""
    ched_type: Annotated[str, Input("Type de DSCE", Kind.SELECT, longest=64)] = ""
    step: Annotated[str, Input("Étape", Kind.SELECT, longest=64)] = ""
    opens_at: Annotated[
        _Number,
        Input(
            "S’ouvre à",
            hint="En minutes pour une durée, sinon un nombre.",
            missing=_NOT_A_NUMBER,
            invalid=_NOT_A_NUMBER,
            longest=7,
            input_mode="numeric",
        ),
    ]
    closes_at: Annotated[
        _Number,
        Input(
            "Se clôt à",
            hint="Plus bas que l’ouverture.",
            missing=_NOT_A_NUMBER,
            invalid=_NOT_A_NUMBER,
            longest=7,
            input_mode="numeric",
        ),
    ]
    active: Annotated[bool, Input("Actif", Kind.TICK)] = False
