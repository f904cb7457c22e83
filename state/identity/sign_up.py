"""/inscription: what was typed, what is wrong with it, and where the letter went (PPR-02)."""

import reflex as rx

from models.identity.access.cookies import SIGN_UP, SIGN_UP_SENT
from models.identity.access.forms import SignUpForm
from models.identity.accounts.viewer import Viewer
from models.identity.companies.queries import known_name
from models.kernel.database import read
from models.kernel.identifiers import read_siren
from state.kit.flash import flash_of, from_flash
from state.kit.form import FormScreen
from state.kit.guard import Line, allow, anyone
from state.kit.screen import PublicScreen


class SignUp(FormScreen, PublicScreen, rx.State):
    """The form, or word that a letter was sent."""

    loaded: bool = False
    sent_to: str = ""
    """The address, once a letter left for it."""
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
        self._beside("siren", number.error if value.strip() else "")
        self.company = ""
        if number.siren:
            self.company = await read(lambda db: known_name(db, number.siren) or _UNKNOWN)

    async def _fill(self, _viewer: Viewer | None) -> None:
        sent, wrong = flash_of(self, SIGN_UP_SENT), flash_of(self, SIGN_UP)
        self.sent_to = sent.email if sent else ""
        self.draft = from_flash(SignUpForm, self.draft, wrong)
        if not wrong:  # a letter of invitation names the company
            siren = str(self.router.url.query_parameters.get("siren", ""))[:30]
            self._prefill({"siren": siren} if siren else {})
        self.company, self.loaded = "", True


_UNKNOWN = (
    "Numéro valable. Cette entreprise n’est pas encore connue de Passavant, votre inscription l’ajoute."
)
