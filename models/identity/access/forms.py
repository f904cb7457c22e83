"""The forms by which one gets an account, gets into it, and changes what proves that it is one's own."""

from typing import Annotated, ClassVar

from models.identity.accounts.inputs import LONGEST_ADDRESS, NOT_WHOLE, Email, Siren
from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind
from models.kernel.identifiers import LONGEST_NAME

_LONGEST_TOKEN = 1000
_LONGEST_PATH = 1000
Token = Annotated[str, Input("Lien reçu", Kind.HIDDEN, longest=_LONGEST_TOKEN)]
Following = Annotated[str, Input("Page suivante", Kind.HIDDEN, longest=_LONGEST_PATH)]
Current = Annotated[
    str, Input("Mot de passe actuel", Kind.PASSWORD, missing="Tapez votre mot de passe actuel.")
]
NewPassword = Annotated[
    str, Input("Nouveau mot de passe", Kind.NEW_PASSWORD, missing="Choisissez un mot de passe.")
]
Disowned = Annotated[
    bool,
    Input(
        "Quelqu’un d’autre a pu connaître mon mot de passe",
        Kind.TICK,
        hint="Les adresses de vos calendriers changeront, vos appareils ne recevront plus de notifications, et les "
        "invitations que vous avez envoyées seront annulées.",
    ),
]
"""The box by which one says, with a new password, that somebody else may have known the former one."""


class SignInForm(Form):
    """An address and a password (COM-02)."""

    email: Annotated[
        str,
        Input(
            "Adresse électronique",
            Kind.EMAIL,
            missing="Écrivez votre adresse électronique.",
            longest=LONGEST_ADDRESS,
            completion="username",
        ),
    ]
    password: Annotated[str, Input("Mot de passe", Kind.PASSWORD, missing="Tapez votre mot de passe.")]
    next: Following = ""


class SignUpForm(Form):
    """Who one is, and for which company: nothing has to be proven (PPR-02)."""

    name: Annotated[
        str,
        Input(
            "Prénom et nom",
            missing="Écrivez votre prénom et votre nom.",
            longest=LONGEST_NAME,
            completion="name",
        ),
    ]
    email: Annotated[
        Email,
        Input(
            "Adresse électronique",
            Kind.EMAIL,
            hint="Elle servira à vous connecter\u00a0: un lien y sera envoyé.",
            missing=NOT_WHOLE,
            longest=LONGEST_ADDRESS,
            completion="email",
        ),
    ]
    siren: Annotated[
        Siren,
        Input(
            "SIREN de votre entreprise",
            hint="9\u00a0chiffres. Un SIRET convient aussi.",
            missing="Tapez le SIREN de l’entreprise\u00a0: 9\u00a0chiffres.",
            longest=30,
            input_mode="numeric",
        ),
    ]


class LinkForm(Form):
    """Where to send a link that sets a password (COM-05)."""

    email: Annotated[
        Email,
        Input(
            "Adresse électronique",
            Kind.EMAIL,
            missing=NOT_WHOLE,
            longest=LONGEST_ADDRESS,
            completion="username",
        ),
    ]


class TokenForm(Form):
    """A link that was received, used by the button of its page."""

    token: Token = ""


class NewPasswordForm(Form):
    """A password, by a link (COM-01)."""

    token: Token = ""
    email: Annotated[str, Input("Adresse du compte", Kind.HIDDEN, longest=LONGEST_ADDRESS)] = ""
    """For the browser, which keeps passwords by account; nothing reads it here."""
    password: NewPassword
    disowned: Disowned = False


class PasswordForm(Form):
    """Another password, the present one being given."""

    key: ClassVar[str] = "password"

    current: Current
    password: NewPassword
    disowned: Disowned = False


class AddressForm(Form):
    """Another address, the present password being given (COM-03)."""

    key: ClassVar[str] = "address"

    email: Annotated[
        Email,
        Input(
            "Nouvelle adresse électronique",
            Kind.EMAIL,
            hint="Un lien y sera envoyé. L’adresse actuelle en sera avertie.",
            missing=NOT_WHOLE,
            longest=LONGEST_ADDRESS,
            completion="email",
        ),
    ]
    current: Current


class TermsForm(Form):
    """That one read and accepts a version of the terms of use (COM-10)."""

    version: Annotated[str, Input("Version", Kind.HIDDEN, longest=20)] = ""
    following: Following = ""


class CompanyForm(Form):
    """For which of one's companies one works (PPR-03)."""

    siren: Annotated[str, Input("Entreprise", Kind.HIDDEN, longest=30)] = ""
    next: Following = ""
