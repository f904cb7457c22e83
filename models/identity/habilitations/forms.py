"""The forms about accounts at the co-owners."""

from typing import Annotated, ClassVar

from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind


class CustomsPasswordForm(Form):
    """Another password for the customs account that was opened from here (PPR-06)."""

    key: ClassVar[str] = "customs"

    password: Annotated[
        str,
        Input(
            "Nouveau mot de passe du compte douane",
            Kind.NEW_PASSWORD,
            hint="12 caractères au moins\u00a0: minuscule, majuscule, chiffre et caractère spécial. Celui de Passavant "
            "ne change pas.",
            missing="Choisissez un mot de passe.",
        ),
    ]
