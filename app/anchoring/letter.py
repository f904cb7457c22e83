"""The anchor as a letter to whoever keeps it for the installation."""

from app.anchoring.failures import NotSent
from app.mail.delivery import NotDelivered, deliver
from app.mail.message import compose
from models.identity.letters.parts import Letter
from models.journal.sealing.anchors import Anchor
from models.kernel import clock
from models.kernel.french import day, hour, number
from models.kernel.settings.portal import Settings


async def send(anchor: Anchor, set_: Settings) -> None:
    """Hand the letter over to the mail server.

    Raises:
        NotSent: with the reason.
    """
    at = clock.machine()
    id_ = f"ancre-{anchor.batch}-{anchor.digest[:16]}"
    message = compose(_letter(anchor), id_=id_, to=set_.anchor.mail, at=at, set_=set_)
    try:
        await deliver(message, id_, set_)
    except NotDelivered as failed:
        raise NotSent(str(failed)) from None


def _letter(anchor: Anchor) -> Letter:
    return Letter(
        f"Journal de Passavant\u00a0: ancre du lot {number(anchor.batch)}",
        (
            "Bonjour,",
            "Conservez ce message hors du portail.",
            _what(anchor),
            anchor.line,
            "Pour vérifier, sur le portail\u00a0:\npassavant verify-journal --anchor FICHIER",
            "où FICHIER est ce message enregistré, ou un fichier qui contient la ligne.",
        ),
    )


def _what(anchor: Anchor) -> str:
    when = f" le {day(anchor.at)} à {hour(anchor.at)} (heure de Paris)" if anchor.at else ""
    return (
        "La ligne ci-dessous suffit à prouver que rien de ce que le journal contenait jusqu’à l’enregistrement "
        f"{number(anchor.last_seq)}, scellé{when}, n’a été modifié depuis."
    )
