"""`passavant simulate`: the traffic of the posts goes on, from what is under way, through the partners' door."""

import asyncio
import contextlib
import heapq
import signal
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from rich.console import Console

from demo.commands.money import tell_figures
from demo.commands.notices import read_elsewhere
from demo.commands.resumption import references, resume, under_way
from demo.commands.visits import can_wait, keeps_hours, note_start
from demo.simulation.bookings import book_for
from demo.simulation.journeys import begin, write
from demo.simulation.lives import Life
from demo.simulation.moves import Move, next_move
from demo.simulation.scenarios import PLACES
from demo.simulation.traffic import call
from models.border.messages.actions import receive
from models.border.messages.rules import summary
from models.border.passage.content import Content
from models.kernel import clock
from models.kernel.french import hour

SENDER = "operator:simulation"
_CALLS_A_DAY = 10
"""Vessels and planes announced, all posts together, in a simulated day."""
_COMING = timedelta(days=3)
_FIGURES_EVERY = timedelta(minutes=30)
"""Simulated, about, between two words of the co-owners."""
_LATER = timedelta(minutes=20)
"""Simulated, before what can wait is looked at again."""
_CALL, _FIGURES = "", "figures"
_console = Console(highlight=False, soft_wrap=True)


async def run(speed: float) -> None:
    """Send traffic until SIGINT or SIGTERM; one line a message."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await play(speed, stop)


async def play(speed: float, stop: asyncio.Event, *, limit: int = sys.maxsize) -> int:
    """Send traffic until `stop` is set, or `limit` messages were sent; how many were.

    Everything bears the real time: a higher speed shortens the waits between messages, it does not move the
    clock. What officers record on screen meanwhile is taken into account.
    """
    traffic = _Traffic(speed)
    await traffic.take_up()
    sent = 0
    while sent < limit and not await _waited(stop, traffic.wait()):
        sent += await traffic.step()
    return sent


async def _waited(stop: asyncio.Event, seconds: float) -> bool:
    """Wait that long, or until the end is asked for; whether it was."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()


@dataclass(slots=True)
class _Traffic:
    """What is due, and when in real time: (time, reference, action foreseen)."""

    speed: float
    agenda: list[tuple[datetime, str, str]] = field(default_factory=list)
    dice: Random = field(default_factory=Random)
    taken: set[str] = field(default_factory=set)

    async def take_up(self) -> None:
        """Foresee the next message of all that is under way, each somewhere within its usual delay."""
        self.taken = await references()
        for reference in await under_way(list(PLACES)):
            await self._foresee(reference, part=self.dice.random())
        self._push(timedelta(), _CALL, "")
        self._push(_FIGURES_EVERY, _FIGURES, "")

    def wait(self) -> float:
        """Seconds until something is due."""
        return max(0.0, (self.agenda[0][0] - clock.now()).total_seconds())

    async def step(self) -> int:
        """Do what is due; how many messages that sent."""
        _, reference, foreseen = heapq.heappop(self.agenda)
        if reference == _CALL:
            return await self._announce_call()
        if reference == _FIGURES:
            return await self._tell_figures()
        life = await resume(reference)
        move = next_move(life) if life else None
        if life is None or move is None:
            return 0
        if life.situation.action != foreseen:
            await self._foresee(reference)
            return 0
        return await self._say(life, move)

    async def _say(self, life: Life, move: Move) -> int:
        """Send what is due of a life, unless it can or must wait."""
        reference, foreseen = life.ched.reference, life.situation.action
        due = await keeps_hours(life, clock.now())
        if due > clock.now():  # it was given another time since
            self._at(due, reference, foreseen)
            return 0
        await note_start(life)
        content = move.say(_now())
        if await can_wait(life, content):
            self._push(_LATER, reference, foreseen)
            return 0
        await _send(content)
        await self._foresee(reference)
        return 1

    async def _announce_call(self) -> int:
        self._push(timedelta(days=self.dice.expovariate(_CALLS_A_DAY)), _CALL, "")
        arrival = _now() + self.dice.uniform(0.4, 1) * _COMING
        sent = 0
        for notified in call(arrival.replace(second=0, microsecond=0), self.dice, self.taken, at=_now()):
            await _send(begin(notified).ched)
            await self._foresee(notified.reference)
            sent += 1
        return sent

    async def _tell_figures(self) -> int:
        self._push(_FIGURES_EVERY * self.dice.uniform(0.5, 1.5), _FIGURES, "")
        await read_elsewhere()
        _console.print(f"{hour(clock.now())}  {await tell_figures(SENDER, self.dice)}")
        return 0

    async def _foresee(self, reference: str, part: float = 1) -> None:
        life = await resume(reference)
        move = next_move(life) if life else None
        if life is not None and move is not None:
            due = await keeps_hours(life, clock.now() + move.after * part / self.speed)
            self._at(due, reference, life.situation.action)

    def _push(self, after: timedelta, reference: str, action: str) -> None:
        self._at(clock.now() + after / self.speed, reference, action)

    def _at(self, due: datetime, reference: str, action: str) -> None:
        heapq.heappush(self.agenda, (due, reference, action))


def _now() -> datetime:
    return clock.now().replace(microsecond=0)


async def _send(content: Content) -> None:
    receipt = await receive(write(content), SENDER)
    await book_for(receipt.consignments)
    about = ", ".join(receipt.consignments) or "nobody yet"
    refused = f" (refused: {receipt.refusal})" if receipt.refusal else ""
    _console.print(f"{hour(clock.now())}  {summary(content)}  {about}{refused}")
