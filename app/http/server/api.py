"""Every HTTP route of the portal, in one FastAPI application that Reflex mounts."""

from fastapi import FastAPI

from app.http.browser import (
    accounts,
    card,
    customs_account,
    handling,
    linking,
    notices,
    own_account,
    own_factors,
    second_factor,
    session,
    teleservices,
    terms,
)
from app.http.downloads import attestation, calendars, certified, dashboard, files
from app.http.partner_api import appointments, consignments, figures, habilitations, messages, slots, token
from app.http.server import asking, docs, health, metrics, unforeseen
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
    attestation,
    handling,
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
    linking,
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
    )
    api.state.room = Room(HELD)
    for module in _DOORS:
        api.include_router(module.router)
    api.mount(docs.STATIC, docs.static())
    unforeseen.install(api)
    asking.install(api)
    return api
