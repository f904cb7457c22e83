"""The words of the letters to the people of a company."""

from models.identity.letters.kinds import Budget, letter_kind
from models.identity.letters.parts import Details, Letter, page
from models.kernel.french import grouped


@letter_kind("invited", Budget.INVITATION, "Invitation dans une entreprise")
def _invited(details: Details) -> Letter:
    company, siren = details["company"], details["siren"]
    return Letter(
        f"{company} vous invite sur Passavant",
        (
            "Bonjour,",
            f"Le correspondant de {company} (SIREN {grouped(siren)}) vous invite à ouvrir un compte Passavant avec cette adresse. Il sera certifié dès que vous l’aurez confirmée.",
        ),
        "Ouvrir mon compte",
        page(f"/inscription?siren={siren}"),
        (
            "L’invitation vaut 14 jours. Si elle ne vous dit rien, ignorez ce message\u00a0: aucun compte n’est ouvert sans vous.",
        ),
    )
