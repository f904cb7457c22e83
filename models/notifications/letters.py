"""The words of each letter, in French: what happened, what to do, what to do if it was not you.

Written when the letter leaves, from what its row holds: a link is signed then, and is kept nowhere. Nothing that
somebody typed stands in a letter to an address that is not known to be theirs: nobody writes to others through us.
"""

from collections.abc import Callable, Mapping

from models.assistance.rules import EXPECTED, SERVICE
from models.french import grouped, plural
from models.notifications.account_letters import ACCOUNT_LETTERS
from models.notifications.factor_letters import FACTOR_LETTERS
from models.notifications.letter_parts import Details, Letter, page

NOTICES = "notices"
"""The kind of the letters that tell notices: their details are found when they leave."""
_LONGEST_SUBJECT = 78


def letter(kind: str, details: Details) -> Letter:
    """The letter of that kind.

    Raises:
        KeyError: for a kind that does not exist, or details that lack something.
    """
    return LETTERS[kind](details)


def _invited(details: Details) -> Letter:
    company, siren = details["company"], details["siren"]
    return Letter(
        f"{company} vous invite sur Passavant",
        (
            "Bonjour,",
            f"Le correspondant de {company} (SIREN {grouped(siren)}) vous invite à ouvrir un compte Passavant avec cette adresse. Il sera certifié dès que vous l’aurez confirmée.",
        ),
        "Ouvrir mon compte",
        page(f"/inscription?siren={siren}"),
        (
            "L’invitation vaut 14 jours. Si elle ne vous dit rien, ignorez ce message\u00a0: aucun compte n’est ouvert sans vous.",
        ),
    )


def _help_received(details: Details) -> Letter:
    return Letter(
        f"Votre demande {details['reference']} est enregistrée",
        (
            "Bonjour,",
            f"Votre demande d’assistance a été reçue le {details['at']} par {SERVICE}, sous la référence {details['reference']}.",
            f"Réponse attendue sous {EXPECTED}. Sans réponse passé ce délai, rappelez cette référence par téléphone, ou écrivez-nous de nouveau.",
        ),
        "Page d’aide",
        page("/aide"),
    )


def _notices(details: Details) -> Letter:
    items = details.get("items", ())
    first = (
        items[0] if items else {"title": "Vos notifications", "about": "Passavant", "href": "/notifications"}
    )
    alone = len(items) == 1 and not details.get("more")
    number = len(items) + details.get("more", 0)
    subject = f"{first['title']}\u00a0: {first['about']}" if alone and first["about"] else first["title"]
    told = tuple(f"{one['about'] or one['title']}\u00a0: {' '.join(one['lines'])}" for one in items)
    more = (f"Et encore {plural(details['more'], 'autre')}.",) if details.get("more") else ()
    return Letter(
        _short(subject if number < 2 or not details.get("digest") else f"{number} nouvelles sur vos envois"),
        ("Bonjour,", *told, *more),
        "Voir ce qu’il en est" if alone else "Voir mes notifications",
        page(first["href"] if alone else "/notifications"),
        (f"Choisissez ce qui vous est écrit, et quand\u00a0: {page('/profil')}",),
        unsubscribe=details.get("unsubscribe", ""),
    )


def _short(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"


LETTERS: Mapping[str, Callable[[Details], Letter]] = {
    **ACCOUNT_LETTERS,
    **FACTOR_LETTERS,
    "invited": _invited,
    "help_received": _help_received,
    NOTICES: _notices,
}
"""By the kind that post_letter() is given."""
