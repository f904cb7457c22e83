"""The dashboard while rights, figures and consignments change (PPR-09, PPR-20 to PPR-24, SES-01).

Seen to fail: without the company in `concerns`, another's figures are heard; with `concerns` always false, none come.
"""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import Engine, event
from sqlmodel import select

from app.app import app
from demo.commands.companies import A, T
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from models.identity.access.queries.viewers import viewer_of
from models.identity.access.sessions import choose_company
from models.identity.habilitations.actions import grant, withdraw
from models.journal.record import record
from models.kernel import clock, french
from models.money.payments.tables import Debt, FigureFeed
from state.dashboard.reader import Position, read
from state.hub import deliveries
from tests.factories import keep
from tests.state.dashboard_screen import HOME, PAYMENTS, asked, board, doors, opened, people
from tests.state.delivering import delivered, now_seq
from tests.state.world import DOSSIERS, World, tell
from tests.support.databases import reading, transaction
from tests.support.figures import debt

__all__ = ["doors", "people"]


async def test_a_right_withdrawn_takes_its_share_away_and_brings_it_back(
    people: World, doors: AsyncClient
) -> None:
    """PPR-09, PPR-20, PPR-22, PPR-30: share, lines, buttons and file leave at once; the rest stays; given back, all."""
    tab = await opened(people, "importateur")
    tab.said.clear()
    number, seq = people.accounts["importateur"], await now_seq()
    assert await withdraw(number, "TELEPAIEMENT_SEPA", "telepayer", A) == 1
    await delivered(seq)
    shown = board(tab)
    assert [one["co_owner"] for one in shown["bars"]] == ["Impôts", "Urssaf"]
    assert [one["reference"] for one in shown["debts"]] == ["CA3-A", "COT-A"]
    assert "TP-DOMINO-A" not in "".join(tab.said)
    assert "Créances et paiements de la douane" in [one["title"] for one in shown["withheld"]]
    assert "Douane" not in (await asked(tab, doors, f"{PAYMENTS}.csv?onglet=en-cours")).text
    seq = await now_seq()
    assert await grant(number, "TELEPAIEMENT_SEPA", "telepayer", A)
    await delivered(seq)
    assert [one["co_owner"] for one in board(tab)["bars"]] == ["Douane", "Impôts", "Urssaf"]
    assert "TP-DOMINO-A;" in (await asked(tab, doors, f"{PAYMENTS}.csv?onglet=en-cours")).text


async def test_the_file_of_whoever_saw_only_that_share_is_refused_at_once(
    people: World, doors: AsyncClient
) -> None:
    """PPR-09, PPR-22: in French, with the reason; to a program and to a browser."""
    tab = await opened(people, "comptable")
    await withdraw(people.accounts["comptable"], "TELEPAIEMENT_SEPA", "telepayer", A)
    for ending in ("csv", "xlsx"):
        answer = await asked(tab, doors, f"{PAYMENTS}.{ending}")
        assert answer.status_code == 403
        assert "habilitations" in answer.json()["detail"]


async def test_tab_and_search_are_kept_when_rights_change(people: World) -> None:
    """PPR-09: the screen is redrawn where it was."""
    tab = await opened(people, "importateur")
    await tab.send("Dashboard.show_tab", {"name": "historique"})
    await tab.send("Dashboard.search", {"form": {"q": "pmt-f", "du": "2020-01-01", "au": ""}})
    assert [one["reference"] for one in board(tab)["history"]] == ["PMT-F-A"]
    seq = await now_seq()
    await withdraw(people.accounts["importateur"], "TELEPAIEMENT_SEPA", "telepayer", A)
    await delivered(seq)
    assert board(tab)["payments"]["tab"] == "historique"
    assert board(tab)["payments"]["search"] == "pmt-f"
    assert [one["reference"] for one in board(tab)["history"]] == ["PMT-F-A"]


async def figures_came(siren: str = A, co_owner: str = "DGDDI", what: str = "debts") -> None:
    """A co-owner's batch is told in the journal, and to the screens."""
    seq = await now_seq()
    async with transaction() as db:
        record(db, "figures.received", siren=siren, co_owner=co_owner, what=what)
    await delivered(seq)


async def test_new_figures_change_lines_in_place_and_are_announced(people: World) -> None:
    """PPR-22: a settled debt stays where it is, without a button; a new one waits to be asked for."""
    tab = await opened(people, "comptable")
    async with transaction() as db:
        one = db.exec(select(Debt).where(Debt.reference == "TP-DOMINO-A")).one()
        one.status = "paid"
        db.add(debt("3.00", reference="TP-NEW-A", due_on=french.local(clock.now()).date() - timedelta(1)))
    tab.said.clear()
    await figures_came()
    lines = board(tab)["debts"]
    assert [(one["reference"], one["note"], len(one["ways"])) for one in lines] == [
        ("TP-DOMINO-A", "Payée", 0),
        ("TP-DELTA-A", "", 1),
    ]
    assert board(tab)["newcomers"].startswith("De nouvelles créances")
    assert board(tab)["summary"]["due"].replace("\u00a0", " ") == "9 321,00 €"
    await tab.send("Dashboard.show_newcomers")
    assert [one["reference"] for one in board(tab)["debts"]] == ["TP-NEW-A", "TP-DELTA-A"]
    assert board(tab)["newcomers"] == ""


