"""The forms by which those who answer for a company say who acts for it."""

from typing import Annotated, ClassVar

from models.identity.accounts.inputs import LONGEST_ADDRESS, NOT_WHOLE, Email
from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind


class InviteForm(Form):
    """Whom to ask to open an account (PPR-10)."""

    email: Annotated[
        Email,
        Input(
            "Adresse électronique",
            Kind.EMAIL,
            hint="Un lien lui est envoyé pour ouvrir un compte de votre entreprise, valable 14 jours.",
            missing=NOT_WHOLE,
            longest=LONGEST_ADDRESS,
        ),
    ]


class MandateForm(Form):
    """Which program acts for the company (SES-04)."""

    key: ClassVar[str] = "mandate"

    software: Annotated[
        str,
        Input(
            "Logiciel",
            Kind.SELECT,
            hint="Il pourra lire les envois de l’entreprise, prendre, déplacer et annuler leurs rendez-vous.",
            missing="Choisissez un logiciel.",
            longest=64,
        ),
    ]
