"""What the booking page shows, and what becomes of it as others take places: the half of its State that reads."""

from datetime import date
from typing import ClassVar
from urllib.parse import urlencode

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import booking
from models.scheduling.appointments.booking import TAKEN_TEXT, NoPlace
from models.scheduling.appointments.choices import Slots
from models.scheduling.appointments.policy import AboutPost, about_mine, may_open, person
from models.scheduling.slots.words import spoken
from state.kit import watches
from state.kit.deltas import put
from state.kit.fields import Choice
from state.kit.form import Draft
from state.kit.screen import Scope, Screen
from state.scheduling.appointments import choice
from state.scheduling.appointments import words as told
from state.scheduling.appointments.choice import Pick
from state.scheduling.appointments.reader import Asked, Seen, look
from state.scheduling.appointments.slots import Grid, Picked, freed, grid, places
from state.scheduling.appointments.words import Chosen, Hold, Subject, read_time

CHOOSE, SLOT, DETAILS = "envoi", "heure", "confirmation"
_STAGES = (CHOOSE, SLOT, DETAILS)
STEP = "etape"
"""Which names the step in the address, so that Back goes one step back."""
PATH = "/rendez-vous/nouveau"
_LOST = "Cette place ne vous est plus gardée. Ce que vous avez saisi est conservé."
_NOT_MOVABLE = (
    "Ce rendez-vous ne se déplace plus\u00a0: il n’est plus à venir, ou il n’est pas de votre ressort."
)


