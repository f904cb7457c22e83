"""Whether a request comes from our own pages: a GET that changes something must not be another site's doing."""

from urllib.parse import urlsplit

from fastapi import Request

from models.kernel.settings.portal import settings

_OURS = ("same-origin", "none")
"""`none`: typed, kept as a bookmark, or opened by a program that is no browser."""


def from_another_site(request: Request) -> bool:
    """Whether a page of another site leads here, or nothing says where one comes from.

    Browsers say it themselves over HTTPS and on this machine; elsewhere the page's address is what is left.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in _OURS
    page = request.headers.get("referer")
    return page is None or not is_ours(request, origin_of(page))


def is_ours(request: Request, origin: str) -> bool:
    """Whether that origin is the portal's, or the very host asked; `null` is nobody's."""
    scheme, _, host = origin.partition("://")
    own_host = scheme in ("http", "https") and host == request.headers.get("host")
    return origin in settings().origins or own_host


def origin_of(address: str) -> str:
    """Scheme and host of an address; empty when it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