async def test_a_consignment_that_waits_no_longer_leaves_the_list(people: World) -> None:
    """SES-01, SES-02: what is to be done follows the consignments; debts and due dates stay where they are."""
    tab = await opened(people, "importateur")
    before = [one["key"] for one in board(tab)["todo"]]
    waiting = f"consignment {people.ids['A_HAVRE']}"
    assert waiting in before
    assert board(tab)["summary"]["todo"] == "3\u00a0actions"
    seq = await now_seq()
    await tell(DOSSIERS["A_HAVRE"], StepKind.ARRIVAL, StepStatus.DONE)
    await delivered(seq)
    assert [one["key"] for one in board(tab)["todo"]] == [one for one in before if one != waiting]
    assert board(tab)["summary"]["todo"] == "2\u00a0actions"
    assert tab.shown["Session"]["action_count"] == 0


@pytest.mark.parametrize(
    ("siren", "co_owner", "what"),
    [("950120345", "DGDDI", "debts"), (A, "DGFIP", "debts"), (A, "DGFIP", "due-dates"), (A, "DGDDI", "declarations")],
)  # fmt: skip
async def test_figures_that_are_not_seen_say_nothing(
    people: World, siren: str, co_owner: str, what: str
) -> None:
    """PPR-20: not even that something came; the accountant sees customs' money of A, and nothing else."""
    tab = await opened(people, "comptable")
    tab.said.clear()
    await figures_came(siren, co_owner, what)
    assert tab.said == []


async def test_a_late_co_owner_is_late_on_its_part_only(people: World) -> None:
    """PPR-20, PPR-24: its figures keep their date; the others' are said to be fresh by saying nothing."""
    async with transaction() as db:
        for feed in db.exec(select(FigureFeed).where(FigureFeed.co_owner == "URSSAF")).all():
            if feed.kind == "due-dates":
                db.delete(feed)
            else:
                feed.received_at = clock.now() - timedelta(hours=30)
    shown = board(await opened(people, "importateur"))
    assert [bool(one["note"]) for one in shown["bars"]] == [False, False, True]
    assert shown["bars"][2]["note"].startswith("données au ")
    assert len(shown["notes"]) == 1
    assert shown["dates_notes"] == ["Urssaf\u00a0: données pas encore reçues"]
    assert shown["services_note"] == ""


async def test_ten_thousand_debts_cost_as_many_queries_as_ten(people: World) -> None:
    """PPR-20: eight at most for the whole screen, who is asking included."""
    today, session_id = french.local(clock.now()).date(), await people.session("importateur")
    counted = []
    for number in (10, 10_000):
        await keep(*(debt(due_on=today + timedelta(i % 300)) for i in range(number)))
        said: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_: Any, heard: list[str] = said) -> None:
            heard.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        async with reading() as db:
            viewer = viewer_of(session_id, db)
        assert viewer is not None
        found = await read(viewer, clock.now(), Position())
        event.remove(Engine, "before_cursor_execute", note)
        assert found.figures.debts >= number
        counted.append(len([one for one in said if one not in ("BEGIN", "COMMIT", "ROLLBACK")]))
    assert counted[0] == counted[1] <= 8, counted


async def test_pages_of_debts(people: World) -> None:
    """PPR-22: twenty-five at a time, onwards and back, each once."""
    today = french.local(clock.now()).date()
    await keep(*(debt(due_on=today + timedelta(100 + i)) for i in range(60)))
    tab = await opened(people, "comptable")
    seen_: list[str] = []
    for more in (True, True, False):
        seen_ += [one["reference"] for one in board(tab)["debts"]]
        assert board(tab)["payments"]["next"] is more
        await tab.send("Dashboard.turn", {"way": "next"})
    assert len(seen_) == len(set(seen_)) == 62
    await tab.send("Dashboard.turn", {"way": "previous"})
    await tab.send("Dashboard.turn", {"way": "previous"})
    assert [one["reference"] for one in board(tab)["debts"]] == seen_[:25]
    assert board(tab)["payments"]["previous"] is False


async def test_another_company_starts_from_its_beginning(people: World) -> None:
    """PPR-03: chosen in another tab: neither the search nor the page of the first company holds."""
    await keep(*(debt(siren=T, due_on=french.local(clock.now()).date()) for _ in range(30)))
    session_id = await people.session("transitaire")
    tab = people.pipeline.tab(session_id)
    await tab.connect(HOME)
    await tab.send("Dashboard.turn", {"way": "next"})
    assert len(board(tab)["debts"]) == 5
    await tab.send("Dashboard.search", {"form": {"q": "pmt"}})
    seq = await now_seq()
    await choose_company(session_id, A)
    await delivered(seq)
    assert (board(tab)["payments"]["search"], board(tab)["debts"]) == ("", [])
    await choose_company(session_id, T)
    await deliveries.deliver(app, [])
    assert len(board(tab)["debts"]) == 25


@pytest.mark.parametrize("who", ["sivep", "nobody"])
async def test_who_has_no_dashboard_is_told_why(people: World, who: str) -> None:
    """PPR-20: an officer is sent to the follow-up, somebody unknown to the sign-in page."""
    tab = await opened(people, who)
    assert board(tab)["refusal"].endswith(".")
    assert bool(tab.redirects) is (who == "nobody")
    assert session_cookie("x") not in "".join(tab.said)
    assert SESSION_COOKIE not in "".join(tab.said)
