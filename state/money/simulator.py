"""/simulateur: what an import costs in duty and VAT, without signing in (PPR-51)."""

from dataclasses import dataclass

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.money.payments.simulator import simulate
from state.kit.fields import kept
from state.kit.guard import Line, Word, allow, anyone
from state.kit.screen import PublicScreen

_FIELDS = ("goods", "transport", "duty_rate", "vat_rate")


@dataclass
class Typed:
    """What was typed, and what to correct."""

    goods: str = ""
    transport: str = ""
    duty_rate: str = ""
    vat_rate: str = "20"
    goods_error: str = ""
    transport_error: str = ""
    duty_rate_error: str = ""
    vat_rate_error: str = ""


@dataclass
class Result:
    """The estimate, in French; empty until there is one."""

    customs_value: str = ""
    duty: str = ""
    vat: str = ""
    total: str = ""


class Simulator(PublicScreen, rx.State):
    """The form and its result."""

    typed: Typed = Typed()
    result: Result = Result()

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Open the form."""
        await self._open(viewer)

    def _begin(self) -> None:
        self.typed, self.result = Typed(), Result()

    @rx.event
    @allow(anyone)
    async def compute(self, _viewer: Viewer | None, form: dict[Word, Line | None]) -> None:
        """Estimate, or say what to correct; what was typed stays."""
        given = {name: form.get(name) or "" for name in _FIELDS}
        simulated = simulate(**given)
        self.typed, self.result = kept(Typed, given, simulated.errors), Result()
        if simulated.estimate is not None:
            estimate = simulated.estimate
            self.result = Result(
                *(
                    french.money(amount)
                    for amount in (estimate.customs_value, estimate.duty, estimate.vat, estimate.total)
                )
            )
