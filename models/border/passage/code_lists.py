"""French words for the codes that messages carry (TRACES, UN/ECE, UNCL, WCO).

A code that is not listed gets a general French word, never itself: the code as received stays in the record
and in the message.
"""

from collections.abc import Mapping
from datetime import date

from models.border.passage.vocabulary import ChedType
from models.kernel.french import day, plural, typeset

PARTY_ROLES: Mapping[str, str] = {
    "consignor": "Expéditeur",
    "consignee": "Destinataire",
    "importer": "Importateur",
    "delivery": "Lieu de destination",
    "responsible": "Responsable du chargement",
}

MODES: Mapping[str, str] = {
    "sea": "Navire",
    "air": "Vol",
    "road": "Camion",
    "rail": "Train",
    "other": "Moyen de transport",
}

PURPOSES: Mapping[str, str] = {
    "INTERNAL_MARKET": "Mise en libre pratique",
    "FREE_CIRCULATION": "Mise en libre pratique",
    "TRANSIT": "Transit",
    "TRANSHIPMENT": "Transbordement",
    "TRANSFER": "Transfert vers un point de contrôle",
    "PRIVATE_IMPORT": "Importation privée",
    "TEMPORARY_IMPORT": "Admission temporaire",
    "RE_ENTRY": "Réadmission",
    "NON_INTERNAL_MARKET": "Hors libre pratique",
    "CHANNELLED": "Acheminement sous surveillance",
}

DECISIONS: Mapping[str, str] = {
    "INTERNAL_MARKET": "Admis en libre pratique",
    "FREE_CIRCULATION": "Admis en libre pratique",
    "NON_FREE_CIRCULATION": "Admis hors libre pratique",
    "NON_INTERNAL_MARKET": "Admis hors libre pratique",
    "IF_CHANNELLED": "Admis sous acheminement surveillé",
    "CHANNELLED": "Admis sous acheminement surveillé",
    "TRANSHIPMENT": "Admis au transbordement",
    "TRANSIT": "Admis au transit",
    "TEMPORARY_IMPORT": "Admis en admission temporaire",
    "PRIVATE_IMPORT": "Admis en importation privée",
    "TRANSFER": "Admis au transfert",
    "HORSE_RE_ENTRY": "Réadmission du cheval acceptée",
    "RE_ENTRY": "Réadmission acceptée",
}

MEASURES: Mapping[str, str] = {
    "REDISPATCHING": "réexpédition",
    "RE_DISPATCHING": "réexpédition",
    "DESTRUCTION": "destruction",
    "TRANSFORMATION": "transformation",
    "SPECIAL_TREATMENT": "traitement spécial",
    "USE_FOR_OTHER_PURPOSE": "utilisation à d’autres fins",
    "SLAUGHTER": "abattage",
    "EUTHANASIA": "euthanasie",
    "ENTRY_REFUSAL": "refus d’entrée",
    "QUARANTINE": "mise en quarantaine",
    "COLD_TREATMENT": "traitement par le froid",
    "FUMIGATION": "fumigation",
}

OFFERED_MEASURES: Mapping[str, tuple[str, ...]] = {
    ChedType.ANIMALS: ("REDISPATCHING", "SLAUGHTER", "EUTHANASIA"),
    ChedType.ANIMAL_PRODUCTS: (
        "REDISPATCHING",
        "DESTRUCTION",
        "TRANSFORMATION",
        "SPECIAL_TREATMENT",
        "USE_FOR_OTHER_PURPOSE",
    ),
    ChedType.PLANTS: (
        "REDISPATCHING",
        "DESTRUCTION",
        "ENTRY_REFUSAL",
        "QUARANTINE",
        "SPECIAL_TREATMENT",
        "COLD_TREATMENT",
        "FUMIGATION",
        "USE_FOR_OTHER_PURPOSE",
    ),
    ChedType.FEED_AND_FOOD: (
        "REDISPATCHING",
        "DESTRUCTION",
        "TRANSFORMATION",
        "SPECIAL_TREATMENT",
        "USE_FOR_OTHER_PURPOSE",
    ),
}
"""What an officer can ask for, by kind of CHED: its part II, box « Goods not acceptable »."""

REFUSAL_REASONS: Mapping[str, str] = {
    "PRESENCE_OF_HARMFUL_ORGANISM": "présence d’un organisme nuisible",
    "ABSENCE_OF_CERTIFICATE": "certificat absent",
    "INVALID_CERTIFICATE": "certificat non valable",
    "DOCUMENTARY": "documents non conformes",
    "NON_APPROVED_COUNTRY": "pays non agréé",
    "NON_APPROVED_ESTABLISHMENT": "établissement non agréé",
    "PROHIBITED_PRODUCT": "produit interdit",
    "ID_MISMATCH": "lot différent de celui des documents",
    "IDENTITY": "lot différent de celui des documents",
    "PHYSICAL_HYGIENE_FAILURE": "hygiène insuffisante",
    "CHEMICAL_CONTAMINATION": "contamination chimique",
    "MICROBIOLOGICAL_CONTAMINATION": "contamination microbiologique",
    "PESTICIDE_RESIDUES": "résidus de pesticides au-dessus du seuil",
    "MYCOTOXINS": "mycotoxines au-dessus du seuil",
    "VETERINARY_DRUG_RESIDUES": "résidus de médicaments vétérinaires",
    "TEMPERATURE": "rupture de la chaîne du froid",
    "OTHER": "autre motif",
}

