"""What the plan reads: the post and the day that an address names, and one appointment with its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import DbSession, read
from models.scheduling.appointments import history, queries
from models.scheduling.appointments.lifecycle import read_reference
from models.scheduling.appointments.policy import may_run_at
from models.scheduling.appointments.queries import Shown
from models.scheduling.calendars.plan import Plan, plan_of, posts_of
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from models.scheduling.slots.words import day_of
from state.kit.days import read_day
from state.kit.fields import Choice
from state.scheduling.plan.days import DayPlan, counts, day_plan, next_day, week_plan
from state.scheduling.plan.panel import Panel, panel

PATH = "/agent/planning"
WEEK = "semaine"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which plan an address names."""

    post: str = ""
    day: date | None = None
    weekly: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Wanted":
        """From the parameters of the address; what cannot be read is as if it were not there."""
        post = str(query.get("poste", ""))[:12]
        return cls(post, read_day(str(query.get("jour", ""))), query.get("vue") == WEEK)

    @property
    def href(self) -> str:
        """Its address."""
        parameters = {"poste": self.post, "jour": f"{self.day or ''}", "vue": WEEK if self.weekly else ""}
        narrowed = {name: value for name, value in parameters.items() if value}
        return f"{PATH}?{urlencode(narrowed)}" if narrowed else PATH


@dataclass
class Around:
    """The words and the ways around the plan."""

    post: str = ""
    subtitle: str = ""
    counts: str = ""
    posts: list[Choice] = field(default_factory=list)
    day: str = ""
    period: str = ""
    """`Mardi 24 nov. 2026`, `Semaine du 23 au 29 nov. 2026`."""
    weekly: bool = False
    previous: str = ""
    next: str = ""
    today: str = ""
    """Where today is; empty when it is shown."""
    reopens: str = ""
    """`lundi 7 déc.`: when a post that does not inspect on the day shown next does; empty otherwise."""
    reopens_at: str = ""
    """Where that day is."""
    by_day: str = ""
    by_week: str = ""
    step: int = 30
    """Minutes between two starts."""
    runs: bool = False
    """Whether who looks keeps this plan: answers, checks in."""
    notice: str = ""
    """Why there is nothing to see."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the screen shows."""

    around: Around
    day: DayPlan
    week: list[DayPlan]


@dataclass(frozen=True, slots=True)
class Opened:
    """One appointment, and its panel."""

    shown: Shown
    offer: Offer
    panel: Panel


async def post_of(viewer: Viewer, wanted: Wanted) -> str:
    """The code of the post whose plan is shown: the one that is wanted, or the first of this person's."""
    codes = [post.code for post in await read(lambda db: posts_of(db, viewer))]
    return wanted.post if wanted.post in codes else next(iter(codes), "")


async def open_plan(viewer: Viewer, wanted: Wanted) -> Found:
    """The plan of the post that is wanted, or of the first that is this person's (SES-05)."""

    def query(db: DbSession) -> tuple[Plan | None, list[Choice]]:
        posts = posts_of(db, viewer)
        choices = [Choice(post.code, post.name) for post in posts]
        chosen = next((post for post in posts if post.code == wanted.post), posts[0] if posts else None)
        if chosen is None:
            return None, choices
        return plan_of(db, viewer, chosen, wanted.day, week=wanted.weekly), choices

    plan, posts = await read(query)
    if plan is None:
        return Found(
            Around(notice="Aucun poste ne prend encore de rendez-vous sur le portail."), DayPlan(), []
        )
    now, acts = clock.now(), may_run_at(viewer, plan.post.code) is None
    around = _around(plan, posts, wanted)
    around.runs = acts
    if wanted.weekly:
        return Found(around, DayPlan(), week_plan(plan, now, acts=acts))
    return Found(around, day_plan(plan, now, acts=acts), [])


def _around(plan: Plan, posts: list[Choice], wanted: Wanted) -> Around:
    day = wanted.day or plan.offer.local(clock.now()).date()
    today = plan.offer.local(clock.now()).date()
    step = timedelta(days=7 if wanted.weekly else 1)
    reopens = None if wanted.weekly else next_day(plan.offer, day)

    def at(other: date | None, *, weekly: bool = wanted.weekly) -> str:
        return Wanted(plan.post.code, other, weekly).href

    return Around(
        post=plan.post.code,
        subtitle=f"{plan.post.name}, {plan.post.code}",
        counts=counts(plan.shown),
        posts=[choice for choice in posts if choice.value == plan.post.code]
        + [choice for choice in posts if choice.value != plan.post.code],
        day=day.isoformat(),
        step=int(plan.offer.step.total_seconds() // 60),
        period=_period(plan, weekly=wanted.weekly),
        weekly=wanted.weekly,
        previous=at(day - step),
        next=at(day + step),
        today="" if today in plan.dates else at(None),
        reopens=day_of(reopens) if reopens else "",
        reopens_at=at(reopens) if reopens else "",
        by_day=at(day, weekly=False),
        by_week=at(day, weekly=True),
        notice="" if plan.offer.hours else "Ce poste ne prend pas encore de rendez-vous sur le portail.",
    )


def _period(plan: Plan, *, weekly: bool) -> str:
    if weekly:
        first, last = plan.dates[0], plan.dates[-1]
        same = (first.year, first.month) == (last.year, last.month)
        begins = f"{first.day}" if same else french.day(first, year=False)
        return f"Semaine du {begins} au {french.day(last)}"
    words = f"{format_date(plan.first, 'EEEE', locale='fr')}{french.NBSP}{french.day(plan.first)}"
    return words[:1].upper() + words[1:]


async def open_one(viewer: Viewer, typed: str) -> Opened | None:
    """The appointment of a reference, typed or scanned, if it is for this person."""

    def query(db: DbSession) -> Opened | None:
        shown = queries.one(db, viewer, read_reference(typed))
        if shown is None:
            return None
        post = shown.post
        offer = offer_of(db, post.code) or Offer(post.code, post.name, ZoneInfo(post.timezone))
        events = history.history(db, shown)
        return Opened(shown, offer, panel(shown, events, offer, viewer, clock.now()))

    return await read(query)
