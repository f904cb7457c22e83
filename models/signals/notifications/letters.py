"""The words of the letters that tell notices (SES-30)."""

from models.identity.letters.kinds import Budget, letter_kind
from models.identity.letters.parts import Details, Letter, page
from models.kernel.french import plural

NOTICES = "notices"
"""The kind of the letters that tell notices: their details are found when they leave."""
_LONGEST_SUBJECT = 78


@letter_kind(NOTICES, Budget.NOTICES, "Notifications")
def _notices(details: Details) -> Letter:
    items = details.get("items", ())
    first = (
        items[0] if items else {"title": "Vos notifications", "about": "Passavant", "href": "/notifications"}
    )
    alone = len(items) == 1 and not details.get("more")
    number = len(items) + details.get("more", 0)
    subject = f"{first['title']}\u00a0: {first['about']}" if alone and first["about"] else first["title"]
    paragraphs = tuple(f"{item['about'] or item['title']}\u00a0: {' '.join(item['lines'])}" for item in items)
    more = (f"Et encore {plural(details['more'], 'autre')}.",) if details.get("more") else ()
    return Letter(
        _short(subject if number < 2 or not details.get("digest") else f"{number} nouvelles sur vos envois"),
        ("Bonjour,", *paragraphs, *more),
        "Voir ce qu’il en est" if alone else "Voir mes notifications",
        page(first["href"] if alone else "/notifications"),
        (f"Choisissez ce qui vous est écrit, et quand\u00a0: {page('/profil')}",),
        unsubscribe=details.get("unsubscribe", ""),
    )


def _short(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"
