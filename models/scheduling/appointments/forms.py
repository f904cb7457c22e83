"""The forms of an appointment: what the gate must know, why it ends, what an inspector answers."""

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from models.kernel.forms.declaration import Fault, Form
from models.kernel.forms.inputs import Input, Kind
from models.scheduling.appointments.lifecycle import LONGEST_TEXT
from models.scheduling.slots.vocabulary import OpeningSide, Why
from models.scheduling.slots.words import OPENING_SIDES, REASONS

CANCELLING = (Why.PLANS_CHANGED, Why.GOODS_LATE, Why.WRONG_SELECTION, Why.OTHER)
DECLINING = (Why.PLANS_CHANGED, Why.GOODS_LATE, Why.OUT_OF_REACH, Why.OTHER)
_LONGEST_NAME, _LONGEST_CODE, _LONGEST_KEY = 80, 30, 64
_PHONE = re.compile(r"^\+?[\d .()-]{8,25}$")
_NO_PHONE = "Donnez un numéro où joindre cette personne, par exemple 06 12 34 56 78."


def _phone(typed: str) -> str:
    if not _PHONE.match(typed) or sum(map(str.isdigit, typed)) < 8:
        raise Fault(_NO_PHONE)
    return typed


def _choices(first: str, reasons: tuple[Why, ...]) -> dict[str, str]:
    return {"": first, **{str(why): REASONS[why] for why in reasons}}


Details = Annotated[str, Input("Précisions", Kind.AREA, longest=LONGEST_TEXT, rows=2)]


class VisitForm(Form):
    """What the gate and the inspector must know (SES-10)."""

    key: ClassVar[str] = "visit"

    contact_name: Annotated[
        str,
        Input(
            "Personne à joindre le jour même",
            missing="Dites qui joindre le jour du contrôle.",
            longest=_LONGEST_NAME,
            completion="name",
        ),
    ]
    contact_phone: Annotated[
        str,
        AfterValidator(_phone),
        Input(
            "Téléphone",
            Kind.PHONE,
            missing=_NO_PHONE,
            longest=_LONGEST_CODE,
            completion="tel",
            input_mode="tel",
        ),
    ]
    container_code: Annotated[
        str,
        Input(
            "Code d’ouverture du conteneur",
            hint="Celui que l’entrée ou l’inspecteur doit connaître.",
            longest=_LONGEST_CODE,
        ),
    ] = ""
    opening_side: Annotated[
        str,
        Input(
            "Côté d’ouverture",
            Kind.SELECT,
            choices={"": "Non précisé", **{str(side): OPENING_SIDES[side] for side in OpeningSide}},
        ),
    ] = ""
    perishable: Annotated[
        bool,
        Input(
            "Denrée périssable",
            Kind.TICK,
            hint="Le poste la fait passer avant le reste s’il prend du retard.",
        ),
    ] = False
    note: Annotated[str, Input("Consigne pour le poste", Kind.AREA, longest=LONGEST_TEXT)] = ""


class CancelForm(Form):
    """Why an appointment is cancelled: optional (SES-11)."""

    key: ClassVar[str] = "cancel"

    reason: Annotated[str, Input("Motif", Kind.SELECT, choices=_choices("Sans motif", CANCELLING))] = ""
    details: Details = ""


class DeclineForm(Form):
    """Why a proposed time does not suit; nothing is asked of whom the waiting list offered one (SES-11)."""

    key: ClassVar[str] = "decline"

    reason: Annotated[
        str, Input("Motif du refus", Kind.SELECT, choices=_choices("Choisir un motif", DECLINING))
    ] = ""
    details: Details = ""


class AnswerForm(Form):
    """What an inspector answers before something that others are told of; the question offers the choices."""

    key: ClassVar[str] = "answer"

    day: Annotated[str, Input("Jour", Kind.DATE, longest=10)] = ""
    slot: Annotated[str, Input("Heure", Kind.SELECT, longest=_LONGEST_KEY)] = ""
    bay: Annotated[str, Input("Quai", Kind.SELECT, longest=_LONGEST_KEY)] = ""
    reason: Annotated[str, Input("Motif", Kind.SELECT, longest=_LONGEST_KEY)] = ""
    details: Details = ""


class GateForm(Form):
    """A reference that was typed or scanned at the gate."""

    key: ClassVar[str] = "gate"

    reference: Annotated[str, Input("Référence ou QR code", missing="Tapez ou lisez une référence.")]


class DayForm(Form):
    """Which plan to show."""

    key: ClassVar[str] = "plan"

    post: Annotated[str, Input("Poste", Kind.SELECT, longest=_LONGEST_KEY)] = ""
    day: Annotated[str, Input("Jour à afficher", Kind.DATE, longest=10)] = ""


class DropForm(Form):
    """Where a block of the plan was dragged: assets/js/plan.js fills it in."""

    key: ClassVar[str] = "drop"

    reference: Annotated[str, Input("Rendez-vous", Kind.HIDDEN)] = ""
    slot: Annotated[str, Input("Heure", Kind.HIDDEN, longest=_LONGEST_KEY)] = ""
    bay: Annotated[str, Input("Quai", Kind.HIDDEN, longest=_LONGEST_KEY)] = ""
