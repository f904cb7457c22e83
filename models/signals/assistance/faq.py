"""The questions that come back, and their answers: what /aide shows, searches, and answers from (PPR-52, COM-30)."""

from dataclasses import dataclass

from models.kernel.french import typeset


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and its answer, in French, with the page where one does it."""

    key: str
    theme: str
    question: str
    answer: str
    href: str = ""
    link: str = ""
    words: str = ""
    """Other words that people use for it."""


def _entry(
    key: str, theme: str, question: str, answer: str, *, to: tuple[str, str] = ("", ""), words: str = ""
) -> Entry:
    return Entry(key, theme, typeset(question), typeset(answer), to[0], typeset(to[1]), words)


_ACCOUNT, _RIGHTS, _FOLLOW, _MONEY, _SITE = (
    "Votre compte",
    "Habilitations et entreprises",
    "Suivi des envois",
    "Paiements et déclarations",
    "Le site",
)

ENTRIES = (
    _entry(
        "create", _ACCOUNT, "Comment créer un compte ?",
        "Donnez votre nom, votre adresse électronique et le SIREN de votre entreprise. Un lien vous est envoyé : il sert à choisir votre mot de passe. Aucun justificatif n'est demandé. Sans habilitation, le compte montre seulement ce qui est public.",
        to=("/inscription", "Créer un compte"), words="inscription s'inscrire ouvrir enregistrer nouveau",
    ),
    _entry(
        "password", _ACCOUNT, "J'ai oublié mon mot de passe",
        "Demandez un lien : il arrive à l'adresse de votre compte, vaut 30 minutes et sert une fois. Si rien n'arrive, regardez dans les courriers indésirables, puis vérifiez l'adresse.",
        to=("/mot-de-passe", "Recevoir un lien"), words="perdu changer réinitialiser mdp identifiant connexion",
    ),
    _entry(
        "locked", _ACCOUNT, "Mon compte est verrouillé",
        "Après cinq mots de passe erronés, le compte se ferme 30 minutes. Attendez, ou choisissez un autre mot de passe par le lien « Mot de passe oublié ».",
        to=("/mot-de-passe", "Recevoir un lien"), words="bloqué fermé essais tentatives",
    ),
    _entry(
        "email", _ACCOUNT, "Comment changer mon adresse électronique ?",
        "Dans votre profil. La nouvelle adresse reçoit un lien à ouvrir ; jusque-là, l'ancienne reste la bonne.",
        to=("/profil", "Ouvrir mon profil"), words="mail courriel e-mail modifier",
    ),
    _entry(
        "sessions", _ACCOUNT, "Quelqu'un utilise-t-il mon compte ?",
        "Votre profil montre la dernière connexion, les essais manqués et les sessions ouvertes. Fermez celle que vous ne reconnaissez pas, puis changez de mot de passe.",
        to=("/profil", "Ouvrir mon profil"), words="piratage sécurité session appareil déconnecter",
    ),
    _entry(
        "none", _RIGHTS, "Je ne vois rien : que me manque-t-il ?",
        "Ce que vous voyez suit vos habilitations. Votre profil en donne la liste pour l'entreprise choisie. Chaque administration accorde les siennes : demandez-les sur son site, ou par le correspondant de votre entreprise. Elles s'appliquent ici dès qu'elles sont accordées.",
        to=("/profil", "Voir mes habilitations"), words="habilitation liste vide droit accès autorisation page blanche rubrique manquante",
    ),
    _entry(
        "link", _RIGHTS, "À quoi sert le rattachement ?",
        "Il relie votre compte Passavant à votre compte de la Douane, des Impôts ou de l'Urssaf. Vous vous connectez une fois chez eux ; ensuite, vous passez de l'un à l'autre sans nouvelle connexion, et vos habilitations sont reprises. Vos mots de passe restent distincts.",
        to=("/profil", "Rattacher un compte"), words="relier lier association douane.gouv impots.gouv urssaf",
    ),
    _entry(
        "company", _RIGHTS, "Comment changer d'entreprise ?",
        "Touchez le nom de l'entreprise, en haut de la page, et choisissez-en une autre. Tout ce qui est affiché suit, dans tous vos onglets.",
        words="siren plusieurs sociétés client mandant basculer",
    ),
    _entry(
        "mandate", _RIGHTS, "Je suis représentant en douane : que vois-je de mes clients ?",
        "Les envois des entreprises qui vous ont donné mandat. Leurs dettes, leurs paiements et leurs autres déclarations restent fermés, sauf habilitation accordée sur leur SIREN.",
        words="transitaire commissionnaire mandat client",
    ),
    _entry(
        "missing", _FOLLOW, "Mon envoi n'apparaît pas",
        "L'envoi est rattaché à une entreprise par le numéro d'opérateur TRACES, le numéro EORI ou le SIRET du destinataire. Vérifiez que le DSCE porte l'un d'eux. Le poste frontalier voit l'envoi dans tous les cas : signalez-lui la référence du DSCE.",
        to=("/suivi", "Ouvrir le suivi"), words="conteneur introuvable absent dossier dsce ched invisible",
    ),
    _entry(
        "blocked", _FOLLOW, "Mon envoi est bloqué",
        "Ouvrez l'envoi : la première carte dit qui doit agir et quoi faire. Quand un contrôle n'est pas conforme, la marchandise ne quitte pas le poste avant la décision du SIVEP.",
        to=("/suivi", "Ouvrir le suivi"), words="retenu refusé non conforme arrêté attente",
    ),
    _entry(
        "states", _FOLLOW, "Que veulent dire les états ?",
        "En attente : on attend un événement. En cours : une administration travaille. Action requise : c'est à vous. Bloqué : un contrôle n'est pas conforme. Libéré : le bon à enlever est accordé. Le détail est plus bas dans cette page.",
        to=("/aide#etats", "Voir les états"), words="couleur statut signification étape bae",
    ),
    _entry(
        "copy", _FOLLOW, "Comment prouver ce qui est affiché ?",
        "Depuis l'envoi, téléchargez la copie certifiée : un PDF à lire, les enregistrements, et de quoi les vérifier avec des outils publics.",
        to=("/suivi", "Ouvrir le suivi"), words="preuve justificatif certificat pdf attestation télécharger",
    ),
    _entry(
        "pay", _MONEY, "Comment payer une dette douanière ?",
        "Depuis le tableau de bord, avec l'habilitation Télépaiement, télépayer : par prélèvement SEPA ou, jusqu'à 2 000 € pour les alcools et 1 500 € pour l'octroi de mer, par carte.",
        to=("/tableau-de-bord", "Ouvrir le tableau de bord"), words="payer régler télépaiement carte sepa prélèvement créance",
    ),
    _entry(
        "notice", _MONEY, "Puis-je payer sans compte ?",
        "Oui, par carte, avec la référence de la créance et le mot de passe imprimés sur l'avis de paiement : jusqu'à 2 000 € pour les alcools, 1 500 € pour l'octroi de mer.",
        to=("/payer", "Payer par carte"), words="avis de paiement sans connexion sans se connecter carte bancaire référence",
    ),
    _entry(
        "transfer", _MONEY, "Mon virement n'apparaît pas dans les paiements",
        "Les virements bancaires ne sont pas affichés. La dette, elle, disparaît des paiements en cours quand l'administration l'a enregistrée comme payée.",
        words="virement bancaire paiement historique absent pas visible affiché",
    ),
    _entry(
        "stale", _MONEY, "Que veut dire « données au … » ?",
        "L'administration n'a rien envoyé depuis plus d'un jour : ses montants datent de ce moment-là. Les autres restent à jour.",
        words="ancien retard pas à jour date",
    ),
    _entry(
        "iban", _MONEY, "Qui peut ouvrir ou clore un mandat de prélèvement ?",
        "Une personne qui a le droit adhérer voit les mandats de toute l'entreprise. Seule celle qui l'a pour l'établissement signataire ouvre ou clôt le sien.",
        to=("/tableau-de-bord", "Ouvrir le tableau de bord"), words="iban rib rum sepa établissement siret",
    ),
    _entry(
        "live", _SITE, "Que veulent dire « Reconnexion… » et « Hors ligne » ?",
        "L'indicateur en haut de la page dit si les changements arrivent seuls. Quand la connexion est perdue, les données restent affichées avec leur heure ; la page se met à jour d'elle-même au retour.",
        words="direct réseau internet coupé actualiser rafraîchir",
    ),
    _entry(
        "data", _SITE, "Que faites-vous de mes données ?",
        "Elles servent au service et à rien d'autre : aucun cookie de mesure, aucun partage commercial. La page « Données personnelles » dit ce qui est gardé, et combien de temps.",
        to=("/donnees-personnelles", "Données personnelles"), words="rgpd cookie vie privée confidentialité",
    ),
    _entry(
        "phone", _SITE, "Le site marche-t-il sur téléphone ?",
        "Oui, en entier, avec Firefox, Chrome, Edge ou Safari, sans rien installer et sans fenêtre surgissante. Il se lit aussi au clavier seul et avec un lecteur d'écran.",
        to=("/accessibilite", "Accessibilité"), words="mobile android iphone tablette navigateur",
    ),
)  # fmt: skip

THEMES = tuple(dict.fromkeys(entry.theme for entry in ENTRIES))
