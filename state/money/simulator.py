"""/simulateur: what an import costs in duty and VAT, without signing in (PPR-51)."""

from dataclasses import dataclass

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.money.payments.forms import ImportForm
from models.money.payments.simulator import estimate
from state.kit.form import FormScreen
from state.kit.guard import Typed, allow, anyone
from state.kit.screen import PublicScreen


@dataclass
class Result:
    """The estimate, in French; empty until there is one."""

    customs_value: str = ""
    duty: str = ""
    vat: str = ""
    total: str = ""


class Simulator(FormScreen, PublicScreen, rx.State):
    """The form and its result."""

    result: Result = Result()

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Open the form."""
        await self._open(viewer)

    def _begin(self) -> None:
        self._prefill()
        self.result = Result()

    @rx.event
    @allow(anyone)
    async def compute(self, _viewer: Viewer | None, form: Typed) -> None:
        """Estimate, or say what to correct; what was typed stays."""
        typed = self._read(ImportForm, form)
        if typed is None:
            self.result = Result()
            return
        estimated = estimate(typed.goods + typed.transport, typed.duty_rate, typed.vat_rate)
        self.result = Result(
            *map(french.money, (estimated.customs_value, estimated.duty, estimated.vat, estimated.total))
        )
