"""Where the buttons that leave the portal lead: a tele-service opens there, signed in (PPR-04, PPR-30)."""

from urllib.parse import quote, urlencode


def access(co_owner: str, service: str, about: str = "") -> str:
    """The address that opens that service of that co-owner, about the reference `about`."""
    query = f"?{urlencode({'objet': about})}" if about else ""
    return f"/acces/{quote(co_owner, safe='')}/{quote(service, safe='')}{query}"
