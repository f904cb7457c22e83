"""Pages that an HTTP route answers by itself, in the portal's dress: no script of a page, no state behind them."""

from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse, Response

_PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>{title} · Passavant</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="theme-color" content="#0A2F3B">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/hors-ligne.css">
<link rel="stylesheet" href="/plain.css">
<script src="/js/passavant.js" defer></script>
</head>
<body>
<header><a href="/"><img src="/favicon.svg" alt="" width="32" height="32"> Passavant</a></header>
<main>
<h1>{heading}</h1>
{body}
</main>
<footer>Passavant, le guichet unique du passage aux frontières.</footer>
</body>
</html>
"""


def plain_page(
    heading: str,
    body: str,
    *,
    title: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A whole page: `heading` is text, `body` is HTML whose foreign parts are escaped already; kept by no cache.

    Its forms say to us where they come from: with `no-referrer` browsers would hide even that, and they be refused.
    """
    text = _PAGE.format(title=escape(title or heading), heading=escape(heading), body=body)
    return HTMLResponse(
        text,
        status,
        headers={"Cache-Control": "no-store", "Referrer-Policy": "same-origin", **(headers or {})},
    )
