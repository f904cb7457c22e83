"""The words of the letters about second factors: added, removed, refused, lost."""

from models.identity.accounts.links import Purpose, address_of
from models.identity.factors.rules import FACTORS_IN_SENTENCES
from models.identity.letters.kinds import Budget, letter_kind
from models.identity.letters.parts import Details, Letter, good_once, page


@letter_kind("factor_added", Budget.WARNING, "Second facteur ajouté")
def _factor_added(details: Details) -> Letter:
    return Letter(
        "Un second facteur protège votre compte",
        (
            "Bonjour,",
            f"Un second facteur, {FACTORS_IN_SENTENCES[details['factor']]}, vient d’être ajouté à votre compte Passavant. Il sera demandé à chaque connexion, après le mot de passe. Vos autres sessions sont fermées.",
        ),
        after=(_not_your_factor(),),
    )


@letter_kind("factor_removed", Budget.WARNING, "Second facteur retiré")
def _factor_removed(details: Details) -> Letter:
    return Letter(
        "Un second facteur a été retiré",
        (
            "Bonjour,",
            f"Un second facteur, {FACTORS_IN_SENTENCES[details['factor']]}, vient d’être retiré de votre compte Passavant. Vos autres sessions sont fermées.",
        ),
        after=(_not_your_factor(),),
    )


@letter_kind("factor_refused", Budget.RECOVERY, "Second facteur refusé")
def _factor_refused(_details: Details) -> Letter:
    return Letter(
        "Quelqu’un connaît votre mot de passe",
        (
            "Bonjour,",
            "Une connexion à votre compte Passavant a donné le bon mot de passe, puis échoué plusieurs fois au second facteur. Personne n’est entré.",
        ),
        after=(
            f"Si ce n’était pas vous, changez votre mot de passe sans attendre\u00a0: {page('/mot-de-passe')}",
        ),
    )


@letter_kind("recovery_asked", Budget.RECOVERY, "Connexion sans second facteur demandée")
def _recovery_asked(details: Details) -> Letter:
    return Letter(
        "Connexion sans second facteur demandée",
        (
            "Bonjour,",
            "Quelqu’un qui connaît votre mot de passe a indiqué avoir perdu tous les seconds facteurs de votre compte Passavant. La demande doit encore être certifiée par un correspondant de votre entreprise ou par l’assistance.",
            "Si c’était vous, appelez l’un d’eux pour qu’il vous reconnaisse. Si ce n’était pas vous, annulez la demande.",
        ),
        "Ce n’était pas moi",
        address_of(details["link"], Purpose.OBJECT),
        (good_once(Purpose.OBJECT),),
    )


@letter_kind("recovery_certified", Budget.RECOVERY, "Connexion sans second facteur certifiée")
def _recovery_certified(details: Details) -> Letter:
    return Letter(
        "Vos seconds facteurs vont être retirés",
        (
            "Bonjour,",
            f"Votre demande de connexion sans second facteur a été certifiée. À partir du {details['from']}, connectez-vous avec votre mot de passe\u00a0: tous les seconds facteurs seront alors retirés de votre compte Passavant.",
            "Si vous n’avez rien demandé, annulez avant cette date.",
        ),
        "Ce n’était pas moi",
        address_of(details["link"], Purpose.OBJECT),
        (good_once(Purpose.OBJECT),),
    )


@letter_kind("factors_recovered", Budget.PROVEN, "Seconds facteurs retirés")
def _factors_recovered(_details: Details) -> Letter:
    return Letter(
        "Les seconds facteurs de votre compte sont retirés",
        (
            "Bonjour,",
            "Une connexion à votre compte Passavant s’est faite sans second facteur, comme il avait été demandé et certifié. Ajoutez-en un depuis votre profil.",
        ),
        "Ouvrir mon profil",
        page("/profil"),
        (_not_your_factor(),),
    )


def _not_your_factor() -> str:
    return (
        f"Si ce n’était pas vous, changez votre mot de passe sans attendre\u00a0: {page('/mot-de-passe')}, "
        f"puis écrivez-nous\u00a0: {page('/aide')}"
    )
