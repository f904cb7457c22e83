"""/notifications/reglages: how one person wants to be told, and on which phones (SES-30, SES-31)."""

from typing import ClassVar

import reflex as rx

from models.identity.accounts.devices import device_of as named
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.signals.notifications.choices import (
    Choices,
    Preference,
    choices_of,
    preferences,
    set_digest,
    set_preference,
    set_quiet_hours,
)
from models.signals.notifications.forms import PhoneForm, QuietForm
from models.signals.notifications.kinds import KINDS, Channel, Mode
from models.signals.notifications.queries.notices import subscriptions
from models.signals.notifications.subscriptions import subscribe, unsubscribe_device
from models.signals.notifications.tables import PushSubscription
from models.signals.notifications.vapid import public_key
from state.kit.deltas import put
from state.kit.ending import Ends
from state.kit.form import FormScreen
from state.kit.guard import Typed, Word, allow, signed_in
from state.kit.screen import ActScreen, Scope, dismissing
from state.signals.notice_choices import (
    CHANNELS,
    MODES,
    SWITCHED,
    Device,
    Hours,
    Row,
    device_of,
    hours_of,
    row_of,
)


class NoticeSettings(FormScreen, ActScreen, rx.State):
    """The table of choices, the hours, the phones; each change is kept at once, and said."""

    _scope: ClassVar = Scope(signed_in)

    rows: list[Row] = []  # noqa: RUF012 - Reflex copies defaults for each state
    hours: Hours = Hours()
    devices: list[Device] = []  # noqa: RUF012
    prints: str = ""
    """Of all the devices, for the browser to find itself among them."""
    server_key: str = ""
    """By which push services know this portal (VAPID)."""

    @rx.event
    @allow(signed_in)
    async def load(self, viewer: Viewer) -> None:
        """Open the page, and follow what the same person chooses elsewhere."""
        self.server_key = public_key()
        await self._open(viewer)

    @rx.event
    @allow(signed_in, ends=Ends.ANSWER)
    async def choose(self, viewer: Viewer, kind: Word, channel: Word, mode: Word) -> None:
        """Choose how one kind of event is told through one channel."""
        refusal = await set_preference(viewer, kind, channel, mode)
        await self._after(viewer, refusal, "" if refusal else _chosen(kind, channel, mode))

    @rx.event
    @allow(signed_in)
    async def keep_quiet(self, viewer: Viewer, form: Typed) -> None:
        """Choose when nothing rings."""
        typed = self._read(QuietForm, form)
        if typed is None:
            return
        refusal = await set_quiet_hours(viewer, typed.quiet_from, typed.quiet_until)
        if refusal is not None:
            self._fault(QuietForm, quiet_until=refusal.reason)
            return
        first, last = form.get("quiet_from"), form.get("quiet_until")
        await self._after(viewer, None, f"Enregistré\u00a0: rien ne sonne de {first} à {last}.")

    @rx.event
    @allow(signed_in, ends=Ends.ANSWER)
    async def end_quiet(self, viewer: Viewer) -> None:
        """No quiet hours any more."""
        refusal = await set_quiet_hours(viewer, None, None)
        await self._after(viewer, refusal, "Enregistré\u00a0: plus d’heures calmes.")

    @rx.event
    @allow(signed_in, ends=Ends.ANSWER)
    async def set_time(self, viewer: Viewer, value: Word) -> None:
        """Choose when the daily digest leaves."""
        hour = int(value) if value.isascii() and value.isdecimal() and len(value) < 3 else -1
        await self._after(
            viewer, await set_digest(viewer, hour), f"Enregistré\u00a0: résumé du jour à {value}\u00a0h."
        )

    @rx.event
    @allow(signed_in)
    async def subscribe(self, viewer: Viewer, form: Typed) -> None:
        """Have this browser told; assets/js/push.js fills the form once its holder allowed it."""
        keys = PhoneForm.read(form).values or PhoneForm()
        refusal = await subscribe(
            viewer, keys.endpoint, keys.p256dh, keys.auth, named(self.router.headers.user_agent)
        )
        await self._after(viewer, refusal, "Enregistré\u00a0: cet appareil recevra vos notifications.")

    @rx.event
    @allow(signed_in, ends=Ends.ANSWER)
    async def remove(self, viewer: Viewer, key: Word) -> None:
        """Have one of the browsers told no more."""
        device = int(key) if key.isascii() and key.isdecimal() and len(key) < 16 else 0
        refusal = await unsubscribe_device(viewer, device=device)
        await self._after(viewer, refusal, "Enregistré\u00a0: cet appareil ne recevra plus rien.")

    dismiss = dismissing(signed_in)

    async def _fill(self, viewer: Viewer) -> None:
        await self._hear_notices(viewer)

    async def _hear_notices(self, viewer: Viewer) -> None:
        chosen, lines, browsers = await read(lambda db: _settings(db, viewer))
        now = clock.now()
        devices = [device_of(subscription, now) for subscription in browsers]
        hours = hours_of(chosen)
        if hours != self.get_value("hours") or not self.draft.version:  # what is being typed stays
            self._blank({"quiet_from": hours.quiet_from, "quiet_until": hours.quiet_until})
        put(
            self,
            rows=[row_of(preference) for preference in lines],
            hours=hours,
            devices=devices,
            prints=" ".join(device.print for device in devices),
        )


def _settings(db: DbSession, viewer: Viewer) -> tuple[Choices, list[Preference], list[PushSubscription]]:
    chosen = choices_of(db, [viewer.account_id])[viewer.account_id]
    return chosen, preferences(db, viewer), subscriptions(db, viewer)


def _chosen(kind: str, channel: str, mode: str) -> str:
    """`Enregistré : Décision rendue, e-mail, résumé du jour.`"""
    words = MODES if channel == Channel.EMAIL else SWITCHED
    sentence = f"{CHANNELS[Channel(channel)]}, {words[Mode(mode)]}".lower()
    return f"Enregistré\u00a0: {KINDS[kind].label}, {sentence}."
