"""The partner API's documentation, from our own address: nothing is asked of a third party (COM-06)."""

import json
from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from app.http.server import kept_files
from app.http.server.kept_files import KeptFiles

router = APIRouter(prefix="/api/v1", include_in_schema=False)

_described = KeptFiles()
STATIC = "/api/v1/docs-static"
_PAGE = f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Interface des partenaires · Passavant</title>
<link rel="stylesheet" href="{STATIC}/swagger-ui.css">
<link rel="icon" href="/favicon.svg">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{STATIC}/swagger-ui-bundle.js"></script>
<script src="/js/api-docs.js"></script>
</body>
</html>"""


@router.get("/docs")
async def docs() -> HTMLResponse:
    """The page; its scripts are files, so that the policy of every page holds here too."""
    return HTMLResponse(_PAGE)


@router.get("/openapi.json")
async def described(request: Request) -> Response:
    """The description of the partner API, written once."""

    async def write() -> bytes:
        return json.dumps(request.app.openapi(), ensure_ascii=False).encode()

    return kept_files.answer(request, await _described.get("api", write), "application/json")


def static() -> StaticFiles:
    """Swagger UI's own files, as the package fastapi-offline carries them."""
    return StaticFiles(directory=str(files("fastapi_offline") / "static"))
