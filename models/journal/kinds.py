"""The registry of event kinds: every kind of fact that the journal may hold, a row each (SES-50, SES-52).

`record()` refuses a kind that has no row. tests/models/journal/test_kinds.py finds the kinds that the code writes, and
holds the two against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass


class UnknownKind(LookupError):
    """A kind of fact without a row in KINDS: a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Tells:
    """Who is told of a fact, and as what: by their names in models/signals/notifications/kinds.py."""

    notice: str
    side: str
    unless_by: str = ""
    """The side that need not be told what it did itself."""


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of fact."""

    name: str
    """`noun.verb`, as it is stored and sealed: it never changes."""
    label: str
    """What it is called in French, in the history of what it is about."""
    harmless: bool = False
    """Whether a fact of this kind changes nothing of what anybody may see: no session, right, mandate or posting.

    Until that is said of a kind, each such fact has the hub find anew who is behind every open screen.
    """
    stands: bool = False
    """Whether its entry says where a consignment now stands: what is told of it follows from that, and from before."""
    tells: tuple[Tells, ...] = ()
    """Who is told that it happened."""
    hidden: bool = False
    """Whether the history of what it is about leaves it out: a hold that became a booking is its holder's alone."""
    retired: bool = False
    """Whether no version writes it any more; what earlier ones wrote is still read."""

    @property
    def subject(self) -> str:
        """What it is about: `appointment` of `appointment.moved`."""
        return self.name.partition(".")[0]

    @property
    def title(self) -> str:
        """What it is called in French beside facts about other things, as in the certified copy of a consignment."""
        what = _SUBJECTS.get(self.subject)
        return f"{what}\u00a0: {self.label[0].lower()}{self.label[1:]}" if what else self.label


_SUBJECTS = {"appointment": "Rendez-vous"}
"""What a fact's label leaves unsaid, where it is read beside facts about other things."""


def _company(notice: str, *, unless_by: str = "") -> Tells:
    return Tells(notice, "operators", unless_by)


def _post(notice: str) -> Tells:
    return Tells(notice, "checkers", unless_by="post")


def _both(notice: str) -> tuple[Tells, Tells]:
    return _company(notice), _post(notice)


