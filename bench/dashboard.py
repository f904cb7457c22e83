"""The dashboard of a company with ten thousand debts and three years of payments: what does opening it cost?

All that the screen reads is timed beside the very same SQL sent through the bare driver, whose rows nobody looks at.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from sqlmodel import SQLModel

from bench.databases import ENGINES, places, used
from bench.history import Writer
from bench.listing import BY_HAND, _compare, _Listening
from bench.measures import keep, ms, progress, show, verdict
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account, Session
from models.identity.companies.tables import Company
from models.identity.habilitations.tables import Habilitation
from models.kernel import clock, database
from models.kernel.database import DbSession, write
from models.kernel.rows import insert_rows
from models.money.declarations.tables import DeclarationLine, DueDate
from models.money.payments.queries.lines import Narrowing
from models.money.payments.tables import Debt, FigureFeed, Payment, SepaMandate
from state.dashboard.reader import Position, read

QUERIES = 8
SIREN = "912345675"
NOW = datetime.now(UTC).replace(microsecond=0)
_RIGHTS = (
    ("DGDDI", "SESAME", "suivi"),
    ("DGDDI", "TELEPAIEMENT_SEPA", "telepayer"),
    ("DGDDI", "TELEPAIEMENT_SEPA", "adherer"),
    ("DGDDI", "DELTA_G", "declarer"),
    ("DGFIP", "COMPTE_FISCAL", "consulter"),
    ("URSSAF", "COMPTE_COTISANT", "consulter"),
)
_CO_OWNERS = ("DGDDI", "DGFIP", "URSSAF")
_READINGS = {
    "as it opens": Position(),
    "with the history": Position(narrowing=Narrowing()),
    "history, searched": Position(narrowing=Narrowing("octroi")),
    "debts, page 100": Position(debts=(NOW.date() + timedelta(90), 0)),
}
Rows = Iterator[dict[str, Any]]


async def run(*, quick: bool) -> None:
    """Measure on both engines, print, and keep the figures."""
    sizes = (10, 1_000) if quick else (10, 10_000)
    figures: dict[str, Any] = {}
    with progress() as bar:
        for name in ENGINES:
            with places(name) as made:
                for size in sizes:
                    task = bar.add_task(f"Dashboard, {name}, {size:,} debts", total=len(_READINGS))
                    advance = partial(bar.advance, task)
                    found = await _measure(made.fresh(), size, 15 if quick else 41, advance)
                    figures.setdefault(name, {})[str(size)] = found
                    bar.remove_task(task)
    for name, by_size in figures.items():
        _show(name, by_size)
    keep("dashboard", figures, quick=quick)


async def _measure(url: str, debts: int, times: int, advance: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    async with used(url, migrated=True):
        await _fill(debts)
        writer = Writer(url)
        writer.connection.execute("ANALYZE")
        viewer = await database.read(lambda db: viewer_of("bench", db))
        assert viewer is not None
        for name, position in _READINGS.items():

            async def ours(position: Position = position) -> None:
                await read(viewer, clock.now(), position)

            found[name] = await _compare(ours, writer.connection, times)
            advance()
        with _Listening() as said:
            await database.read(lambda db: viewer_of("bench", db))
            await read(viewer, clock.now(), Position())
        found["queries"] = len(said.said)
        writer.connection.close()
    return found


async def _fill(debts: int) -> None:
    """The company, its person, its debts, and three years of payments: one a debt, on as many days."""

    def verb(db: DbSession) -> None:
        db.add(Company(siren=SIREN, name="Banc"))
        db.flush()
        account = Account(
            email="bench@bench.example", name="Banc", role=Role.OPERATOR, siren=SIREN, password_hash="",
            created_at=NOW, password_changed_at=NOW,
        )  # fmt: skip
        db.add(account)
        db.flush()
        number = account.id or 0
        db.add(Session(id="bench", account_id=number, created_at=NOW, expires_at=NOW + timedelta(days=9)))
        for co_owner, service, right in _RIGHTS:
            db.add(
                Habilitation(
                    account_id=number,
                    service=service,
                    right=right,
                    siren=SIREN,
                    co_owner=co_owner,
                    granted_at=NOW,
                )
            )
        db.flush()
        for table, rows in _tables(debts).items():
            insert_rows(db, table, list(rows))

    await write(verb)


def _tables(debts: int) -> dict[type[SQLModel], Rows]:
    return {
        Debt: _debts(debts),
        Payment: _payments(debts),
        DueDate: _dates(),
        DeclarationLine: _lines(),
        SepaMandate: _mandates(),
        FigureFeed: (
            {"co_owner": one, "kind": kind, "received_at": NOW}
            for one in _CO_OWNERS
            for kind in ("debts", "payments")
        ),
    }


def _common(co_owner: str, reference: str) -> dict[str, Any]:
    return {
        "co_owner": co_owner,
        "reference": reference,
        "version": 1,
        "siren": SIREN,
        "siret": None,
        "received_at": NOW,
    }


def _debts(count: int) -> Rows:
    for number in range(count):
        dice = Random(number)
        yield _common(_CO_OWNERS[number % 3], f"D{number}") | {
            "nature": dice.choice(("DELTA_G", "DOMINO", "CIEL_ALCOOL")), "period": "", "currency": "EUR",
            "amount": Decimal(dice.randrange(100, 2_000_000)) / 100, "status": "due", "notice_hash": None,
            "due_on": NOW.date() + timedelta(dice.randrange(-10, 200)),
        }  # fmt: skip


def _payments(count: int) -> Rows:
    for number in range(count):
        dice = Random(-number)
        yield _common(_CO_OWNERS[number % 3], f"P{number}") | {
            "nature": dice.choice(("DELTA_G", "DOMINO", "CIEL_ALCOOL")), "period": "", "currency": "EUR",
            "amount": Decimal(dice.randrange(100, 2_000_000)) / 100, "debt_reference": f"X{number}",
            "means": dice.choice(("sepa", "card", "transfer")), "paid_on": NOW.date() - timedelta(number * 1095 // count),
            "status": "pending" if number % 50 == 0 else "done",
        }  # fmt: skip


def _dates() -> Rows:
    for number in range(60):
        yield _common("DGFIP", f"E{number}") | {
            "nature": "TVA", "period": "", "kind": "declaration", "amount": None, "status": "open",
            "due_on": NOW.date() + timedelta(number * 6),
        }  # fmt: skip


def _lines() -> Rows:
    yield _common("DGDDI", "L") | {"service": "DELTA_G", "in_progress": 3, "period": "", "due_on": None}


def _mandates() -> Rows:
    for number in range(5):
        yield _common("DGDDI", f"M{number}") | {
            "siret": f"{SIREN}00011", "iban": "FR7630001007941234567890185", "status": "open", "signed_on": None
        }  # fmt: skip


def _show(engine: str, by_size: dict[str, Any]) -> None:
    small, large = by_size.values()
    rows: list[tuple[object, ...]] = []
    for name in _READINGS:
        one = large[name]
        hand = verdict(one["ours_ms"] / one["hand_ms"], BY_HAND)
        rows.append(
            (
                name,
                ms(small[name]["ours_ms"] / 1000),
                ms(one["ours_ms"] / 1000),
                ms(one["hand_ms"] / 1000),
                hand,
            )
        )
    rows.append(("queries", small["queries"], large["queries"], "", verdict(large["queries"], QUERIES)))
    show(
        f"Dashboard, {engine}, elapsed",
        ("", *(f"{size} debts" for size in by_size), "by hand", "× by hand"),
        rows,
    )
