"""The terms of use: as a PDF for anybody, and accepted by who is signed in (COM-10)."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.http.forms import local_path, read_form, refuse_cross_site
from app.http.people import person_of
from app.http.problems import Problem
from app.http.session import see_other, sign_in_page
from app.terms_pdf import write
from models.accounts import terms
from models.accounts.acceptance import accept
from models.accounts.rules import home_of

router = APIRouter(include_in_schema=False)


@router.get("/cgu.pdf")
async def as_pdf(version: str = "") -> Response:
    """A version of the terms, the one in force unless told."""
    found = terms.version_of(version) if version else terms.in_force()
    if found is None:
        raise Problem(404, "Version inconnue", "Ces conditions d’utilisation n’existent pas, ou pas encore.")
    body = await asyncio.to_thread(write, found)
    name = f"passavant-conditions-{found.number}.pdf"
    return Response(
        body,
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-cache"},
    )


@router.post("/cgu/acceptation")
async def accepted(request: Request) -> Response:
    """Keep that the person accepts the version that was read, then 303 to where they wanted to go."""
    refuse_cross_site(request)
    form = await read_form(request)
    following = local_path(form.get("suite"), "")
    viewer = await person_of(request)
    if viewer is None:
        return see_other(sign_in_page(following))
    # When a newer version came into force meanwhile, that one is asked: the next page leads back here.
    await accept(viewer, form.get("version", ""))
    return see_other(following or home_of(viewer.role))
