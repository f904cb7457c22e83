"""Which limits hold each door: the routes of HTTP, and the screens whose handlers come by the websocket.

A door without a line fails tests/attacks/test_limits.py, which knows every route and every handler.
"""

from collections.abc import Mapping

Route = tuple[str, str]
_FORM = ("form",)
_PROOF = ("form", "proofs", "proofs_of", "failures", "password_threads")
_SIGN_UP = ("form", "letters_sign_up")
_FACTOR = ("form", "acts", "failures", "letters_warning")
_LINK = ("form", "letters_password_link")
_DOCUMENT = ("acts", "documents", "document_threads")
_PARTNER = ("calls",)
_BATCH = ("calls", "room")

EVERY_ROUTE = ("headers", "arrival", "rush")
"""What holds all of them, before anything is looked at."""
EVERY_EVENT = ("event_size", "events", "strangers_events", "waiting", "kept", "arguments")
"""What holds each event of the websocket, whatever handler it names."""

ROUTES: Mapping[Route, tuple[str, ...]] = {
    ("MOUNT", "/_event"): ("screens", "strangers", "arrivals", "closed", *EVERY_EVENT),
    ("GET", "/_health"): ("cheap",),
    ("GET", "/ping"): ("cheap",),
    ("GET", "/health/live"): ("cheap",),
    ("GET", "/health/ready"): ("together",),
    ("GET", "/metrics"): ("token_only",),
    ("GET", "/api/v1/docs"): ("cheap",),
    ("GET", "/api/v1/openapi.json"): ("made_once",),
    ("MOUNT", "/api/v1/docs-static"): ("cheap",),
    ("GET", "/journal/cle-publique.pem"): ("cheap",),
    ("GET", "/.well-known/jwks.json"): ("cheap",),
    ("GET", "/verifier/cles.json"): ("cheap", "document_threads"),
    ("GET", "/cgu.pdf"): ("made_once", "document_threads"),
    ("POST", "/api/v1/token"): _PROOF,
    ("POST", "/session"): _PROOF,
    ("POST", "/session/end"): _FORM,
    ("POST", "/session/second"): ("form", "failures"),
    ("POST", "/session/second/perdu"): ("form", "letters_recovery"),
    ("POST", "/session/company"): ("form", "acts"),
    ("POST", "/compte/inscription"): _SIGN_UP,
    ("POST", "/compte/lien"): _LINK,
    ("POST", "/compte/mot-de-passe"): ("form", "password_threads", "letters_proven"),
    ("POST", "/compte/adresse"): _FORM,
    ("POST", "/compte/annuler"): ("form", "letters_proven"),
    ("POST", "/profil/mot-de-passe"): ("acts", *_PROOF, "letters_warning"),
    ("POST", "/profil/adresse"): ("acts", *_PROOF, "letters_new_address", "letters_warning"),
    ("POST", "/profil/second-facteur/cle"): _FACTOR,
    ("POST", "/profil/second-facteur/application"): _FACTOR,
    ("POST", "/profil/second-facteur/confirmer"): _FACTOR,
    ("POST", "/profil/second-facteur/codes"): _FACTOR,
    ("POST", "/profil/second-facteur/retirer"): _FACTOR,
    ("POST", "/cgu/acceptation"): ("form", "acts"),
    ("GET", "/notifications/aller/{seq}"): ("acts",),
    ("POST", "/notifications/aller/{seq}"): ("form", "acts"),
    ("GET", "/notifications/desabonnement"): ("cheap",),
    ("POST", "/notifications/desabonnement"): ("cheap",),
    ("POST", "/payer"): ("form", "failures", "notices"),
    ("POST", "/payer/carte"): _FORM,
    ("GET", "/calendar/{secret}.ics"): ("addresses", "readings", "document_threads"),
    ("GET", "/fichiers/{reference}.zip"): _DOCUMENT,
    ("GET", "/fichiers/{reference}/{document_id}"): _DOCUMENT,
    ("GET", "/fichiers/{reference}/copie-certifiee.zip"): _DOCUMENT,
    ("POST", "/fichiers"): ("pieces", "room", "files"),
    ("PATCH", "/fichiers/{reference}"): ("pieces", "piece_size", "room", "file_threads"),
    ("DELETE", "/fichiers/{reference}"): ("pieces", "file_threads"),
    ("GET", "/fichiers/{reference}"): ("documents", "file_threads"),
    ("GET", "/fichiers/{reference}/pages/{page}"): ("documents", "file_threads"),
    ("GET", "/rendez-vous/{reference}/attestation.pdf"): _DOCUMENT,
    ("GET", "/rendez-vous/{reference}/calendrier.ics"): _DOCUMENT,
    ("GET", "/tableau-de-bord/paiements.csv"): _DOCUMENT,
    ("GET", "/tableau-de-bord/paiements.xlsx"): _DOCUMENT,
    ("GET", "/tableau-de-bord/echeances.ics"): _DOCUMENT,
    ("GET", "/messages-recus/{message_id}"): _DOCUMENT,
    ("POST", "/messages-recus/{message_id}/copie"): ("acts", "documents", "message_size", "room"),
    ("GET", "/rattachement/{co_owner}"): ("acts",),
    ("GET", "/rattachement/{co_owner}/retour"): ("acts",),
    ("POST", "/rattachement/{co_owner}/rompre"): ("form", "acts"),
    ("POST", "/rattachement/DGDDI/creer"): ("form", "acts"),
    ("POST", "/rattachement/DGDDI/mot-de-passe"): ("form", "acts"),
    ("GET", "/acces/{co_owner}/{service}"): ("acts",),
    ("POST", "/api/v1/messages"): ("messages", "message_size", "room"),
    ("POST", "/api/v1/habilitations"): _BATCH,
    ("POST", "/api/v1/debts"): _BATCH,
    ("POST", "/api/v1/payments"): _BATCH,
    ("POST", "/api/v1/mandates"): _BATCH,
    ("POST", "/api/v1/declarations"): _BATCH,
    ("POST", "/api/v1/due-dates"): _BATCH,
    ("GET", "/api/v1/accounts/{email}"): _PARTNER,
    ("GET", "/api/v1/consignments"): _PARTNER,
    ("GET", "/api/v1/consignments/{reference}"): _PARTNER,
    ("GET", "/api/v1/posts/{code}/slots"): _PARTNER,
    ("POST", "/api/v1/appointments"): _PARTNER,
    ("GET", "/api/v1/appointments/{reference}"): _PARTNER,
    ("POST", "/api/v1/appointments/{reference}/move"): _PARTNER,
    ("DELETE", "/api/v1/appointments/{reference}"): _PARTNER,
}
"""Beside EVERY_ROUTE."""

