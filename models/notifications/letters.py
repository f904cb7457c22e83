"""The words of each letter, in French: what happened, what to do, what to do if it was not you.

Written when the letter leaves, from what its row holds: a link is signed then, and is kept nowhere. Nothing that
somebody typed stands in a letter to an address that is not known to be theirs: nobody writes to others through us.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.accounts.links import LIFE, Purpose, address_of
from models.assistance.rules import EXPECTED, SERVICE
from models.french import duration, grouped, plural
from models.settings import settings

Details = Mapping[str, Any]
NOTICES = "notices"
"""The kind of the letters that tell notices: their details are found when they leave."""
_LONGEST_SUBJECT = 78


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, before it is put into a form."""

    subject: str
    before: tuple[str, ...]
    """Paragraphs."""
    button: str = ""
    address: str = ""
    """Where the button leads."""
    after: tuple[str, ...] = ()
    unsubscribe: str = ""
    """Where mail programs post that no more such letters are wanted (RFC 8058); empty where they must come."""


def letter(kind: str, details: Details) -> Letter:
    """The letter of that kind.

    Raises:
        KeyError: for a kind that does not exist, or details that lack something.
    """
    return LETTERS[kind](details)


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
            _good_once(Purpose.VERIFY),
            "Si vous n'avez rien demandé, ignorez ce message : sans confirmation, personne ne peut se servir de ce compte.",
        ),
    )


def _already_registered(_details: Details) -> Letter:
    return Letter(
        "Vous avez déjà un compte Passavant",
        (
            "Bonjour,",
            "Quelqu'un, vous sans doute, vient d'indiquer cette adresse pour un compte Passavant. Elle en a déjà un, et une adresse ne sert qu'à un compte.",
        ),
        "Se connecter",
        _page("/connexion"),
        (
            f"Mot de passe oublié ? Demandez un lien pour en choisir un autre : {_page('/mot-de-passe')}",
            "Si ce n'était pas vous, il n'y a rien à faire : votre compte n'a pas changé.",
        ),
    )


def _set_password(details: Details) -> Letter:
    return Letter(
        "Choisissez un nouveau mot de passe",
        ("Bonjour,", "Vous avez demandé à choisir un nouveau mot de passe pour votre compte Passavant."),
        "Choisir un mot de passe",
        address_of(details["link"], Purpose.PASSWORD),
        (
            _good_once(Purpose.PASSWORD),
            "Si vous n'avez rien demandé, ignorez ce message : votre mot de passe ne change pas.",
        ),
    )


def _no_account(_details: Details) -> Letter:
    return Letter(
        "Aucun compte Passavant à cette adresse",
        (
            "Bonjour,",
            "Quelqu'un, vous sans doute, a demandé à changer le mot de passe d'un compte Passavant en indiquant cette adresse. Aucun compte ne la porte : vous en avez peut-être donné une autre.",
        ),
        "Créer un compte",
        _page("/inscription"),
        ("Si vous n'avez rien demandé, ignorez ce message.",),
    )


def _password_changed(_details: Details) -> Letter:
    return Letter(
        "Votre mot de passe a été changé",
        (
            "Bonjour,",
            "Le mot de passe de votre compte Passavant vient d'être changé. Vos autres sessions sont fermées. Les liens envoyés auparavant ne servent plus.",
        ),
        after=(
            f"Si ce n'était pas vous, choisissez tout de suite un autre mot de passe : {_page('/mot-de-passe')}",
        ),
    )


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
            _good_once(Purpose.ADDRESS),
            "Si vous n'avez rien demandé, ignorez ce message : rien ne change.",
        ),
    )


def _address_taken(_details: Details) -> Letter:
    return Letter(
        "Vous avez déjà un compte Passavant",
        (
            "Bonjour,",
            "Quelqu'un, vous sans doute, a voulu donner cette adresse à un autre compte Passavant. Elle en a déjà un, et une adresse ne sert qu'à un compte.",
        ),
        "Se connecter",
        _page("/connexion"),
        ("Si ce n'était pas vous, il n'y a rien à faire : votre compte n'a pas changé.",),
    )


def _address_asked(details: Details) -> Letter:
    return Letter(
        "Changement d'adresse demandé",
        (
            "Bonjour,",
            "Depuis votre compte Passavant, il vient d'être demandé de remplacer cette adresse par une autre. Le changement se fera quand la nouvelle adresse aura été confirmée.",
            "Si c'était vous, il n'y a rien à faire ici. Si ce n'était pas vous, annulez le changement : toutes les sessions se fermeront, et vous choisirez un autre mot de passe.",
        ),
        "Ce n'était pas moi",
        address_of(details["link"], Purpose.CANCEL),
        (_good_once(Purpose.CANCEL),),
    )


