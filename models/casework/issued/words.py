"""What is said of an issued document to whoever verifies it, in French, English and Spanish (CTX-14)."""

from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_date

from models.casework.issued.kinds import Words
from models.casework.issued.vocabulary import State, Why
from models.kernel import french

LANGUAGES = ("fr", "en", "es")
_LOCALES = {"en": "en_GB", "es": "es"}

STATES: Mapping[State, Words] = {
    State.VALID: Words("En vigueur", "Valid", "Vigente"),
    State.WITHDRAWN: Words("Retiré", "Withdrawn", "Retirado"),
    State.REPLACED: Words("Remplacé", "Replaced", "Sustituido"),
}
SENTENCES: Mapping[State, Words] = {
    State.VALID: Words(
        "Établi par une autorité française. Ni retiré, ni remplacé.",
        "Issued by the French authorities. Not withdrawn, not replaced.",
        "Expedido por las autoridades francesas. No retirado ni sustituido.",
    ),
    State.WITHDRAWN: Words(
        "Ne vous fiez pas à ce document. L’autorité l’a retiré le {day}.",
        "Do not rely on this document. The authority withdrew it on {day}.",
        "No se fíe de este documento. La autoridad lo retiró el {day}.",
    ),
    State.REPLACED: Words(
        "Ne vous fiez pas à ce document. Un autre l’a remplacé le {day}.",
        "Do not rely on this document. Another one replaced it on {day}.",
        "No se fíe de este documento. Otro lo sustituyó el {day}.",
    ),
}
UNKNOWN = Words("Inconnu", "Unknown", "Desconocido")
NOT_ISSUED = Words(
    "Aucun document ne porte ce numéro. Vérifiez chaque chiffre\u00a0; s’ils sont justes, ne vous fiez pas au papier.",
    "No document has this number. Check each digit; if they are right, do not rely on the paper.",
    "Ningún documento tiene este número. Compruebe cada cifra; si son correctas, no se fíe del papel.",
)
NO_CHECK = Words(
    "Le code de 8 caractères imprimé à côté du numéro montre ce que le document atteste. Il manque, ou il est faux.",
    "The 8-character code printed beside the number shows what the document attests. It is missing, or wrong.",
    "El código de 8 caracteres impreso junto al número muestra lo que certifica el documento. Falta o es erróneo.",
)
COMPARE = Words(
    "Comparez avec le papier. Si quelque chose diffère, ce n’est pas celui que nous avons établi.",
    "Compare with the paper. If anything differs, the paper is not the one we issued.",
    "Compare con el papel. Si algo difiere, el papel no es el que hemos expedido.",
)
DOCUMENT = Words("Document", "Document", "Documento")
AUTHORITY = Words("Autorité", "Authority", "Autoridad")
ISSUED = Words("Établi le", "Issued on", "Expedido el")
HOLDER = Words("Établi pour", "Issued to", "Expedido a")
DESTINATION = Words("Destination", "Destination", "Destino")
REPLACED_BY = Words("Remplacé par", "Replaced by", "Sustituido por")
DIGEST = Words("Empreinte SHA-256 du fichier", "SHA-256 of the file", "SHA-256 del archivo")

REASONS: Mapping[Why, str] = {
    Why.ERROR: "Erreur dans le document",
    Why.FACTS_CHANGED: "Les faits attestés ont changé",
    Why.RECALL: "Rappel des produits",
    Why.ASKED: "À la demande du titulaire",
}
"""Why it was withdrawn: for the service and the company, not for the public."""


def day(at: datetime, language: str) -> str:
    """`27 nov. 2026`, `27 Nov 2026`: a day on Paris clocks, in that language."""
    if language == "fr":
        return french.day(at)
    return format_date(french.local(at).date(), "d MMM y", locale=_LOCALES[language])
