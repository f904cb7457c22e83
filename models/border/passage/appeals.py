"""How a refusal is contested: told with it, or the time in which that can be done would not run.

Codes of administrative justice (art. R. 421-1, R. 421-2, R. 421-5) and of relations between the public and the
administration (art. L. 231-4, L. 411-2): two months from the notification of the decision.
"""

from models.kernel.french import typeset

APPEALS: tuple[tuple[str, str], ...] = (
    (
        "Délai",
        "Vous pouvez contester cette décision dans les deux mois qui suivent sa notification.",
    ),
    (
        "Recours administratif",
        (
            "Écrivez au poste (recours gracieux) ou au ministère chargé de l’agriculture (recours hiérarchique). Sans "
            "réponse sous deux mois, le recours est rejeté. Fait dans le délai, il vous laisse deux mois, à partir de "
            "la réponse ou de ce rejet, pour saisir le tribunal."
        ),
    ),
    (
        "Recours contentieux",
        "Saisissez le tribunal administratif dont relève le poste, par écrit ou sur www.telerecours.fr.",
    ),
)
"""What each way is called, and how it is taken."""
STILL_DUE = "Un recours ne suspend pas la mesure."


def propose(reference: str, *, phone: bool, address: bool) -> str:
    """How the operator proposes a date for the measure, by the ways that are known of the post."""
    ways = (["par téléphone"] if phone else []) + (["par écrit à cette adresse"] if address else [])
    how = " ou ".join(ways) or "par les moyens que vous lui connaissez"
    return typeset(
        f"Proposez au poste la date à laquelle la mesure sera exécutée, {how}, en citant {reference}. "
        "La mesure s'exécute sous son contrôle."
    )