CHECK_METHODS: Mapping[str, str] = {
    "SEAL_CHECK": "vérification des scellés",
    "SEAL_CHECK_ONLY": "vérification des scellés",
    "FULL_CHECK": "vérification complète",
    "FULL_IDENTITY_CHECK": "vérification complète",
    "FULL": "vérification complète",
    "REDUCED_CHECK": "vérification réduite",
    "REDUCED": "vérification réduite",
}

CUSTOMS_REASONS: Mapping[str, str] = {
    "MISSING_DOCUMENT": "document manquant ou illisible",
    "CHED_REFERENCE": "référence du DSCE absente ou erronée",
    "GOODS_CODE": "code de la marchandise erroné",
    "ORIGIN_OR_VALUE": "origine ou valeur à justifier",
    "QUANTITY": "quantité différente de celle du DSCE",
    "OTHER": "autre motif",
}

UNDO_REASONS: Mapping[str, str] = {
    "WRONG_ENTRY": "erreur de saisie",
    "WRONG_CONSIGNMENT": "enregistré sur le mauvais envoi",
    "OTHER": "autre motif",
}

NOT_DONE_REASONS: Mapping[str, str] = {
    "NO_INSPECTOR": "aucun inspecteur disponible",
    "NOT_SAFE": "conditions de sécurité insuffisantes",
    "TECHNICAL_ISSUE": "incident technique",
    "WRONG_SELECTION": "sélection erronée",
    "OUT_OF_REACH": "marchandise hors d’atteinte",
    "GOODS_OUT_OF_REACH": "marchandise hors d’atteinte",
}

PACKAGES: Mapping[str, tuple[str, str]] = {
    "CT": ("carton", "cartons"),
    "BX": ("boîte", "boîtes"),
    "CS": ("caisse", "caisses"),
    "CR": ("cageot", "cageots"),
    "BG": ("sac", "sacs"),
    "PX": ("palette", "palettes"),
    "PK": ("colis", "colis"),
    "PA": ("paquet", "paquets"),
    "BE": ("fagot", "fagots"),
    "DR": ("fût", "fûts"),
    "CG": ("cage", "cages"),
    "BI": ("bac", "bacs"),
    "TN": ("bidon", "bidons"),
}

DOCUMENT_TYPES: Mapping[str, str] = {
    "851": "Certificat phytosanitaire",
    "852": "Certificat sanitaire",
    "853": "Certificat vétérinaire",
    "636": "DSCE",
    "861": "Certificat d’origine",
    "380": "Facture",
    "271": "Liste de colisage",
    "705": "Connaissement",
    "704": "Connaissement principal",
    "740": "Lettre de transport aérien",
    "741": "Lettre de transport aérien principale",
    "730": "Lettre de voiture",
    "911": "Licence d’importation",
    "952": "Déclaration en douane",
    "001": "Certificat d’analyse",
}

CHED_STATUSES: Mapping[str, str] = {
    "47": "brouillon",
    "1": "nouveau",
    "42": "en cours",
    "97": "acheminement autorisé",
    "146": "transbordement autorisé",
    "124": "transfert autorisé",
    "35": "poursuite du voyage autorisée",
    "99": "transit autorisé",
    "41": "refusé",
    "122": "refusé en partie",
    "70": "validé",
    "55": "supprimé",
    "64": "annulé",
    "44": "remplacé",
}

CUSTOMS_FUNCTIONS: Mapping[str, str] = {
    "01": "déclaration validée",
    "02": "déclaration reçue (anticipée)",
    "03": "déclaration refusée",
    "05": "sous contrôle",
    "06": "documents demandés",
    "07": "résultat du contrôle",
    "08": "BAE",
    "09": "dédouanement accordé",
    "10": "déclaration invalidée",
    "11": "demande de la douane",
    "13": "crédit en attente ou paiement comptant",
    "14": "solde insuffisant",
    "15": "rappel, solde insuffisant",
    "16": "sortie constatée",
}


UNPACKED = frozenset({"NA", "NE", "NF", "NG", "VG", "VL", "VO", "VQ", "VR", "VS", "VY"})
"""Not available, unpacked, in bulk (UN/ECE recommendation 21): nothing to count."""


def packages(type_code: str, count: int) -> str:
    """`20 palettes`; `colis` for a kind of package that is not listed, empty for what is not packed."""
    return "" if type_code in UNPACKED else plural(count, *PACKAGES.get(type_code, ("colis", "colis")))


def decision(conclusion: str) -> str:
    """`Admis en libre pratique` for ACCEPTABLE_FOR_INTERNAL_MARKET; `Entrée refusée` for a refusal."""
    if conclusion.startswith("NOT_ACCEPTABLE"):
        return "Entrée refusée"
    use = conclusion.removeprefix("ACCEPTABLE").removeprefix("_").removeprefix("FOR_")
    return DECISIONS.get(use, "Entrée acceptée")


def refusal(why: str, measure: str, due_on: date | None) -> str:
    """`Motif : produit interdit. Mesure : destruction, au plus tard le 15 déc. 2026.`

    What is not known is said too: the operator must know what to ask the post.
    """
    what = MEASURES.get(measure, "à préciser par le poste")
    until = f", au plus tard le {day(due_on)}" if due_on else ""
    return typeset(f"Motif : {reasons(why) or 'à préciser par le poste'}. Mesure : {what}{until}.")


def reasons(codes: str) -> str:
    """`présence d’un organisme nuisible, produit interdit`, from codes separated by spaces."""
    known = {**CUSTOMS_REASONS, **REFUSAL_REASONS}
    return ", ".join(dict.fromkeys(known.get(code, "autre motif") for code in codes.split()))
