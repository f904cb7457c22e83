"""Every HTTP route of the portal, in one FastAPI application that Reflex mounts."""

from fastapi import FastAPI

from app.http import (
    accounts,
    appointments,
    asking,
    attestation,
    calendars,
    card,
    certified,
    consignments,
    customs_account,
    dashboard,
    docs,
    figures,
    files,
    habilitations,
    handling,
    health,
    linking,
    messages,
    metrics,
    notices,
    own_account,
    own_factors,
    second_factor,
    session,
    slots,
    teleservices,
    terms,
    token,
    unforeseen,
)
from app.http.bodies import HELD, Room

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
        openapi_url=None,  # app.http.docs writes it once
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
