"""Payments and due dates taken away in files (PPR-22, PPR-24).

Seen to fail: without `harmless` the CSV computes; with a random UID the agenda fills up with copies.
"""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from httpx import AsyncClient, Response
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import update
from sqlmodel import select

from app.documents.spreadsheets import harmless
from app.http.downloads import dashboard
from models.identity.accounts.tables import Account
from models.identity.habilitations.actions import grant
from models.identity.habilitations.tables import Habilitation
from tests.app.http.portal import portal, signed_in
from tests.factories import keep
from tests.support.accounts import cheap_passwords
from tests.support.databases import reading, transaction
from tests.support.figures import A, debt, due_date, payment

__all__ = ["cheap_passwords", "portal"]

HOME = "/tableau-de-bord"
PAYMENTS = f"{HOME}/paiements"


async def get(portal: AsyncClient, path: str, who: str = "comptable") -> Response:
    """Ask for a file as that person."""
    return await portal.get(path, headers=await signed_in(who))


async def test_csv_as_a_french_excel_reads_it(portal: AsyncClient) -> None:
    """PPR-22: the mark of UTF-8, semicolons, a decimal comma, days first."""
    await keep(
        payment("1234567.80", nature="DOMINO", period="2026-10", paid_on=date(2026, 11, 5), reference="R1")
    )
    answer = await get(portal, f"{PAYMENTS}.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    assert ".csv" in answer.headers["content-disposition"]
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["Douane", "R1", "Octroi de mer, DOMINO", "mois d’octobre 2026", "05/11/2026", "1234567,80", "EUR",
                       "Prélèvement SEPA", "Payé", ""]  # fmt: skip


async def test_nothing_that_a_co_owner_sends_computes(portal: AsyncClient) -> None:
    """PPR-22: a reference that a spreadsheet would take for a formula is text, in both files."""
    await keep(
        payment(reference='=HYPERLINK("http://evil.example")'), payment(reference="+1", period="@SUM(A1)")
    )
    text = (await get(portal, f"{PAYMENTS}.csv")).text
    for row in csv.reader(StringIO(text), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    book = load_workbook(BytesIO((await get(portal, f"{PAYMENTS}.xlsx")).content))
    assert {cell.data_type for row in book.active.iter_rows(min_row=2) for cell in row} == {"s", "d", "n"}


@given(st.text(min_size=1, max_size=20))
def test_harmless_text_stays_as_it_is(text: str) -> None:
    """PPR-22: an apostrophe before what computes, and nothing else."""
    assert harmless(text) in (text, f"'{text}")
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", " =1+1", "+33", "-2", "@SUM(A1)", "\tx", "＝1+1"),
        *("2026-10", "10/2026", "1-2", "12:30", "1.5", "3,14", "10-11-2026", "2026.10", "10 / 11"),
        *("00123", "123456789012345", "1E5", "12e-3", "octobre 2026", "mars-1", "1 mai", "oct-26", "VRAI"),
    ],
)
def test_what_a_spreadsheet_would_change_is_text(text: str) -> None:
    """PPR-22: a formula, a period, a reference with zeros before it: none becomes a sum, a date or a number."""
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "Douane",
        "R1",
        "TVA-2026-10",
        "mois d’octobre 2026",
        "DDI-2026-00471",
        "26FR00123",
        "123456",
        "2026",
        "",
        "Marseille",
        "DELTA G",
    ],
)
def test_what_a_spreadsheet_leaves_alone_is_left_alone(text: str) -> None:
    """PPR-22: no apostrophe where nothing would happen."""
    assert harmless(text) == text


async def test_xlsx_holds_real_dates_and_amounts(portal: AsyncClient) -> None:
    """PPR-22: they can be added up and sorted."""
    await keep(debt("1234.50", reference="D1", due_on=date(2026, 12, 24)))
    answer = await get(portal, f"{PAYMENTS}.xlsx?onglet=en-cours")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]][:2] == ["Administration", "Référence"]
    row = [cell.value for cell in sheet[2]]
    assert (row[1], row[4], Decimal(str(row[5]))) == ("D1", datetime(2026, 12, 24), Decimal("1234.5"))  # noqa: DTZ001


async def test_an_empty_file_is_a_file(portal: AsyncClient) -> None:
    """PPR-22: heads without lines."""
    assert (await get(portal, f"{PAYMENTS}.xlsx")).status_code == 200
    assert len((await get(portal, f"{PAYMENTS}.csv?onglet=en-cours")).text.splitlines()) == 1


async def test_the_filters_of_the_screen_hold(portal: AsyncClient) -> None:
    """PPR-22: search and period; a day that is none narrows nothing."""
    await keep(
        payment(reference="R1", paid_on=date(2026, 1, 5)), payment(reference="R2", paid_on=date(2026, 2, 5))
    )
    for query, expected in (("du=2026-02-01", "R2"), ("au=2026-01-31&q=r", "R1"), ("q=R2&du=demain", "R2")):
        text = (await get(portal, f"{PAYMENTS}.csv?{query}")).text
        assert [line.split(";")[1] for line in text.splitlines()[1:]] == [expected], query


@pytest.mark.parametrize("query", ["q=" + "x" * 201, "q=a%00b", "du=" + "1" * 11])
async def test_what_no_screen_sends_is_refused(portal: AsyncClient, query: str) -> None:
    """PPR-22: in French."""
    answer = await get(portal, f"{PAYMENTS}.csv?{query}")
    assert (answer.status_code, answer.json()["title"]) == (422, "Données incomplètes ou erronées")


async def test_a_file_has_a_limit(portal: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """PPR-22: beyond it, a sentence that says what to do."""
    monkeypatch.setattr(dashboard, "LONGEST", 1)
    await keep(payment(), payment())
    answer = await get(portal, f"{PAYMENTS}.csv")
    assert answer.status_code == 413
    assert "période plus courte" in answer.json()["detail"]


@pytest.mark.parametrize("path", [f"{PAYMENTS}.csv", f"{PAYMENTS}.xlsx", f"{HOME}/echeances.ics"])
async def test_refusals_are_french(portal: AsyncClient, path: str) -> None:
    """PPR-22, PPR-24: without session, without habilitation, for an officer."""
    assert (await portal.get(path)).status_code == 401
    for who in ("assistant", "sivep"):
        answer = await get(portal, path, who)
        assert (answer.status_code, answer.json()["title"]) == (403, "Export non disponible")


async def test_the_calendar_is_the_same_each_time(portal: AsyncClient) -> None:
    """PPR-24: stable names, whole days, no due date of customs; it is asked without a session by nobody."""
    async with reading() as db:
        account = db.exec(select(Account).where(Account.email == "assistant@demo.passavant.fr")).one()
    await grant(account.id or 0, "COMPTE_COTISANT", "consulter", A)
    await _given_by(account.id or 0, "URSSAF")
    await keep(due_date("URSSAF", reference="E1"), due_date("DGDDI", reference="E2"), due_date("DGFIP"))
    first, again = [await get(portal, f"{HOME}/echeances.ics", "assistant") for _ in range(2)]
    assert first.content == again.content
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(first.text).walk("VEVENT")
    assert [str(one["uid"]) for one in events] == ["echeance-urssaf-e1@passavant"]
    assert events[0].decoded("dtstart") == date(2026, 12, 5)
    assert str(events[0]["summary"]) == "Urssaf\u00a0: DSN, novembre 2026"


async def _given_by(account_id: int, co_owner: str) -> None:
    async with transaction() as db:
        mine = Habilitation.account_id == account_id
        db.exec(update(Habilitation).where(mine).values(co_owner=co_owner))  # type: ignore[arg-type]
