"""The forms of assistance: asking somebody, asking the assistant, saying what one thinks."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from models.identity.accounts.inputs import LONGEST_ADDRESS, NOT_WHOLE, Email
from models.kernel.forms.declaration import Fault, Form
from models.kernel.forms.inputs import Input, Kind
from models.kernel.identifiers import read_siren
from models.signals.assistance.rules import LONGEST_LINE, LONGEST_TEXT, RATINGS, SUBJECTS

_SHORTEST_TEXT = 10
_VAGUE = "Décrivez la difficulté en une phrase au moins."
_SUBJECT = "Choisissez un sujet."
_RATING = "Choisissez une des cinq réponses."


def _siren(typed: str) -> str:
    number = read_siren(typed)
    if number.error and typed:
        raise Fault(number.error)
    return number.siren


def _sentence(text: str) -> str:
    if len(text) < _SHORTEST_TEXT:
        raise Fault(_VAGUE)
    return text


class HelpForm(Form):
    """A request for assistance (PPR-52). The company may be left out."""

    name: Annotated[str, Input("Nom", missing="Donnez votre nom.", longest=LONGEST_LINE, completion="name")]
    email: Annotated[
        Email,
        Input(
            "Adresse électronique",
            Kind.EMAIL,
            hint="Nous y répondons.",
            missing=NOT_WHOLE,
            longest=LONGEST_ADDRESS,
            completion="email",
        ),
    ]
    company: Annotated[str, Input("Entreprise", longest=LONGEST_LINE, completion="organization")] = ""
    siren: Annotated[str, AfterValidator(_siren), Input("SIREN", longest=30, input_mode="numeric")] = ""
    subject: Annotated[
        str,
        Input(
            "Sujet",
            Kind.SELECT,
            missing=_SUBJECT,
            invalid=_SUBJECT,
            choices={"": "Choisissez…", **SUBJECTS},
        ),
    ]
    text: Annotated[
        str,
        AfterValidator(_sentence),
        Input(
            "Votre demande",
            Kind.AREA,
            hint="N’y mettez ni mot de passe ni donnée bancaire.",
            missing=_VAGUE,
            longest=LONGEST_TEXT,
            rows=6,
        ),
    ]


Known = Mapping[str, str]
"""What the form is filled in with, by field (COM-14)."""


class QuestionForm(Form):
    """A question to the assistant."""

    question: Annotated[str, Input("Votre question")] = ""


class OpinionForm(Form):
    """What one thinks of a page (PPR-53)."""

    key: ClassVar[str] = "opinion"

    rating: Annotated[
        int,
        Input(
            "Que pensez-vous de cette page\u00a0?",
            Kind.RADIOS,
            missing=_RATING,
            invalid=_RATING,
            choices={str(rating): RATINGS[rating] for rating in sorted(RATINGS, reverse=True)},
        ),
    ]
    comment: Annotated[
        str,
        Input(
            "Ce qui vous a aidé, ou gêné",
            Kind.AREA,
            hint="Votre avis n’est pas signé. N’y mettez rien de personnel.",
            longest=LONGEST_TEXT,
            rows=4,
        ),
    ] = ""
