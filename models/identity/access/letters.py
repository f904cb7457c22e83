"""The words of the letters about an account: its address, its password, what was done with them (COM-03, COM-05)."""

from models.identity.accounts.links import Purpose, address_of
from models.identity.letters.kinds import Budget, letter_kind
from models.identity.letters.parts import Details, Letter, good_once, page


@letter_kind("verify_address", Budget.SIGN_UP, "Adresse à vérifier")
def _verify_address(details: Details) -> Letter:
    return Letter(
        "Confirmez votre adresse pour ouvrir votre compte",
        (
            "Bonjour,",
            "Vous avez demandé à créer un compte Passavant avec cette adresse. Confirmez-la, puis choisissez votre mot de passe.",
        ),
        "Confirmer mon adresse",
        address_of(details["link"], Purpose.VERIFY),
        (
            good_once(Purpose.VERIFY),
            "Si vous n’avez rien demandé, ignorez ce message\u00a0: sans confirmation, personne ne peut se servir de ce compte.",
        ),
    )


@letter_kind("already_registered", Budget.SIGN_UP, "Compte déjà créé")
def _already_registered(_details: Details) -> Letter:
    return Letter(
        "Vous avez déjà un compte Passavant",
        (
            "Bonjour,",
            "Quelqu’un, vous sans doute, vient d’indiquer cette adresse pour un compte Passavant. Elle en a déjà un, et une adresse ne sert qu’à un compte.",
        ),
        "Se connecter",
        page("/connexion"),
        (
            f"Mot de passe oublié\u00a0? Demandez un lien pour en choisir un autre\u00a0: {page('/mot-de-passe')}",
            "Si ce n’était pas vous, il n’y a rien à faire\u00a0: votre compte n’a pas changé.",
        ),
    )


@letter_kind("set_password", Budget.PASSWORD_LINK, "Mot de passe à choisir")
def _set_password(details: Details) -> Letter:
    return Letter(
        "Choisissez un nouveau mot de passe",
        ("Bonjour,", "Vous avez demandé à choisir un nouveau mot de passe pour votre compte Passavant."),
        "Choisir un mot de passe",
        address_of(details["link"], Purpose.PASSWORD),
        (
            good_once(Purpose.PASSWORD),
            "Si vous n’avez rien demandé, ignorez ce message\u00a0: votre mot de passe ne change pas.",
        ),
    )


@letter_kind("no_account", Budget.PASSWORD_LINK, "Aucun compte à cette adresse")
def _no_account(_details: Details) -> Letter:
    return Letter(
        "Aucun compte Passavant à cette adresse",
        (
            "Bonjour,",
            "Quelqu’un, vous sans doute, a demandé à changer le mot de passe d’un compte Passavant en indiquant cette adresse. Aucun compte ne la porte\u00a0: vous en avez peut-être donné une autre.",
        ),
        "Créer un compte",
        page("/inscription"),
        ("Si vous n’avez rien demandé, ignorez ce message.",),
    )


@letter_kind("password_changed", Budget.WARNING, "Mot de passe changé")
def _password_changed(_details: Details) -> Letter:
    return Letter(
        "Votre mot de passe a été changé",
        (
            "Bonjour,",
            "Le mot de passe de votre compte Passavant vient d’être changé. Vos autres sessions sont fermées. Les liens envoyés auparavant ne servent plus.",
        ),
        after=(
            f"Si ce n’était pas vous, choisissez tout de suite un autre mot de passe\u00a0: {page('/mot-de-passe')}",
        ),
    )


@letter_kind("password_reset", Budget.PROVEN, "Mot de passe choisi de nouveau")
def _password_reset(_details: Details) -> Letter:
    return Letter(
        "Votre mot de passe a été changé",
        (
            "Bonjour,",
            "Un lien envoyé à cette adresse a servi à choisir un nouveau mot de passe pour votre compte Passavant. Toutes vos sessions sont fermées. Les liens envoyés auparavant ne servent plus.",
        ),
        after=(
            f"Si ce n’était pas vous, quelqu’un lit vos messages\u00a0: changez d’abord le mot de passe de votre messagerie, puis celui-ci\u00a0: {page('/mot-de-passe')}",
        ),
    )


@letter_kind("confirm_address", Budget.NEW_ADDRESS, "Nouvelle adresse à confirmer")
def _confirm_address(details: Details) -> Letter:
    return Letter(
        "Confirmez votre nouvelle adresse",
        (
            "Bonjour,",
            "Vous avez demandé que votre compte Passavant porte désormais cette adresse.",
        ),
        "Confirmer ma nouvelle adresse",
        address_of(details["link"], Purpose.ADDRESS),
        (
            good_once(Purpose.ADDRESS),
            "Si vous n’avez rien demandé, ignorez ce message\u00a0: rien ne change.",
        ),
    )


@letter_kind("address_taken", Budget.NEW_ADDRESS, "Adresse déjà prise")
def _address_taken(_details: Details) -> Letter:
    return Letter(
        "Vous avez déjà un compte Passavant",
        (
            "Bonjour,",
            "Quelqu’un, vous sans doute, a voulu donner cette adresse à un autre compte Passavant. Elle en a déjà un, et une adresse ne sert qu’à un compte.",
        ),
        "Se connecter",
        page("/connexion"),
        ("Si ce n’était pas vous, il n’y a rien à faire\u00a0: votre compte n’a pas changé.",),
    )


@letter_kind("address_asked", Budget.WARNING, "Changement d’adresse demandé")
def _address_asked(details: Details) -> Letter:
    return Letter(
        "Changement d’adresse demandé",
        (
            "Bonjour,",
            "Depuis votre compte Passavant, il vient d’être demandé de remplacer cette adresse par une autre. Le changement se fera quand la nouvelle adresse aura été confirmée.",
            "Si c’était vous, il n’y a rien à faire ici. Si ce n’était pas vous, annulez le changement\u00a0: toutes les sessions se fermeront, et vous choisirez un autre mot de passe.",
        ),
        "Ce n’était pas moi",
        address_of(details["link"], Purpose.CANCEL),
        (good_once(Purpose.CANCEL),),
    )


@letter_kind("address_changed", Budget.PROVEN, "Adresse changée")
def _address_changed(details: Details) -> Letter:
    return Letter(
        "L’adresse de votre compte a changé",
        (
            "Bonjour,",
            "Votre compte Passavant porte désormais une autre adresse, qui a été confirmée. Celle-ci ne sert plus à vous connecter.",
            "Si c’était vous, il n’y a rien à faire. Si ce n’était pas vous, reprenez votre compte\u00a0: il retrouvera cette adresse, toutes les sessions se fermeront, et vous choisirez un autre mot de passe.",
        ),
        "Ce n’était pas moi",
        address_of(details["link"], Purpose.RESTORE),
        (
            good_once(Purpose.RESTORE),
            "Passé ce délai, écrivez-nous par la page d’aide\u00a0: " + page("/aide"),
        ),
    )


@letter_kind("disowned", Budget.PROVEN, "Compte repris par son titulaire")
def _disowned(details: Details) -> Letter:
    return Letter(
        "Choisissez un nouveau mot de passe",
        (
            "Bonjour,",
            "Vous avez indiqué que ce qui était demandé depuis votre compte ne venait pas de vous. C’est annulé, toutes les sessions de votre compte sont fermées, et l’ancien mot de passe ne sert plus.",
        ),
        "Choisir un mot de passe",
        address_of(details["link"], Purpose.PASSWORD),
        (
            good_once(Purpose.PASSWORD),
            f"Passé ce délai, demandez un autre lien\u00a0: {page('/mot-de-passe')}",
        ),
    )