class BookingScreen(Screen, mixin=True):
    """One appointment in the making, or one that is being moved."""

    _scope: ClassVar = Scope(may_open, about_mine)

    stage: str = CHOOSE
    moving: str = ""
    """The reference of the appointment that is being moved, as people read it."""
    picks: list[Pick] = []  # noqa: RUF012 - Reflex copies defaults for each state
    controls: list[Choice] = []  # noqa: RUF012
    control: str = ""
    cold: bool = False
    always_cold: bool = False
    subject: Subject = Subject()
    sentence: str = ""
    blocked: bool = False
    notices: list[str] = []  # noqa: RUF012
    grid: Grid = Grid()
    chosen: Chosen = Chosen()
    hold: Hold = Hold()
    draft: Draft = Draft()
    """What the gate must know."""
    error: str = ""
    attempt: int = 0
    """Rises with each error, so that each takes the focus."""
    nearest: list[Choice] = []  # noqa: RUF012
    _references: list[str] = []  # noqa: RUF012
    _moving: str = ""
    _named: str = ""
    """The consignment that the address named."""
    _first: str = CHOOSE
    """The step at which the page opened: its address names none."""
    _day: str = ""
    _slot: str = ""
    _taken: str = ""
    _freed: list[str] = []  # noqa: RUF012
    _places: dict[str, int] = {}  # noqa: RUF012
    _post: str = ""

    def _goes_on(self, moving: str, named: str) -> bool:
        """Whether the tab shows this very booking already: its address changed by our step, by Back or by Forward."""
        here = self.router.session
        watch = watches.of(here.client_token)
        if watch is None or watch.screen is not type(self) or watch.socket != here.session_id:
            return False
        return self.loaded and not self.refusal and (self._moving, self._named) == (moving, named)

    async def _turn_to(self, viewer: Viewer, step: str) -> None:
        """Go back to that step; a later one is reached by what is chosen, never by the address."""
        if step not in _STAGES or _STAGES.index(step) >= _STAGES.index(self.stage):
            return
        await self._let_go(viewer)
        self.stage, self._taken, self.error, self.nearest = step, "", "", []
        await self._show(viewer)

    def _link(self) -> str:
        """The address of the step at which one is."""
        named = {"envoi": self._named, "deplacer": self._moving}
        step = {STEP: self.stage if self.stage != self._first else ""}
        query = urlencode({name: value for name, value in (named | step).items() if value})
        return f"{PATH}?{query}" if query else PATH

    async def _fill(self, viewer: Viewer) -> None:
        """Places that others took leave the screen, those that came free say so; nothing moves under the finger."""
        seen = await read(lambda db: look(db, viewer, self._asked()))
        post = seen.slots.wanted.post_code if isinstance(seen.slots, Slots) else ""
        if (
            post and post != self._post
        ):  # from now on the places of that post; read again what came in between
            self._post = post
            self._follow(viewer, AboutPost(post))
            seen = await read(lambda db: look(db, viewer, self._asked()))
        self._tell(seen)

    def _tell(self, seen: Seen) -> None:
        self.moving = spoken(self._moving)
        chosen = choice.together(seen.bookable, self._references)
        offered = choice.controls(chosen)
        if self.stage == CHOOSE:
            if self.control not in {possible.value for possible in offered}:
                self.control = offered[0].value if offered else ""
            self.always_cold = choice.is_cold(chosen)
        put(self, picks=choice.picks(seen.bookable, self._references), controls=offered)
        if self._moving and seen.moved is None:
            put(self, sentence=_NOT_MOVABLE, blocked=True, grid=Grid())
        elif isinstance(seen.slots, Refusal):
            put(self, sentence=seen.slots.reason, blocked=True, grid=Grid())
        elif seen.slots is not None:
            self._tell_slots(seen, seen.slots)

    def _tell_slots(self, seen: Seen, slots: Slots) -> None:
        now = clock.now()
        words, blocked = told.first_possible(slots, now)
        put(
            self,
            subject=told.subject(slots),
            sentence=words,
            blocked=blocked,
            notices=told.notices(slots, now),
        )
        self._day = seen.day.isoformat()
        self._tell_hold(seen, slots)
        left = places(slots)
        self._freed = freed(self._places, left, self._freed)
        self._places = left
        self._tell_loss(slots)
        at = read_time(self._slot)
        put(self, chosen=told.chosen(slots, at) if at else Chosen())
        self._tell_grid(seen)

    def _tell_grid(self, seen: Seen) -> None:
        if isinstance(seen.slots, Slots):
            picked = Picked(seen.day, self._slot, tuple(self._freed), self._taken)
            put(self, grid=grid(seen.slots, clock.now(), picked))

    def _tell_hold(self, seen: Seen, slots: Slots) -> None:
        """The place that is held; one that is not any more is said to be lost, and the form stays."""
        if self.stage != DETAILS:
            return
        held = seen.held
        if held is not None and french.iso(held.appointment.starts_at) == self._slot:
            if held.appointment.reference != self.hold.reference:
                self.hold = told.hold(held, slots, clock.now())
        elif self.hold.reference:
            self.hold = Hold()
            self._fail(_LOST)

    def _tell_loss(self, slots: Slots) -> None:
        """The hour chosen went to somebody else: it stays chosen, and the nearest two are suggested (SES-12)."""
        left, at = self._places.get(self._slot), read_time(self._slot)
        if self.stage == DETAILS or at is None:
            return
        if left == 0 and not self._taken:
            self._taken = self._slot
            self._fail(TAKEN_TEXT)
            self.nearest = told.others(told.nearest(slots, at), slots)
        elif left and self._taken:
            self._taken, self.error, self.nearest = "", "", []

    async def _offer(self, viewer: Viewer, lost: NoPlace) -> None:
        """Keep the time chosen, mark it, and suggest the nearest two."""
        self._taken = self._slot
        seen = await read(lambda db: look(db, viewer, self._asked()))
        if isinstance(seen.slots, Slots):
            self.nearest = told.others(lost.nearest, seen.slots)
            self._tell_grid(seen)

    async def _let_go(self, viewer: Viewer) -> None:
        if self.hold.reference:
            await booking.release(person(viewer), self.hold.reference)
            self.hold = Hold()

    def _fail(self, reason: str) -> None:
        self.error, self.attempt = reason, self.attempt + 1

    def _asked(self) -> Asked:
        day = date.fromisoformat(self._day) if self._day else None
        return Asked(
            tuple(self._references), self.control, self.cold, self._moving, day, self.stage == CHOOSE
        )
