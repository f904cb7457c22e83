"""Why nothing came of asking a co-owner, for the person who waits and for the log."""

import structlog

log = structlog.get_logger()


class CoOwnerAway(Exception):
    """The co-owner does not answer, or not as its standard says: nobody's fault here; try again later."""


class NotProven(Exception):
    """The co-owner answered, and what it says does not prove who came back."""


class Declined(Exception):
    """The co-owner, or the person there, said no; holds the OAuth 2.0 error code."""


def told(error: Exception, there: str) -> tuple[str, str]:
    """A title and a sentence for the person; `there` is « la douane ». The log gets the reason, without secrets."""
    log.warning("co_owner.refused", there=there, kind=type(error).__name__, reason=str(error)[:200])
    if isinstance(error, CoOwnerAway):
        return (
            "Service momentanément indisponible",
            f"Le service de {there} ne répond pas. Rien n’a changé. Réessayez dans quelques minutes.",
        )
    if isinstance(error, Declined) and str(error) == "access_denied":
        return (
            "Rattachement abandonné",
            f"Vous n’avez pas donné votre accord sur le site de {there}. Rien n’a changé.",
        )
    return (
        "Rattachement refusé",
        f"La réponse de {there} n’a pas pu être vérifiée. Rien n’a changé. Recommencez depuis votre profil.",
    )
