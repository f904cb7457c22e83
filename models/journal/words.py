"""The French of the journal's kinds, for the certified copy (SES-50)."""

KINDS = {
    "consignment.notified": "DSCE reçu",
    "consignment.updated": "DSCE mis à jour",
    "consignment.arrived": "Arrivée annoncée",
    "consignment.declared": "Réponse de la douane",
    "consignment.observed": "Étape annoncée par un partenaire",
    "consignment.step_recorded": "Étape enregistrée au poste",
}
OTHER = "Autre enregistrement"
