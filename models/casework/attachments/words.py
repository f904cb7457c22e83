"""What people read of an attachment: where it stands, and why it was refused (pure)."""

from models.casework.attachments.content import FILE_TYPES
from models.casework.attachments.vocabulary import Reason, State
from models.kernel.french import NBSP

STATES: dict[State, str] = {
    State.RECEIVING: "Envoi en cours",
    State.QUARANTINED: "En cours de vérification",
    State.SCANNED: "Vérifié, aucun virus trouvé",
    State.UNSCANNED: "Non analysé par l’antivirus",
    State.REFUSED: "Refusé",
}
_SENTENCES: dict[Reason, str] = {
    Reason.OTHER_CONTENT: "Son contenu n’est pas celui que dit son nom ({label}). Enregistrez-le dans un format admis, sans "
    "seulement changer la fin de son nom.",
    Reason.TRUNCATED: "Il est incomplet{nbsp}: la fin manque. Vérifiez qu’il s’ouvre sur votre poste, puis renvoyez-le.",
    Reason.PROTECTED: "Il est protégé par un mot de passe, et personne ne pourrait l’ouvrir. Enregistrez-le sans mot de passe, "
    "puis renvoyez-le.",
    Reason.TOO_MANY_PIXELS: "Cette image est trop grande{nbsp}: 60 millions de points au plus. Réduisez-la, puis renvoyez-la.",
    Reason.TOO_DEMANDING: "Il demande trop de mémoire ou de temps pour être affiché. Enregistrez-le à nouveau, en plus simple, "
    "puis renvoyez-le.",
    Reason.UNREADABLE: "Il n’a pas pu être ouvert{nbsp}: il est peut-être endommagé. Vérifiez qu’il s’ouvre sur votre poste, "
    "puis renvoyez-le.",
    Reason.AMBIGUOUS: "Il contient deux fichiers de formats différents l’un dans l’autre. Enregistrez-le à nouveau, puis "
    "renvoyez-le.",
    Reason.ALTERED: "Ce qui est arrivé n’est pas ce que vous avez choisi{nbsp}: l’envoi a été abîmé, ou le fichier a changé "
    "entre-temps. Renvoyez-le.",
    Reason.INFECTED: "L’antivirus y a trouvé un programme malveillant. Il n’a pas été gardé. Faites vérifier votre poste avant "
    "de renvoyer un fichier.",
    Reason.TWICE: "Le même fichier est déjà joint.",
    Reason.LAPSED: "Son envoi n’a pas été terminé à temps. Choisissez-le à nouveau pour le renvoyer.",
    Reason.LOST: "Il n’est plus là, par la faute du portail. Renvoyez-le, et signalez-le à l’assistance.",
}


def sentence(reason: str, kind: str) -> str:
    """Why an attachment of that kind of file was refused, and what to do."""
    words = _SENTENCES.get(Reason(reason), "Il n’a pas été gardé. Renvoyez-le.")
    return words.format(label=FILE_TYPES[kind].label, nbsp=NBSP)
