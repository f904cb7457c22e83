"""Identifiers as people type them: the number, or in French what is wrong with it. No I/O."""

from dataclasses import dataclass

from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

LONGEST_NAME = 200
"""Characters of a company's name."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed as a SIREN: the number, or a French sentence that says what is wrong with it."""

    siren: str = ""
    error: str = ""


def read_siren(text: str) -> Typed:
    """The SIREN in what was typed: blanks and points are left out, a SIRET gives its nine first digits."""
    digits = "".join(c for c in text if not c.isspace() and c not in ".-\u2011")
    if not digits:
        return Typed(error="Tapez le SIREN de l’entreprise\u00a0: 9\u00a0chiffres.")
    if not (digits.isascii() and digits.isdigit()):
        return Typed(error="Un SIREN ne compte que des chiffres.")
    if len(digits) == 14:
        wrong = "Ce SIRET est faux\u00a0: vérifiez ses 14 chiffres, ou tapez le SIREN."
        return Typed(digits[:9]) if siret_number.is_valid(digits) else Typed(error=wrong)
    if len(digits) != 9:
        return Typed(error=f"Un SIREN compte 9\u00a0chiffres\u00a0; vous en avez tapé {len(digits)}.")
    if not siren_number.is_valid(digits):
        return Typed(
            error="Ce SIREN est faux\u00a0: sa clé de contrôle ne correspond pas. Vérifiez chaque chiffre."
        )
    return Typed(digits)
