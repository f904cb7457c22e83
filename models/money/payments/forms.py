"""The forms of payments."""

from typing import Annotated

from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind

_LONGEST = 80


class NoticeForm(Form):
    """The reference and the password of a payment notice (PPR-31)."""

    reference: Annotated[
        str,
        Input(
            "Référence de la créance",
            hint="En haut de l’avis de paiement.",
            missing="Écrivez la référence de la créance.",
            longest=_LONGEST,
        ),
    ]
    password: Annotated[
        str,
        Input(
            "Mot de passe de l’avis",
            Kind.PASSWORD,
            hint="Imprimé sous la référence.",
            missing="Tapez le mot de passe de l’avis.",
            longest=_LONGEST,
        ),
    ]


class TicketForm(Form):
    """The debt that a notice opened."""

    ticket: Annotated[str, Input("Créance", Kind.HIDDEN, longest=2000)] = ""
