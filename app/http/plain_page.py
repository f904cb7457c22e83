"""A page that an HTTP answer holds whole: what is asked or told outside of the application's own pages."""

from html import escape

from starlette.responses import HTMLResponse, Response

_PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} · Passavant</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/hors-ligne.css">
<link rel="stylesheet" href="/plain.css"></head>
<body><header><img src="/favicon.svg" alt="" width="32" height="32"> Passavant</header>
<main><h1>{title}</h1>{body}</main></body></html>"""


def plain_page(title: str, body: str) -> Response:
    """The page; `body` is markup, in which whatever somebody wrote was escaped.

    Its forms say to us where they come from: with `no-referrer` browsers would hide even that, and they be refused.
    """
    return HTMLResponse(
        _PAGE.format(title=escape(title), body=body),
        headers={"Cache-Control": "no-store", "Referrer-Policy": "same-origin"},
    )
