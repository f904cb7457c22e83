"""The French of the journal's kinds, for the certified copy (SES-50)."""

KINDS = {
    "appointment.arrived": "Rendez-vous : arrivée au poste",
    "appointment.cancelled": "Rendez-vous annulé",
    "appointment.confirmed": "Rendez-vous confirmé",
    "appointment.content": "Rendez-vous : liste d’attente quittée",
    "appointment.declined": "Rendez-vous : autre heure refusée",
    "appointment.done": "Rendez-vous honoré",
    "appointment.held": "Rendez-vous : place gardée",
    "appointment.moved": "Rendez-vous déplacé",
    "appointment.not_presented": "Rendez-vous : marchandise non présentée",
    "appointment.offer_lapsed": "Rendez-vous : proposition sans réponse",
    "appointment.offered": "Rendez-vous : place plus tôt offerte",
    "appointment.proposed": "Rendez-vous : autre heure proposée",
    "appointment.refused": "Rendez-vous refusé",
    "appointment.released": "Rendez-vous : place rendue",
    "appointment.requested": "Rendez-vous demandé",
    "appointment.started": "Rendez-vous : contrôle commencé",
    "appointment.turned_away": "Rendez-vous : contrôle impossible",
    "appointment.waiting": "Rendez-vous : liste d’attente rejointe",
    "consignment.notified": "DSCE reçu",
    "consignment.updated": "DSCE mis à jour",
    "consignment.arrived": "Arrivée annoncée",
    "consignment.declared": "Réponse de la douane",
    "consignment.observed": "Étape annoncée par un partenaire",
    "consignment.step_recorded": "Étape enregistrée au poste",
}
OTHER = "Autre enregistrement"
