"""Reading a native form post with care: where it comes from, how long it is, what it holds, where it leads."""

from urllib.parse import parse_qsl

from fastapi import Request

from app.http.server.origins import from_another_site, is_ours
from app.http.server.problems import Problem

_LIMIT = 4096
_FIELDS = 20


def refuse_cross_site(request: Request) -> None:
    """End a post that another site made this browser send: signing in or out is asked on our own pages.

    Raises:
        Problem: 403.
    """
    origin = request.headers.get("origin")
    if origin is None:
        is_named = "sec-fetch-site" in request.headers or "referer" in request.headers
        foreign = is_named and from_another_site(request)
    else:
        foreign = not is_ours(request, origin)
    if foreign:
        raise Problem(403, detail="Ce formulaire vient d’un autre site. Repassez par les pages de Passavant.")


async def read_form(request: Request, limit: int = _LIMIT) -> dict[str, str]:
    """The fields of a small url-encoded form, as they were sent: their declaration reads them (models/kernel/forms).

    Raises:
        Problem: 415 for another format, 413 beyond `limit` bytes, 400 when it cannot be read or repeats a field.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Problem(415, detail="Envoyez un formulaire au format application/x-www-form-urlencoded.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Problem(413, detail=f"Le formulaire dépasse {limit // 1024}\u00a0ko.")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=_FIELDS,
        )
    except ValueError:
        raise Problem(400, detail="Le formulaire n’a pas pu être lu.") from None
    form = dict(pairs)
    if any("\0" in value for value in form.values()):  # no person types it, and PostgreSQL refuses it
        raise Problem(400, detail="Le formulaire contient un caractère interdit.")
    if len(form) != len(pairs):
        raise Problem(400, detail="Un champ du formulaire est répété.")
    return form
