"""The terms of use: as a PDF for anybody, and accepted by who is signed in (COM-10)."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.documents.terms_pdf import write
from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.people import person_of
from app.http.browser.session import see_other, sign_in_page
from app.http.server import kept_files
from app.http.server.kept_files import KeptFiles
from app.http.server.problems import Problem
from models.identity.access.forms import TermsForm
from models.identity.accounts import terms
from models.identity.accounts.acceptance import accept
from models.identity.accounts.rules import home_of
from models.kernel.paths import local_path
from models.kernel.threads import documents

router = APIRouter(include_in_schema=False)
_versions = KeptFiles()


@router.get("/cgu.pdf")
async def as_pdf(request: Request, version: str = "") -> Response:
    """A version of the terms, the one in force unless told."""
    version_asked = terms.version_of(version) if version else terms.in_force()
    if version_asked is None:
        raise Problem(404, "Version inconnue", "Ces conditions d’utilisation n’existent pas, ou pas encore.")
    file = await _versions.get(str(version_asked.number), lambda: documents.run(write, version_asked))
    name = f'inline; filename="passavant-conditions-{version_asked.number}.pdf"'
    return kept_files.answer(request, file, "application/pdf", Content_Disposition=name)


@router.post("/cgu/acceptation")
async def accepted(request: Request) -> Response:
    """Keep that the person accepts the version that was read, then 303 to where they wanted to go."""
    refuse_cross_site(request)
    form = TermsForm.read(await read_form(request)).values or TermsForm()
    following = local_path(form.following, "")
    viewer = await person_of(request)
    if viewer is None:
        return see_other(sign_in_page(following))
    # When a newer version came into force meanwhile, that one is asked: the next page leads back here.
    await accept(viewer, form.version)
    return see_other(following or home_of(viewer.role))
