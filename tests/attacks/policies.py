"""Who may call each HTTP route: the table that tests/attacks/test_routes.py holds the application to."""

from enum import StrEnum

from tests.attacks.registry import Route


class Policy(StrEnum):
    """Who may call a route."""

    PUBLIC = "anybody; tells nothing of anybody"
    FORM = "anybody, from our own pages only"
    SESSION = "a person, for what is theirs"
    PARTNER = "a program, with a scope"
    FILES = "anybody; files of the documentation's own program"
    APPOINTMENT = "who sees the appointment: tests/app/http/downloads/test_attestation.py, test_calendars.py"
    OFFICER = "an officer who handles messages"
    FIGURES = "an operator, for the co-owners whose money it sees: tests/app/http/downloads/test_dashboard.py"
    LINK = "a person, for their own links"
    SECRET = "whoever has an address that its holder gave away: tests/app/http/downloads/test_calendars.py"
    NOTICE = "a person, for what they were told: tests/app/http/browser/test_notices.py"
    LETTER = "whoever holds a letter: tests/app/http/browser/test_notices.py"
    ATTACHMENT = "a person or a program, for what it sees: tests/app/http/attachments/test_doors.py"
    MACHINE = "this very machine, or who holds the token: tests/app/http/server/test_metrics.py"
    SOCKET = "the websocket: tests/attacks/test_matrix.py"


POLICIES: dict[Route, Policy] = {
    ("GET", "/_health"): Policy.PUBLIC,
    ("GET", "/ping"): Policy.PUBLIC,
    ("MOUNT", "/_event"): Policy.SOCKET,
    ("GET", "/health/live"): Policy.PUBLIC,
    ("GET", "/health/ready"): Policy.PUBLIC,
    ("GET", "/metrics"): Policy.MACHINE,
    ("GET", "/api/v1/docs"): Policy.PUBLIC,
    ("GET", "/api/v1/openapi.json"): Policy.PUBLIC,
    ("MOUNT", "/api/v1/docs-static"): Policy.FILES,
    ("GET", "/journal/cle-publique.pem"): Policy.PUBLIC,
    ("POST", "/api/v1/token"): Policy.PUBLIC,
    ("POST", "/session"): Policy.FORM,
    ("POST", "/session/end"): Policy.FORM,
    ("POST", "/session/company"): Policy.FORM,
    ("POST", "/compte/inscription"): Policy.FORM,
    ("POST", "/compte/lien"): Policy.FORM,
    ("POST", "/compte/mot-de-passe"): Policy.FORM,
    ("POST", "/compte/adresse"): Policy.FORM,
    ("POST", "/compte/annuler"): Policy.FORM,
    ("POST", "/profil/mot-de-passe"): Policy.FORM,
    ("POST", "/profil/adresse"): Policy.FORM,
    ("POST", "/session/second"): Policy.FORM,
    ("POST", "/session/second/perdu"): Policy.FORM,
    ("POST", "/profil/second-facteur/cle"): Policy.FORM,
    ("POST", "/profil/second-facteur/application"): Policy.FORM,
    ("POST", "/profil/second-facteur/confirmer"): Policy.FORM,
    ("POST", "/profil/second-facteur/retirer"): Policy.FORM,
    ("POST", "/profil/second-facteur/codes"): Policy.FORM,
    ("POST", "/cgu/acceptation"): Policy.FORM,
    ("GET", "/notifications/aller/{seq}"): Policy.NOTICE,
    ("POST", "/notifications/aller/{seq}"): Policy.NOTICE,
    ("GET", "/notifications/desabonnement"): Policy.LETTER,
    ("POST", "/notifications/desabonnement"): Policy.LETTER,
    ("POST", "/payer"): Policy.PUBLIC,
    ("POST", "/payer/carte"): Policy.PUBLIC,
    ("GET", "/cgu.pdf"): Policy.PUBLIC,
    ("GET", "/fichiers/{reference}.zip"): Policy.SESSION,
    ("GET", "/fichiers/{reference}/{document_id}"): Policy.SESSION,
    ("GET", "/fichiers/{reference}/copie-certifiee.zip"): Policy.SESSION,
    ("POST", "/fichiers"): Policy.ATTACHMENT,
    ("PATCH", "/fichiers/{reference}"): Policy.ATTACHMENT,
    ("DELETE", "/fichiers/{reference}"): Policy.ATTACHMENT,
    ("GET", "/fichiers/{reference}"): Policy.ATTACHMENT,
    ("GET", "/fichiers/{reference}/pages/{page}"): Policy.ATTACHMENT,
    ("GET", "/rendez-vous/{reference}/attestation.pdf"): Policy.APPOINTMENT,
    ("GET", "/messages-recus/{message_id}"): Policy.OFFICER,
    ("POST", "/messages-recus/{message_id}/copie"): Policy.OFFICER,
    ("POST", "/api/v1/messages"): Policy.PARTNER,
    ("POST", "/api/v1/habilitations"): Policy.PARTNER,
    ("GET", "/api/v1/accounts/{email}"): Policy.PARTNER,
    ("GET", "/rendez-vous/{reference}/calendrier.ics"): Policy.APPOINTMENT,
    ("GET", "/calendar/{secret}.ics"): Policy.SECRET,
    ("GET", "/api/v1/consignments"): Policy.PARTNER,
    ("GET", "/api/v1/consignments/{reference}"): Policy.PARTNER,
    ("GET", "/api/v1/posts/{code}/slots"): Policy.PARTNER,
    ("POST", "/api/v1/appointments"): Policy.PARTNER,
    ("GET", "/api/v1/appointments/{reference}"): Policy.PARTNER,
    ("POST", "/api/v1/appointments/{reference}/move"): Policy.PARTNER,
    ("DELETE", "/api/v1/appointments/{reference}"): Policy.PARTNER,
    ("POST", "/api/v1/debts"): Policy.PARTNER,
    ("POST", "/api/v1/payments"): Policy.PARTNER,
    ("POST", "/api/v1/mandates"): Policy.PARTNER,
    ("POST", "/api/v1/declarations"): Policy.PARTNER,
    ("POST", "/api/v1/due-dates"): Policy.PARTNER,
    ("GET", "/tableau-de-bord/paiements.csv"): Policy.FIGURES,
    ("GET", "/tableau-de-bord/paiements.xlsx"): Policy.FIGURES,
    ("GET", "/tableau-de-bord/echeances.ics"): Policy.FIGURES,
    ("GET", "/rattachement/{co_owner}"): Policy.LINK,
    ("GET", "/rattachement/{co_owner}/retour"): Policy.LINK,
    ("POST", "/rattachement/{co_owner}/rompre"): Policy.LINK,
    ("POST", "/rattachement/DGDDI/creer"): Policy.LINK,
    ("POST", "/rattachement/DGDDI/mot-de-passe"): Policy.LINK,
    ("GET", "/acces/{co_owner}/{service}"): Policy.LINK,
    ("GET", "/.well-known/jwks.json"): Policy.PUBLIC,
    ("GET", "/verifier/cles.json"): Policy.PUBLIC,
}
"""A new route is added here with its policy, or the build fails."""