def _address_changed(details: Details) -> Letter:
    return Letter(
        "L'adresse de votre compte a changé",
        (
            "Bonjour,",
            "Votre compte Passavant porte désormais une autre adresse, qui a été confirmée. Celle-ci ne sert plus à vous connecter.",
            "Si c'était vous, il n'y a rien à faire. Si ce n'était pas vous, reprenez votre compte : il retrouvera cette adresse, toutes les sessions se fermeront, et vous choisirez un autre mot de passe.",
        ),
        "Ce n'était pas moi",
        address_of(details["link"], Purpose.RESTORE),
        (
            _good_once(Purpose.RESTORE),
            "Passé ce délai, écrivez-nous par la page d'aide : " + _page("/aide"),
        ),
    )


def _disowned(details: Details) -> Letter:
    return Letter(
        "Choisissez un nouveau mot de passe",
        (
            "Bonjour,",
            "Vous avez indiqué que le changement d'adresse ne venait pas de vous. Il est annulé, toutes les sessions de votre compte sont fermées, et l'ancien mot de passe ne sert plus.",
        ),
        "Choisir un mot de passe",
        address_of(details["link"], Purpose.PASSWORD),
        (
            _good_once(Purpose.PASSWORD),
            f"Passé ce délai, demandez un autre lien : {_page('/mot-de-passe')}",
        ),
    )


def _invited(details: Details) -> Letter:
    company, siren = details["company"], details["siren"]
    return Letter(
        f"{company} vous invite sur Passavant",
        (
            "Bonjour,",
            f"Le correspondant de {company} (SIREN {grouped(siren)}) vous invite à ouvrir un compte Passavant avec cette adresse. Il sera certifié dès que vous l'aurez confirmée.",
        ),
        "Ouvrir mon compte",
        _page(f"/inscription?siren={siren}"),
        (
            "L'invitation vaut 14 jours. Si elle ne vous dit rien, ignorez ce message : aucun compte n'est ouvert sans vous.",
        ),
    )


def _help_received(details: Details) -> Letter:
    return Letter(
        f"Votre demande {details['reference']} est enregistrée",
        (
            "Bonjour,",
            f"Votre demande d'assistance a été reçue le {details['at']} par {SERVICE}, sous la référence {details['reference']}.",
            f"Réponse attendue sous {EXPECTED}. Sans réponse passé ce délai, rappelez cette référence par téléphone, ou écrivez-nous de nouveau.",
        ),
        "Page d'aide",
        _page("/aide"),
    )


def _notices(details: Details) -> Letter:
    items = details.get("items", ())
    first = (
        items[0] if items else {"title": "Vos notifications", "about": "Passavant", "href": "/notifications"}
    )
    alone = len(items) == 1 and not details.get("more")
    number = len(items) + details.get("more", 0)
    subject = f"{first['title']} : {first['about']}" if alone and first["about"] else first["title"]
    told = tuple(f"{one['about'] or one['title']} : {' '.join(one['lines'])}" for one in items)
    more = (f"Et encore {plural(details['more'], 'autre')}.",) if details.get("more") else ()
    return Letter(
        _short(subject if number < 2 or not details.get("digest") else f"{number} nouvelles sur vos envois"),
        ("Bonjour,", *told, *more),
        "Voir ce qu'il en est" if alone else "Voir mes notifications",
        _page(first["href"] if alone else "/notifications"),
        (f"Choisissez ce qui vous est écrit, et quand : {_page('/profil')}",),
        unsubscribe=details.get("unsubscribe", ""),
    )


def _short(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"


LETTERS: dict[str, Callable[[Details], Letter]] = {
    "verify_address": _verify_address,
    "already_registered": _already_registered,
    "set_password": _set_password,
    "no_account": _no_account,
    "password_changed": _password_changed,
    "confirm_address": _confirm_address,
    "address_taken": _address_taken,
    "address_asked": _address_asked,
    "address_changed": _address_changed,
    "disowned": _disowned,
    "invited": _invited,
    "help_received": _help_received,
    NOTICES: _notices,
}
"""By the kind that post_letter() is given."""


def _good_once(purpose: Purpose) -> str:
    return f"Ce lien sert une seule fois, pendant {duration(LIFE[purpose])}."


def _page(path: str) -> str:
    return settings().public_url + path
