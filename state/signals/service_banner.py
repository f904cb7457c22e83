"""The alerts in force that concern whoever is there, at the top of the pages, live (MET-11).

They are public: pages without sign-in show those of the portal itself. So when one starts or ends, every tab that is
open in this worker looks anew, whoever is behind it and whatever it shows; it happens a few times a month.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import reflex as rx
import structlog

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.signals.services.queries import concerning
from models.signals.services.tables import ServiceAlert
from models.signals.services.vocabulary import Service
from models.signals.services.words import NAMES, since
from state.kit import watches
from state.kit.deltas import put
from state.kit.guard import Word, allow, anyone, who
from state.kit.registration import Kept

log = structlog.get_logger()

KINDS = frozenset({"service_alert.started", "service_alert.ended"})
"""The facts of the journal after which every tab looks anew."""
_AT_ONCE = 8


@dataclass
class Banner:
    """One alert in force; components/signals/outages.py shows it."""

    key: str = ""
    title: str = ""
    message: str = ""
    since: str = ""
    since_label: str = ""


class ServiceBanner(Kept, rx.State):
    """The alerts in force, but for those that were put out of the way in this tab."""

    portal: list[Banner] = []  # noqa: RUF012 - Reflex copies defaults for each state
    """About the portal itself: on every page."""
    services: list[Banner] = []  # noqa: RUF012
    """About the services that the person uses: on the pages that lead to them."""
    _dismissed: list[str] = []  # noqa: RUF012

    @rx.event
    @allow(anyone)
    async def dismiss(self, viewer: Viewer | None, alert: Word) -> None:
        """Put one alert out of the way, in this tab; the others stay, and it is still in force."""
        shown: list[Banner] = [*self.get_value("portal"), *self.get_value("services")]
        if alert in {banner.key for banner in shown}:
            self._dismissed = [*self.get_value("_dismissed"), alert]
            await self._look(viewer)

    async def _look(self, viewer: Viewer | None) -> None:
        """Show what is in force now, to whoever is there now."""
        alerts = await read(lambda db: concerning(db, viewer))
        dismissed = self.get_value("_dismissed")
        left = [alert for alert in alerts if str(alert.id) not in dismissed]
        put(
            self,
            portal=[_banner(alert) for alert in left if alert.service == Service.PORTAL],
            services=[_banner(alert) for alert in left if alert.service != Service.PORTAL],
        )

    async def _refuse(self, _refusal: Refusal, viewer: Viewer | None) -> None:
        await self._look(viewer)


def _banner(alert: ServiceAlert) -> Banner:
    return Banner(
        str(alert.id),
        french.typeset(f"{NAMES[alert.service, alert.mode]} : alerte en cours"),
        french.typeset(alert.message),
        french.iso(alert.started_at),
        since(alert.started_at).capitalize(),
    )


async def look(screen: Any, viewer: Viewer | None) -> None:
    """Look anew, in the tab of `screen`."""
    banner = await screen.get_state(ServiceBanner)
    await banner._look(viewer)


async def deliver(app: rx.App) -> None:
    """Have every tab that is open in this worker look anew: an alert started, or ended."""
    gate = asyncio.Semaphore(_AT_ONCE)
    await asyncio.gather(*[_tell(app, gate, token) for token in list(watches.sockets(app))])


async def _tell(app: rx.App, gate: asyncio.Semaphore, token: str) -> None:
    async with gate:
        try:
            async with app.modify_state(rx.BaseStateToken(ident=token, cls=ServiceBanner)) as root:
                banner = await root.get_state(ServiceBanner)
                await banner._look(await who(banner))
        except Exception:
            # One tab that fails must not keep the others waiting.
            log.exception("service_banner.tab_failed")
