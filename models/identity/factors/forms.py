"""The forms of second factors: proving one, adding one, taking one away."""

from typing import Annotated, ClassVar

from annotated_types import Ge, Le

from models.identity.factors.rules import LONGEST_LABEL
from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind

_PASSKEY_PART = 4000
"""Characters of what a device answers, in base64url."""
_Part = Annotated[str, Input("Réponse de l’appareil", Kind.HIDDEN, longest=_PASSKEY_PART)]
_Following = Annotated[str, Input("Page suivante", Kind.HIDDEN, longest=1000)]
_Way = Annotated[str, Input("Moyen", Kind.HIDDEN, longest=20)]
_Current = Annotated[
    str, Input("Mot de passe actuel", Kind.PASSWORD, missing="Tapez votre mot de passe actuel.")
]


class PasskeyForm(Form):
    """What the device answers, under the names of WebAuthn: assets/js/passkeys.js fills it in."""

    key: ClassVar[str] = "passkey"

    way: _Way = ""
    next: _Following = ""
    id: _Part = ""
    clientDataJSON: _Part = ""  # noqa: N815 - a name of WebAuthn
    authenticatorData: _Part = ""  # noqa: N815 - the same
    signature: _Part = ""


class CodeForm(Form):
    """The six digits of an application."""

    way: _Way = ""
    next: _Following = ""
    code: Annotated[
        str,
        Input(
            "Code de l’application",
            hint="Six chiffres, qui changent toutes les 30 secondes.",
            missing="Tapez les six chiffres.",
            longest=10,
            completion="one-time-code",
            input_mode="numeric",
        ),
    ]


class RecoveryForm(Form):
    """One of the codes that were kept aside."""

    key: ClassVar[str] = "recovery"

    way: _Way = ""
    next: _Following = ""
    code: Annotated[
        str,
        Input(
            "Code de secours",
            hint="Un de ceux que vous avez imprimés. Chacun sert une fois.",
            missing="Tapez un de vos codes de secours.",
            longest=40,
        ),
    ]


class ProofForm(Form):
    """Any of the three, as the route reads it: the way that it names says which fields count."""

    way: _Way = ""
    next: _Following = ""
    code: Annotated[str, Input("Code", longest=40)] = ""
    id: _Part = ""
    clientDataJSON: _Part = ""  # noqa: N815 - a name of WebAuthn
    authenticatorData: _Part = ""  # noqa: N815 - the same
    signature: _Part = ""


class NewFactorForm(Form):
    """What to call a factor, and the password."""

    key: ClassVar[str] = "factor"

    name: Annotated[
        str, Input("Nom", hint="Par exemple\u00a0: Téléphone du bureau.", longest=LONGEST_LABEL)
    ] = ""
    current: _Current


class NewPasskeyForm(NewFactorForm):
    """A passkey."""

    key: ClassVar[str] = "new-passkey"


class NewApplicationForm(NewFactorForm):
    """An application of codes."""

    key: ClassVar[str] = "new-application"


class FirstProofForm(Form):
    """What proves that a factor which is being added works: a code, or what a device answers."""

    ceremony: Annotated[str, Input("Ajout en cours", Kind.HIDDEN, longest=200)] = ""
    code: Annotated[
        str,
        Input("Code de l’application", longest=10, completion="one-time-code", input_mode="numeric"),
    ] = ""
    id: _Part = ""
    clientDataJSON: _Part = ""  # noqa: N815 - a name of WebAuthn
    attestationObject: _Part = ""  # noqa: N815 - the same


class RemovalForm(Form):
    """Which factor to take away, and the password."""

    key: ClassVar[str] = "removal"

    factor: Annotated[
        int,
        Ge(0),
        Le(10**9),
        Input(
            "Second facteur",
            Kind.SELECT,
            missing="Choisissez le second facteur.",
            invalid="Choisissez le second facteur.",
        ),
    ]
    current: _Current


class CodesForm(Form):
    """Other recovery codes, against the password."""

    key: ClassVar[str] = "codes"

    current: _Current


def profile_flash(form: type[Form]) -> str:
    """Under which kind the last post of that form of the profile leaves what is wrong with it."""
    return f"profile_{form.key}"