_SIGNED_IN = [
    "AgentHome",
    "Agenda",
    "Alerts",
    "AppointmentPage",
    "Appointments",
    "Booking",
    "ConsignmentPage",
    "Dashboard",
    "FollowUp",
    "Mandated",
    "Matching",
    "NoticeSettings",
    "Notifications",
    "OfferPage",
    "People",
    "Planning",
    "Profile",
    "ReadOpinions",
    "ReceivedMessages",
    "Undelivered",
    "UnknownPosts",
]
"""Screens whose handlers run for who is signed in alone: what they cost is bounded by the events of a connection."""

HANDLERS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_SIGNED_IN, ()),
    "People": ("letters_invitation", "letters_recovery"),
    "Session.load": (),
    "Session.load_sign_in": (),
    "Session.hear": (),
    "Assistance.load": (),
    "Assistance.search": (),
    "Assistance.ask": (),
    "Assistance.send": ("asked", "letters_help"),
    "GiveOpinion.load": (),
    "GiveOpinion.send": ("opinions",),
    "Card.load": (),
    "Verification.load": (),
    "Verification.search": (),
    "Simulator.load": (),
    "Simulator.compute": (),
    "Terms.load": (),
    "ServiceBanner.dismiss": (),
    "SignUp.load": (),
    "SignUp.check_siren": (),
    "LinkAsked.load": (),
    "LinkOpened.load_password": (),
    "LinkOpened.load_address": (),
    "LinkOpened.load_undo": (),
    "FactorAsked.load": (),
}
"""Beside EVERY_EVENT: by screen for who is signed in, one by one for what anybody may call."""


def as_markdown() -> list[str]:
    """Both tables, as docs/security.md prints them."""
    lines = ["| door | limits |", "| --- | --- |", f"| every route | {_named(EVERY_ROUTE)} |"]
    lines += [f"| `{method} {path}` | {_named(names)} |" for (method, path), names in ROUTES.items()]
    lines += [f"| every handler | {_named(EVERY_EVENT)} |"]
    lines += [f"| `{handler}` | {_named(names)} |" for handler, names in HANDLERS.items() if names]
    return lines


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
