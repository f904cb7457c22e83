"""The form that finds an issued document from its paper (CTX-14)."""

from typing import Annotated

from pydantic import BeforeValidator

from models.casework.issued import rules
from models.kernel.forms.declaration import Fault, Form
from models.kernel.forms.inputs import Input


def _number(typed: object) -> rules.Typed:
    known = rules.read(str(typed))
    if not known.number:
        raise Fault("Écrivez le numéro comme il est imprimé, par exemple FR\u2011CTX\u20112026\u2011007314.")
    return known


def _check(typed: object) -> str:
    check = rules.read_check(str(typed))
    if str(typed).strip() and not check:
        raise Fault("Le code compte 8 lettres ou chiffres, imprimés à côté du numéro, par exemple 2KXD 7Q4M.")
    return check


class VerifyForm(Form):
    """What is printed on a document."""

    number: Annotated[
        rules.Typed,
        BeforeValidator(_number),
        Input(
            "Numéro d’enregistrement",
            hint="Imprimé en tête du document, par exemple FR\u2011CTX\u20112026\u2011007314.",
            missing="Écrivez le numéro du document.",
            longest=rules.LONGEST,
        ),
    ]
    check: Annotated[
        str,
        BeforeValidator(_check),
        Input(
            "Code de vérification",
            hint="Les 8 caractères imprimés à côté du numéro. Sans lui, seul l’état du document est montré.",
            longest=rules.LONGEST,
        ),
    ] = ""
