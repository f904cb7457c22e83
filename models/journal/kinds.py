"""The registry of event kinds: every kind of fact that the journal may hold, a row each (SES-50, SES-52).

`record()` refuses a kind that has no row. tests/models/journal/test_kinds.py finds the kinds that the code writes, and
holds the two against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass


class UnknownKind(LookupError):
    """A kind of fact without a row in KINDS: a mistake of ours."""


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of fact."""

    name: str
    """`noun.verb`, as it is stored and sealed: it never changes."""
    label: str
    """What it is called in French, in the certified copy of a consignment."""
    changes_rights: bool = False
    """Whether a fact of this kind may change who sees what: a session, a right, a mandate, a posting, a company."""


_ROWS = (
    EventKind("account.created", "Compte créé", changes_rights=True),
    EventKind("account.disowned", "Compte\u00a0: changement annulé par son titulaire", changes_rights=True),
    EventKind("account.email_changed", "Compte\u00a0: adresse changée", changes_rights=True),
    EventKind("account.email_restored", "Compte\u00a0: adresse rétablie", changes_rights=True),
    EventKind("account.email_undeliverable", "Compte\u00a0: adresse qui refuse nos lettres"),
    EventKind("account.email_verified", "Compte\u00a0: adresse confirmée", changes_rights=True),
    EventKind("account.linked", "Compte rattaché à une administration", changes_rights=True),
    EventKind("account.locked", "Compte verrouillé après des essais manqués", changes_rights=True),
    EventKind("account.password_changed", "Compte\u00a0: mot de passe changé", changes_rights=True),
    EventKind("account.unlinked", "Compte\u00a0: rattachement rompu", changes_rights=True),
    EventKind("alert.acknowledged", "Alerte prise en compte"),
    EventKind("alert.assigned", "Alerte confiée à un agent"),
    EventKind("alert.closed", "Alerte close"),
    EventKind("alert.opened", "Alerte ouverte"),
    EventKind("alert.updated", "Alerte mise à jour"),
    EventKind("appointment.arrived", "Rendez-vous\u00a0: arrivée au poste"),
    EventKind("appointment.cancelled", "Rendez-vous annulé"),
    EventKind("appointment.confirmed", "Rendez-vous confirmé"),
    EventKind("appointment.content", "Rendez-vous\u00a0: liste d’attente quittée"),
    EventKind("appointment.declined", "Rendez-vous\u00a0: autre heure refusée"),
    EventKind("appointment.done", "Rendez-vous honoré"),
    EventKind("appointment.held", "Rendez-vous\u00a0: place gardée"),
    EventKind("appointment.moved", "Rendez-vous déplacé"),
    EventKind("appointment.not_presented", "Rendez-vous\u00a0: marchandise non présentée"),
    EventKind("appointment.offer_lapsed", "Rendez-vous\u00a0: proposition sans réponse"),
    EventKind("appointment.offered", "Rendez-vous\u00a0: place plus tôt offerte"),
    EventKind("appointment.proposed", "Rendez-vous\u00a0: autre heure proposée"),
    EventKind("appointment.refused", "Rendez-vous refusé"),
    EventKind("appointment.released", "Rendez-vous\u00a0: place rendue"),
    EventKind("appointment.requested", "Rendez-vous demandé"),
    EventKind("appointment.started", "Rendez-vous\u00a0: contrôle commencé"),
    EventKind("appointment.turned_away", "Rendez-vous\u00a0: contrôle impossible"),
    EventKind("appointment.unrecorded", "Rendez-vous\u00a0: sans suite enregistrée"),
    EventKind("appointment.waiting", "Rendez-vous\u00a0: liste d’attente rejointe"),
    EventKind("calendar.opened", "Agenda\u00a0: adresse d’abonnement donnée"),
    EventKind("calendar.renewed", "Agenda\u00a0: adresse d’abonnement renouvelée"),
    EventKind("company.added", "Entreprise inscrite", changes_rights=True),
    EventKind("company.certification_ended", "Entreprise\u00a0: certification retirée", changes_rights=True),
    EventKind(
        "company.correspondent_ended", "Entreprise\u00a0: fin du rôle de correspondant", changes_rights=True
    ),
    EventKind("company.correspondent_named", "Entreprise\u00a0: correspondant nommé", changes_rights=True),
    EventKind("company.invitation_cancelled", "Entreprise\u00a0: invitation annulée"),
    EventKind("company.person_certified", "Entreprise\u00a0: personne certifiée", changes_rights=True),
    EventKind("company.person_invited", "Entreprise\u00a0: personne invitée"),
    EventKind("consignment.arrived", "Arrivée annoncée"),
    EventKind("consignment.declared", "Réponse de la douane"),
    EventKind("consignment.notified", "DSCE reçu"),
    EventKind("consignment.observed", "Étape annoncée par un partenaire"),
    EventKind("consignment.step_recorded", "Étape enregistrée au poste"),
    EventKind("consignment.step_undone", "Enregistrement annulé par le poste"),
    EventKind("consignment.tied", "Envoi rattaché à une entreprise"),
    EventKind("consignment.untied", "Envoi détaché de son entreprise"),
    EventKind("consignment.updated", "DSCE mis à jour"),
    EventKind("demonstration.begun", "Démonstration\u00a0: début du passé inventé", changes_rights=True),
    EventKind("demonstration.figures_filled", "Démonstration\u00a0: montants inventés", changes_rights=True),
    EventKind("demonstration.filled", "Démonstration\u00a0: fin du passé inventé", changes_rights=True),
    EventKind("factor.added", "Deuxième facteur ajouté", changes_rights=True),
    EventKind("factor.codes_renewed", "Codes de secours renouvelés", changes_rights=True),
    EventKind("factor.proven", "Deuxième facteur présenté", changes_rights=True),
    EventKind("factor.recovered", "Deuxième facteur rétabli", changes_rights=True),
    EventKind("factor.recovery_asked", "Deuxième facteur\u00a0: rétablissement demandé", changes_rights=True),
    EventKind(
        "factor.recovery_certified", "Deuxième facteur\u00a0: rétablissement certifié", changes_rights=True
    ),
    EventKind(
        "factor.recovery_declined", "Deuxième facteur\u00a0: rétablissement refusé", changes_rights=True
    ),
    EventKind(
        "factor.recovery_ended", "Deuxième facteur\u00a0: rétablissement abandonné", changes_rights=True
    ),
    EventKind("factor.refused", "Deuxième facteur refusé", changes_rights=True),
    EventKind("factor.removed", "Deuxième facteur retiré", changes_rights=True),
    EventKind("figures.received", "Montants reçus d’une administration"),
    EventKind("habilitation.granted", "Habilitation accordée", changes_rights=True),
    EventKind("habilitation.withdrawn", "Habilitation retirée", changes_rights=True),
    EventKind("help.answered", "Demande d’aide\u00a0: réponse donnée"),
    EventKind("help.asked", "Demande d’aide reçue"),
    EventKind("journal.personal_purged", "Journal\u00a0: données personnelles effacées", changes_rights=True),
    EventKind("mandate.ended", "Mandat terminé", changes_rights=True),
    EventKind("mandate.given", "Mandat donné", changes_rights=True),
    EventKind("message.applied", "Message pris en compte"),
    EventKind("message.refused", "Message refusé"),
    EventKind("message.replaced", "Message remplacé par un plus récent"),
    EventKind("message.replayed", "Message rejoué"),
    EventKind("message.waiting", "Message en attente de son envoi"),
    EventKind("notification.chosen", "Notifications\u00a0: choix changé"),
    EventKind("notification.device_added", "Notifications\u00a0: appareil ajouté"),
    EventKind("notification.device_removed", "Notifications\u00a0: appareil retiré"),
    EventKind("notification.hours_set", "Notifications\u00a0: heures de silence changées"),
    EventKind("notification.replayed", "Notifications\u00a0: lettre renvoyée"),
    EventKind("officer.posted", "Agent affecté à un poste", changes_rights=True),
    EventKind("officer.posting_ended", "Agent\u00a0: affectation terminée", changes_rights=True),
    EventKind("opinion.given", "Avis donné"),
    EventKind("opinion.read", "Avis lu"),
    EventKind("partner.created", "Programme inscrit", changes_rights=True),
    EventKind("partner.mandate_ended", "Programme\u00a0: mandat terminé", changes_rights=True),
    EventKind("partner.mandated", "Programme mandaté", changes_rights=True),
    EventKind("partner.revoked", "Programme révoqué", changes_rights=True),
    EventKind("post.confirmed", "Poste nommé par un message reconnu"),
    EventKind("post.offer_changed", "Offre d’un poste modifiée"),
    EventKind("post.unknown", "Poste inconnu nommé par un message"),
    EventKind("service_alert.ended", "Alerte d’un service terminée"),
    EventKind("service_alert.started", "Alerte d’un service publiée"),
    EventKind("session.company_chosen", "Session\u00a0: entreprise choisie", changes_rights=True),
    EventKind("session.ended", "Session terminée", changes_rights=True),
    EventKind("session.opened", "Session ouverte"),
    EventKind("teleservice.opened", "Téléservice ouvert"),
    EventKind("terms.accepted", "Conditions acceptées", changes_rights=True),
    EventKind("threshold.changed", "Seuil d’alerte changé"),
    EventKind("work.assigned", "Travail confié à un agent"),
    EventKind("work.released", "Travail rendu"),
    EventKind("work.taken", "Travail pris"),
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
    return name not in KINDS or KINDS[name].changes_rights


def label_of(name: str) -> str:
    """What a fact is called in French, also when an earlier version wrote a kind that this one does not know."""
    return KINDS[name].label if name in KINDS else "Autre enregistrement"
