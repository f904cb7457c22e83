"""The forms of payments."""

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator

from models.kernel.forms.declaration import Fault, Form
from models.kernel.forms.inputs import Input, Kind
from models.money.payments.simulator import VAT_RATES, read_amount

_LONGEST = 80
_NO_VALUE = "Indiquez la valeur des marchandises."
_HIGHEST_RATE = Decimal(1000)


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


def _amount(typed: object) -> Decimal:
    amount = read_amount(str(typed))
    if amount is None:
        raise Fault("Écrivez un montant, par exemple 1\u00a0250,50.")
    return amount


def _value(typed: object) -> Decimal:
    amount = _amount(typed)
    if amount == 0:
        raise Fault(_NO_VALUE)
    return amount


def _rate(typed: object) -> Decimal:
    rate = read_amount(str(typed))
    if rate is None or rate > _HIGHEST_RATE:
        raise Fault("Écrivez un taux en pour cent, par exemple 3,2.")
    return rate


class ImportForm(Form):
    """What is imported, for the simulator (PPR-51)."""

    goods: Annotated[
        Decimal,
        BeforeValidator(_value),
        Input("Valeur des marchandises, en euros", missing=_NO_VALUE, longest=40, input_mode="decimal"),
    ]
    transport: Annotated[
        Decimal,
        BeforeValidator(_amount),
        Input(
            "Transport et assurance jusqu’à l’Union européenne, en euros", longest=40, input_mode="decimal"
        ),
    ] = Decimal(0)
    duty_rate: Annotated[
        Decimal,
        BeforeValidator(_rate),
        Input(
            "Taux du droit de douane, en pour cent",
            hint="Celui de votre marchandise, dans le tarif intégré TARIC. Vide\u00a0: aucun droit.",
            longest=40,
            input_mode="decimal",
        ),
    ] = Decimal(0)
    vat_rate: Annotated[
        Decimal,
        Input(
            "Taux de TVA",
            Kind.SELECT,
            missing="Choisissez un taux de TVA.",
            invalid="Choisissez un taux de TVA.",
            choices=VAT_RATES,
        ),
    ]
