"""The forms that say whose a consignment is, and which post a code is."""

from typing import Annotated, ClassVar

from models.border.matching.post_actions import LONGEST_NAME as LONGEST_POST
from models.identity.accounts.inputs import Siren
from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind
from models.kernel.identifiers import LONGEST_NAME


class TieForm(Form):
    """To which company a consignment is tied; the name is asked of one that is not known yet."""

    key: ClassVar[str] = "tie"

    siren: Annotated[
        Siren,
        Input(
            "SIREN de l’entreprise",
            hint="9\u00a0chiffres. Un SIRET convient aussi.",
            missing="Tapez le SIREN de l’entreprise\u00a0: 9\u00a0chiffres.",
            longest=30,
            input_mode="numeric",
        ),
    ]
    name: Annotated[
        str,
        Input(
            "Nom de l’entreprise",
            hint="Elle n’est pas encore connue du portail\u00a0: elle sera créée sous ce nom.",
            longest=LONGEST_NAME,
        ),
    ] = ""


class PostForm(Form):
    """Which post an unknown code is; the name is asked of a new one."""

    key: ClassVar[str] = "post"

    known: Annotated[
        str, Input("Poste", Kind.SELECT, missing="Choisissez de quel poste il s’agit.", longest=64)
    ]
    name: Annotated[str, Input("Nom du poste, s’il est nouveau", longest=LONGEST_POST)] = ""
