"""Fields that the forms about people and companies have in common, as they are read."""

from typing import Annotated

from pydantic import AfterValidator

from models.identity.accounts.rules import is_address, same_address
from models.kernel.forms.declaration import Fault
from models.kernel.identifiers import read_siren

NOT_WHOLE = "Écrivez l’adresse en entier, par exemple prenom.nom@entreprise.fr."
LONGEST_ADDRESS = 254


def _address(typed: str) -> str:
    address = same_address(typed)
    if not is_address(address):
        raise Fault(NOT_WHOLE)
    return address


def _siren(typed: str) -> str:
    number = read_siren(typed)
    if number.error:
        raise Fault(number.error)
    return number.siren


Email = Annotated[str, AfterValidator(_address)]
"""An address, as it is compared with others."""
Siren = Annotated[str, AfterValidator(_siren)]
"""The nine digits of a company, its control digit right; a SIRET gives them too."""
