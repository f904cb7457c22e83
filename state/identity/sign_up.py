"""/inscription: what was typed, what is wrong with it, and where the letter went (PPR-02)."""

from dataclasses import dataclass

import reflex as rx

from models.identity.access.cookies import SIGN_UP, SIGN_UP_SENT
from models.identity.accounts.viewer import Viewer
from models.identity.companies.queries import known_name
from models.kernel import french
from models.kernel.database import read
from models.kernel.identifiers import read_siren
from state.kit.fields import Wrong
from state.kit.flash import flash_of
from state.kit.guard import Line, allow, anyone
from state.kit.screen import PublicScreen


@dataclass
class Entry:
    """One field: what was typed, and what is wrong with it."""

    typed: str = ""
    error: str = ""


class SignUp(PublicScreen, rx.State):
    """The form, or word that a letter was sent."""

    loaded: bool = False
    sent_to: str = ""
    """The address, once a letter left for it."""
    name: Entry = Entry()
    email: Entry = Entry()
    siren: Entry = Entry()
    wrong: list[Wrong] = []  # noqa: RUF012 - Reflex copies defaults for each state
    company: str = ""
    """Whose SIREN it is, where we know."""

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Show the form, as it was sent the last time if something was wrong."""
        await self._open_still(viewer)

    @rx.event
    @allow(anyone)
    async def check_siren(self, _viewer: Viewer | None, value: Line) -> None:
        """The field was left: say whose number it is, or what is wrong with it."""
        number = read_siren(value)
        self.siren = Entry(value, french.typeset(number.error) if value.strip() else "")
        self.company = ""
        if number.siren:
            self.company = await read(lambda db: known_name(db, number.siren) or _UNKNOWN)

    async def _fill(self, _viewer: Viewer | None) -> None:
        sent, wrong = flash_of(self, SIGN_UP_SENT), flash_of(self, SIGN_UP)
        self.sent_to = sent.email if sent else ""
        typed, errors = (wrong.typed, wrong.errors) if wrong else ({}, {})
        self.name, self.email, self.siren = (
            Entry(typed.get(field, ""), french.typeset(errors.get(field, "")))
            for field in ("nom", "email", "siren")
        )
        if not wrong:  # a letter of invitation names the company
            self.siren.typed = str(self.router.url.query_parameters.get("siren", ""))[:30]
        self.wrong = [Wrong(f"#{field}", _FIELDS[field]) for field in _FIELDS if field in errors]
        self.company, self.loaded = "", True


_FIELDS = {
    "nom": "Votre prénom et votre nom",
    "email": "L’adresse électronique",
    "siren": "Le SIREN de l’entreprise",
}
_UNKNOWN = (
    "Numéro valable. Cette entreprise n’est pas encore connue de Passavant, votre inscription l’ajoute."
)
