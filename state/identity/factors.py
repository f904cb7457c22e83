"""Second factors of the account: a part of /profil. They are changed by native forms (app/http/browser/own_factors.py)."""

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from models.identity.access.cookies import PROFILE_FACTOR, Flash
from models.identity.accounts.viewer import Viewer
from models.identity.factors import passkeys
from models.identity.factors.forms import (
    CodesForm,
    NewApplicationForm,
    NewPasskeyForm,
    RemovalForm,
    profile_flash,
)
from models.identity.factors.queries import codes_left, factors_of
from models.identity.factors.rules import KINDS, MOST, Kind
from models.identity.factors.tables import SecondFactor
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.forms.declaration import Form
from state.kit.flash import flash_of, from_flash
from state.kit.form import Draft
from state.kit.screen import Part


@dataclass
class FactorRow:
    """One second factor, and as a choice in a list."""

    value: str = ""
    label: str = ""
    detail: str = ""


_FORMS: dict[str, type[Form]] = {
    "passkey": NewPasskeyForm,
    "application": NewApplicationForm,
    "other_codes": CodesForm,
    "removal": RemovalForm,
}


class Factors(Part, rx.State):
    """Shown and redrawn by the page that it is a part of, which watches for it."""

    rows: list[FactorRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    codes: str = ""
    """How many recovery codes are left, in words."""
    few_codes: bool = False
    passkeys_offered: bool = False
    room: bool = True
    owed: bool = False
    """Whether one must be added before anything else is shown."""
    error_title: str = ""
    error: str = ""
    passkey: Draft = Draft()
    application: Draft = Draft()
    other_codes: Draft = Draft()
    removal: Draft = Draft()

    def _begin(self) -> None:
        kinds = (PROFILE_FACTOR, *map(profile_flash, _FORMS.values()))
        flash: Flash | None = flash_of(self, *kinds)
        self.error_title, self.error = (
            (flash.title, flash.sentence) if flash and not flash.errors else ("", "")
        )
        for name, form in _FORMS.items():
            setattr(self, name, from_flash(form, getattr(self, name), flash_of(self, profile_flash(form))))

    async def _show(self, viewer: Viewer) -> None:
        factors = await read(factors_of, viewer.account_id)
        left = await read(codes_left, viewer.account_id)
        now = clock.now()
        self.rows = [_row(factor, now) for factor in factors]
        self.codes = french.plural(left, "code de secours restant", "codes de secours restants")
        self.few_codes = bool(factors) and left <= 2
        self.passkeys_offered, self.room = passkeys.is_offered(), len(factors) < MOST
        self.owed = viewer.owes_factor


def _row(one: SecondFactor, now: datetime) -> FactorRow:
    used = f"utilisé le {french.moment(one.used_at, now)}" if one.used_at else "pas encore utilisé"
    added = f"ajouté le {french.moment(one.created_at, now)}"
    kind = KINDS[Kind(one.kind)]
    label = one.label if one.label == kind else f"{one.label} ({kind.lower()})"
    return FactorRow(str(one.id), label, f"{added}, {used}".capitalize())
