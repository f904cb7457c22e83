"""« À faire aujourd’hui »: what needs this person, gathered from small providers, the most pressing first.

A provider looks at what was read and says what it finds; another subject is another provider in PROVIDERS.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from models.border.follow_up.queries.awaited import Awaited
from models.border.passage.vocabulary import ConsignmentState
from models.border.passage.words import ACTIONS
from models.kernel import french
from models.money.payments.rules import SOON
from models.money.payments.words import CO_OWNERS, title
from models.scheduling.calendars.queries.agenda import Pressing, waits_for_operator
from models.scheduling.capacity.words import CONTROLS
from models.scheduling.slots.vocabulary import COMING, Side
from models.scheduling.slots.words import clock_at, spoken
from state.dashboard.reader import Reading
from state.dashboard.rows import amount
from state.scheduling.appointments.rows import HOME, clocks

SHOWN = 6
"""The most lines of the block."""
CONSIGNMENT = "consignment"
"""How the keys of their lines begin."""
VISIT = "visit"
"""Likewise for appointments."""
_PAYMENTS = "#paiements"
_CALENDAR = "#echeancier"


@dataclass
class Todo:
    """Something to do, and where."""

    key: str = ""
    title: str = ""
    about: list[str] = field(default_factory=list)
    href: str = ""
    when: str = ""
    detail: str = ""
    late: bool = False
    state: str = ""
    """As components/kit/status.py names it: blocked or action_required."""


@dataclass(frozen=True, slots=True)
class Found:
    """A line, and what it is sorted by: the soonest first; without time, at once."""

    at: datetime | None
    todo: Todo


Provider = Callable[[Reading], Iterator[Found]]


def todo(read: Reading) -> list[Todo]:
    """The lines of the block, the most pressing first."""
    founds = [found_todo for provider in PROVIDERS for found_todo in provider(read)]
    at_once = read.now
    founds.sort(key=lambda one: (not one.todo.late, one.at or at_once))
    return [found_todo.todo for found_todo in founds][:SHOWN]


def count_others(read: Reading) -> int:
    """How many there are beside the consignments, those that are not shown included."""
    return read.figures.pressing + sum(1 for _ in of_due_dates(read)) + sum(1 for _ in of_visits(read))


def told(number: int, shown: int) -> tuple[str, str]:
    """`12 actions` for the head of the block, and `6 autres actions` for its foot."""
    more = french.plural(number - shown, "autre action", "autres actions") if number > shown else ""
    return (french.plural(number, "action") if number else "", more)


def of_consignments(read: Reading) -> Iterator[Found]:
    """The consignments on which the operator must act (SES-02)."""
    return found_of(read.awaited, read.now)


def found_of(awaited: Sequence[Awaited], now: datetime) -> Iterator[Found]:
    """A line for each of these consignments."""
    for waiting in awaited:
        consignment = waiting.consignment
        when, detail, late = _planned(waiting, now)
        blocked = late or consignment.state == ConsignmentState.BLOCKED
        yield Found(
            waiting.planned_at,
            Todo(
                f"{CONSIGNMENT} {consignment.id}",
                ACTIONS[consignment.action].title,
                [consignment.title, consignment.reference],
                f"/suivi/{consignment.reference}",
                when,
                detail,
                late,
                "blocked" if blocked else "action_required",
            ),
        )


def _planned(awaited: Awaited, now: datetime) -> tuple[str, str, bool]:
    at = awaited.planned_at
    if at is None:
        return "Dès que possible", "", False
    if at < now - timedelta(minutes=5):
        return french.duration(now - at), "de retard", True
    same_day = french.local(at).date() == french.local(now).date()
    return (french.hour(at) if same_day else french.day(at, year=False)), "au plus tard", False


def of_debts(read: Reading) -> Iterator[Found]:
    """The debts due within seven days, or late, that nothing is paying yet (PPR-22)."""
    for owed in read.first_debts:
        debt = owed.debt
        if debt.due_on > read.today + SOON or owed.under_way:
            continue
        about = [CO_OWNERS[debt.co_owner], amount(debt.amount, debt.currency)]
        words = f"Payer{french.NBSP}: {title(debt.nature, debt.period)}"
        yield _dated(f"debt {debt.id}", words, about, _PAYMENTS, debt.due_on, read.today)


def of_due_dates(read: Reading) -> Iterator[Found]:
    """What is to be filed or paid within seven days, or is late, and is not told as a debt already (PPR-24)."""
    owed = {(owed.debt.co_owner, owed.debt.nature, owed.debt.period) for owed in read.first_debts}
    for due_date in read.dates:
        is_known = (
            due_date.kind == "payment" and (due_date.co_owner, due_date.nature, due_date.period) in owed
        )
        if due_date.due_on > read.today + SOON or is_known:
            continue
        verb = "Déclarer" if due_date.kind == "declaration" else "Payer"
        words = f"{verb}{french.NBSP}: {title(due_date.nature, due_date.period)}"
        yield _dated(
            f"date {due_date.id}",
            words,
            [CO_OWNERS[due_date.co_owner]],
            _CALENDAR,
            due_date.due_on,
            read.today,
        )


def _dated(key: str, words: str, about: list[str], href: str, due_on: date, today: date) -> Found:
    late = due_on < today
    if late:
        when, detail = french.plural((today - due_on).days, "jour"), "de retard"
    elif due_on == today:
        when, detail = "Aujourd’hui", "dernier jour"
    else:
        when, detail = french.day(due_on, year=False), "au plus tard"
    end_of_day = datetime.combine(due_on + timedelta(days=1), time(), french.PARIS)
    state = "blocked" if late else "action_required"
    return Found(end_of_day, Todo(key, words, about, href, when, detail, late, state))


def of_visits(read: Reading) -> Iterator[Found]:
    """The other times to answer, and the appointments of today and tomorrow (SES-10, SES-11)."""
    return visits_found(read.visits, read.now)


def visits_found(visits: Sequence[Pressing], now: datetime) -> Iterator[Found]:
    """A line for each of them: to answer comes before to come."""
    for pressing in visits:
        visits_due = (
            _to_answer(pressing, now)
            if waits_for_operator(pressing.appointment, now)
            else _to_come(pressing, now)
        )
        if visits_due is not None:
            yield visits_due


def count_to_answer(visits: Sequence[Pressing], now: datetime) -> int:
    """How many other times wait for an answer: the badge of the navigation."""
    return sum(1 for pressing in visits if waits_for_operator(pressing.appointment, now))


def _to_answer(pressing: Pressing, now: datetime) -> Found | None:
    appointment, offer = pressing.appointment, clocks(pressing.post)
    if appointment.proposed_until is None:
        return None
    offered = appointment.proposed_by == Side.SYSTEM
    words = (
        "Répondre\u00a0: une place s’est libérée plus tôt"
        if offered
        else "Répondre\u00a0: le poste propose une autre heure"
    )
    same_day = offer.local(appointment.proposed_until).date() == offer.local(now).date()
    until = (
        clock_at(appointment.proposed_until, offer)
        if same_day
        else french.day(appointment.proposed_until, year=False)
    )
    about = [spoken(appointment.reference), pressing.post.name]
    line = Todo(
        _key(pressing), words, about, _page(pressing), until, "au plus tard", False, "action_required"
    )
    return Found(appointment.proposed_until, line)


def _to_come(pressing: Pressing, now: datetime) -> Found | None:
    appointment, offer = pressing.appointment, clocks(pressing.post)
    days = (offer.local(appointment.starts_at).date() - offer.local(now).date()).days
    if days not in (0, 1):
        return None
    late = appointment.status in COMING and appointment.starts_at < now - timedelta(minutes=5)
    when, detail = clock_at(appointment.starts_at, offer), ("aujourd’hui", "demain")[days]
    if late:
        when, detail = french.duration(now - appointment.starts_at), "de retard"
    words = f"Rendez-vous\u00a0: {french.lower_first(CONTROLS[appointment.control])}"
    about = [spoken(appointment.reference), pressing.bay_name, pressing.post.name]
    state = "blocked" if late else "action_required" if days == 0 else "waiting"
    return Found(
        appointment.starts_at, Todo(_key(pressing), words, about, _page(pressing), when, detail, late, state)
    )


def _key(press: Pressing) -> str:
    return f"{VISIT} {press.appointment.id}"


def _page(press: Pressing) -> str:
    return f"{HOME}/{press.appointment.reference}"


PROVIDERS: tuple[Provider, ...] = (of_consignments, of_visits, of_debts, of_due_dates)
