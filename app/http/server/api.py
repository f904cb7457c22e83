"""Every HTTP route of the portal, in one FastAPI application that Reflex mounts."""

from fastapi import FastAPI

from app.http.attachments import downloads, uploads
from app.http.browser import (
    accounts,
    card,
    customs_account,
    links,
    notices,
    own_account,
    own_factors,
    received,
    second_factor,
    session,
    teleservices,
    terms,
)
from app.http.downloads import (
    attestation,
    calendars,
    certified,
    dashboard,
    files,
    verification_keys,
)
from app.http.partner_api import appointments, consignments, figures, habilitations, messages, slots, token
from app.http.server import docs, health, metrics, network, unforeseen
from app.http.server.bodies import HELD, Room

_DOORS = (
    docs,
    session,
    second_factor,
    accounts,
    own_account,
    own_factors,
    terms,
    card,
    dashboard,
    certified,
    files,
    uploads,
    downloads,
    attestation,
    verification_keys,
    received,
    notices,
    health,
    metrics,
    token,
    messages,
    habilitations,
    figures,
    consignments,
    slots,
    appointments,
    calendars,
    customs_account,
    links,
    teleservices,
)


def build() -> FastAPI:
    """The application: sign-in, files, health, partner API."""
    api = FastAPI(
        title="Passavant",
        summary="L’interface des partenaires de Passavant.",
        version="1",
        openapi_url=None,  # app.http.server.docs writes it once
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # an address is what it is, or nothing
    )
    api.state.room = Room(HELD)
    for module in _DOORS:
        api.include_router(module.router)
    api.mount(docs.STATIC, docs.static())
    unforeseen.install(api)
    network.install(api)
    return api