_ROWS = (
    EventKind("account.created", "Compte créé"),
    EventKind("account.disowned", "Compte\u00a0: changement annulé par son titulaire"),
    EventKind("account.email_changed", "Compte\u00a0: adresse changée"),
    EventKind("account.email_restored", "Compte\u00a0: adresse rétablie"),
    EventKind(
        "account.email_undeliverable",
        "Compte\u00a0: adresse qui refuse nos lettres",
        harmless=True,
        tells=(Tells("email_undeliverable", "holder"),),
    ),
    EventKind("account.email_verified", "Compte\u00a0: adresse confirmée"),
    EventKind("account.linked", "Compte rattaché à une administration"),
    EventKind("account.locked", "Compte verrouillé après des essais manqués"),
    EventKind("account.password_changed", "Compte\u00a0: mot de passe changé"),
    EventKind("account.unlinked", "Compte\u00a0: rattachement rompu"),
    EventKind("alert.acknowledged", "Alerte prise en compte", harmless=True),
    EventKind("alert.assigned", "Alerte confiée à un agent", harmless=True),
    EventKind("alert.closed", "Alerte close", harmless=True),
    EventKind("alert.opened", "Alerte ouverte", harmless=True, tells=(Tells("alert_opened", "officers"),)),
    EventKind("alert.updated", "Alerte mise à jour", harmless=True),
    EventKind("appointment.arrived", "Présenté au poste", harmless=True),
    EventKind("appointment.cancelled", "Annulé", harmless=True, tells=_both("appointment_cancelled")),
    EventKind("appointment.confirmed", "Confirmé", harmless=True, tells=_both("appointment_confirmed")),
    EventKind("appointment.content", "Retiré de la liste d’attente", harmless=True, retired=True),
    EventKind(
        "appointment.declined", "Autre heure déclinée", harmless=True, tells=_both("appointment_refused")
    ),
    EventKind("appointment.done", "Contrôle effectué", harmless=True),
    EventKind("appointment.held", "Place gardée", harmless=True, hidden=True),
    EventKind("appointment.moved", "Déplacé", harmless=True, tells=_both("appointment_moved")),
    EventKind(
        "appointment.not_presented",
        "Marchandise non présentée",
        harmless=True,
        tells=(_company("appointment_missed"),),
    ),
    EventKind(
        "appointment.offer_lapsed",
        "Proposition restée sans réponse",
        harmless=True,
        tells=(_company("appointment_refused"),),
    ),
    EventKind(
        "appointment.offered",
        "Place plus tôt proposée",
        harmless=True,
        tells=(_company("appointment_offered"),),
    ),
    EventKind(
        "appointment.proposed",
        "Autre heure proposée",
        harmless=True,
        tells=(_company("appointment_offered", unless_by="operator"), _post("appointment_requested")),
    ),
    EventKind(
        "appointment.refused", "Refusé par le poste", harmless=True, tells=(_company("appointment_refused"),)
    ),
    EventKind("appointment.released", "Place rendue", harmless=True, hidden=True),
    EventKind(
        "appointment.requested",
        "Demandé, à confirmer par le poste",
        harmless=True,
        tells=(_post("appointment_requested"),),
    ),
    EventKind("appointment.started", "Contrôle commencé", harmless=True),
    EventKind(
        "appointment.turned_away",
        "Présenté, contrôle impossible",
        harmless=True,
        tells=(_company("appointment_missed"),),
    ),
    EventKind("appointment.unrecorded", "Sans suite enregistrée par le poste", harmless=True),
    EventKind("appointment.waiting_ended", "Retiré de la liste d’attente", harmless=True),
    EventKind("appointment.waiting", "Inscrit sur la liste d’attente", harmless=True),
    EventKind("attachment.deleted", "Pièce jointe retirée", harmless=True),
    EventKind("attachment.received", "Pièce jointe reçue", harmless=True),
    EventKind("attachment.refused", "Pièce jointe refusée", harmless=True),
    EventKind("attachment.scanned", "Pièce jointe vérifiée", harmless=True),
    EventKind("calendar.opened", "Agenda\u00a0: adresse d’abonnement donnée", harmless=True),
    EventKind("calendar.renewed", "Agenda\u00a0: adresse d’abonnement renouvelée", harmless=True),
    EventKind("company.added", "Entreprise inscrite"),
    EventKind("company.certification_ended", "Entreprise\u00a0: certification retirée"),
    EventKind("company.correspondent_ended", "Entreprise\u00a0: fin du rôle de correspondant"),
    EventKind("company.correspondent_named", "Entreprise\u00a0: correspondant nommé"),
    EventKind("company.invitation_cancelled", "Entreprise\u00a0: invitation annulée", harmless=True),
    EventKind("company.person_certified", "Entreprise\u00a0: personne certifiée"),
    EventKind("company.person_invited", "Entreprise\u00a0: personne invitée", harmless=True),
    EventKind("consignment.arrived", "Arrivée annoncée", harmless=True, stands=True),
    EventKind("consignment.declared", "Réponse de la douane", harmless=True, stands=True),
    EventKind("consignment.notified", "DSCE reçu", harmless=True, stands=True),
    EventKind("consignment.observed", "Étape annoncée par un partenaire", harmless=True, stands=True),
    EventKind("consignment.step_recorded", "Étape enregistrée au poste", harmless=True, stands=True),
    EventKind("consignment.step_undone", "Enregistrement annulé par le poste", harmless=True, stands=True),
    EventKind(
        "consignment.tied",
        "Envoi rattaché à une entreprise",
        harmless=True,
        tells=(_company("step_advanced"),),
    ),
    EventKind("consignment.untied", "Envoi détaché de son entreprise", harmless=True),
    EventKind("consignment.updated", "DSCE mis à jour", harmless=True, stands=True),
    EventKind("demonstration.begun", "Démonstration\u00a0: début du passé inventé"),
    EventKind("demonstration.figures_filled", "Démonstration\u00a0: montants inventés"),
    EventKind("demonstration.filled", "Démonstration\u00a0: fin du passé inventé"),
    EventKind("factor.added", "Deuxième facteur ajouté"),
    EventKind("factor.codes_renewed", "Codes de secours renouvelés"),
    EventKind("factor.proven", "Deuxième facteur présenté"),
    EventKind("factor.recovered", "Deuxième facteur rétabli"),
    EventKind("factor.recovery_asked", "Deuxième facteur\u00a0: rétablissement demandé"),
    EventKind("factor.recovery_certified", "Deuxième facteur\u00a0: rétablissement certifié"),
    EventKind("factor.recovery_declined", "Deuxième facteur\u00a0: rétablissement refusé"),
    EventKind("factor.recovery_ended", "Deuxième facteur\u00a0: rétablissement abandonné"),
    EventKind("factor.refused", "Deuxième facteur refusé"),
    EventKind("factor.removed", "Deuxième facteur retiré"),
    EventKind("figures.received", "Montants reçus d’une administration", harmless=True),
    EventKind("habilitation.granted", "Habilitation accordée"),
    EventKind("habilitation.withdrawn", "Habilitation retirée"),
    EventKind("help.answered", "Demande d’aide\u00a0: réponse donnée", harmless=True),
    EventKind("help.asked", "Demande d’aide reçue", harmless=True),
    EventKind("issued_document.issued", "Document établi et scellé", harmless=True),
    EventKind("issued_document.replaced", "Document remplacé", harmless=True),
    EventKind("issued_document.withdrawn", "Document retiré", harmless=True),
    EventKind("journal.personal_purged", "Journal\u00a0: données personnelles effacées"),
    EventKind("mandate.ended", "Mandat terminé"),
    EventKind("mandate.given", "Mandat donné"),
    EventKind("message.applied", "Message pris en compte", harmless=True),
    EventKind(
        "message.refused", "Message refusé", harmless=True, tells=(Tells("message_refused", "handlers"),)
    ),
    EventKind("message.replaced", "Message remplacé par un plus récent", harmless=True),
    EventKind("message.replayed", "Message rejoué", harmless=True),
    EventKind("message.waiting", "Message en attente de son envoi", harmless=True),
    EventKind("notification.chosen", "Notifications\u00a0: choix changé", harmless=True),
    EventKind("notification.device_added", "Notifications\u00a0: appareil ajouté", harmless=True),
    EventKind("notification.device_removed", "Notifications\u00a0: appareil retiré", harmless=True),
    EventKind("notification.hours_set", "Notifications\u00a0: heures de silence changées", harmless=True),
    EventKind("notification.replayed", "Notifications\u00a0: lettre renvoyée", harmless=True),
    EventKind("officer.posted", "Agent affecté à un poste"),
    EventKind("officer.posting_ended", "Agent\u00a0: affectation terminée"),
    EventKind("opinion.given", "Avis donné", harmless=True),
    EventKind("opinion.read", "Avis lu", harmless=True),
    EventKind("partner.created", "Programme inscrit"),
    EventKind("partner.mandate_ended", "Programme\u00a0: mandat terminé"),
    EventKind("partner.mandated", "Programme mandaté"),
    EventKind("partner.revoked", "Programme révoqué"),
    EventKind("post.confirmed", "Poste nommé par un message reconnu", harmless=True),
    EventKind("post.offer_changed", "Offre d’un poste modifiée", harmless=True),
    EventKind("post.unknown", "Poste inconnu nommé par un message", harmless=True),
    EventKind(
        "service_alert.ended",
        "Alerte d’un service terminée",
        harmless=True,
        tells=(Tells("service_alert", "service_users"),),
    ),
    EventKind(
        "service_alert.started",
        "Alerte d’un service publiée",
        harmless=True,
        tells=(Tells("service_alert", "service_users"),),
    ),
    EventKind("session.company_chosen", "Session\u00a0: entreprise choisie"),
    EventKind("session.ended", "Session terminée"),
    EventKind("session.opened", "Session ouverte", harmless=True),
    EventKind("teleservice.opened", "Téléservice ouvert", harmless=True),
    EventKind("terms.accepted", "Conditions acceptées"),
    EventKind("threshold.changed", "Seuil d’alerte changé", harmless=True),
    EventKind("work.assigned", "Travail confié à un agent", harmless=True),
    EventKind("work.released", "Travail rendu", harmless=True),
    EventKind("work.taken", "Travail pris", harmless=True),
)
KINDS: Mapping[str, EventKind] = {kind.name: kind for kind in _ROWS}


def registered(name: str) -> EventKind:
    """The row of the kind of that name.

    Raises:
        UnknownKind: when there is none.
    """
    if name not in KINDS:
        raise UnknownKind(f"{name}: give it a row in models/journal/kinds.py")
    return KINDS[name]


def may_change_rights(name: str) -> bool:
    """Whether a fact of this kind may change who sees what; one that an earlier version wrote, and nobody knows, may."""
    return name not in KINDS or not KINDS[name].harmless


def label_of(name: str) -> str:
    """What a fact is called in French, also when an earlier version wrote a kind that this one does not know."""
    return KINDS[name].title if name in KINDS else "Autre enregistrement"
