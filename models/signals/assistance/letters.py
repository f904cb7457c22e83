"""The words of the letters about requests for help (PPR-52)."""

from models.identity.letters.kinds import Budget, letter_kind
from models.identity.letters.parts import Details, Letter, page
from models.signals.assistance.rules import EXPECTED, SERVICE


@letter_kind("help_received", Budget.HELP, "Demande d’aide reçue")
def _help_received(details: Details) -> Letter:
    return Letter(
        f"Votre demande {details['reference']} est enregistrée",
        (
            "Bonjour,",
            f"Votre demande d’assistance a été reçue le {details['at']} par {SERVICE}, sous la référence {details['reference']}.",
            f"Réponse attendue sous {EXPECTED}. Sans réponse passé ce délai, rappelez cette référence par téléphone, ou écrivez-nous de nouveau.",
        ),
        "Page d’aide",
        page("/aide"),
    )
