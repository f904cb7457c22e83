"""Paying by card without an account, from a payment notice: native forms, since a password is sent (PPR-31)."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.session import see_other
from app.http.server.limits import failures, network_of, notices
from app.oidc.assertions import notice_assertion
from models.identity.access.cookies import CARD_ASKED, CARD_FOUND, Flash
from models.kernel.co_owners import CoOwner
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.money.payments.card import from_notice, from_ticket
from models.money.payments.forms import NoticeForm, TicketForm
from models.money.payments.rules import Way

router = APIRouter(include_in_schema=False)

_PAGE = "/payer"
_REFUSED = "Paiement non ouvert"


@router.post("/payer")
async def find(request: Request) -> Response:
    """Prove that one holds the notice, then 303 to the page, which shows the debt or why not.

    Counted per network and per reference: a password is short.
    """
    refuse_cross_site(request)
    reading = NoticeForm.read(await read_form(request))
    if reading.values is None:
        return see_other(_PAGE, Flash(CARD_ASKED, "", "", "", reading.typed, reading.errors))
    reference, password = reading.values.reference, reading.values.password
    network, key = network_of(request), "".join(reference.split()).upper()
    await failures.enter(network)
    await notices.enter(key)
    payable = await from_notice(reference, password)
    if isinstance(payable, Refusal):
        return see_other(_PAGE, Flash(CARD_ASKED, _REFUSED, payable.reason, "", {"reference": reference}))
    await failures.forgive(network)
    await notices.forgive(key)
    return see_other(_PAGE, Flash(CARD_FOUND, "", "", "", {"ticket": payable.ticket}))


@router.post("/payer/carte")
async def pay(request: Request) -> Response:
    """303 to the card payment of the debt that was shown, with an assertion that names it and nobody."""
    refuse_cross_site(request)
    form = TicketForm.read(await read_form(request)).values or TicketForm()
    payable = await from_ticket(form.ticket)
    if isinstance(payable, Refusal):
        return see_other(_PAGE, Flash(CARD_ASKED, _REFUSED, payable.reason, ""))
    address = settings().co_owner(CoOwner.DGDDI).services_url
    if not address:
        sentence = "Le paiement par carte n’est pas relié au portail pour le moment. Réessayez plus tard."
        return see_other(_PAGE, Flash(CARD_ASKED, _REFUSED, sentence, "", {"reference": payable.reference}))
    passed = notice_assertion(payable.reference, payable.siren, f"{CoOwner.DGDDI}/{Way.CARD}")
    return see_other(f"{address}/{Way.CARD}?{urlencode({'assertion': passed})}")
