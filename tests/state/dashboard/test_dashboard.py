"""The dashboard of each person: every block, tab, button and file, as the rules say (PPR-20 to PPR-31).

Seen to fail: with `co_owners_seen` giving everybody everything, or with mandates that anybody may close.
"""

import pytest
from httpx import AsyncClient

from tests.state.dashboard_people import PEOPLE, Sight
from tests.state.dashboard_screen import HOME, PAYMENTS, asked, board, doors, opened, people
from tests.state.pipeline import Tab
from tests.state.world import World

__all__ = ["doors", "people"]


async def seen(tab: Tab, doors: AsyncClient) -> Sight:
    """The same as the table tells, found on the screen and at the doors."""
    shown = dict(board(tab))
    await tab.send("Dashboard.show_tab", {"name": "historique"})
    history = board(tab)["history"]
    return Sight(
        tuple(one["co_owner"] for one in shown["bars"]),
        tuple((one["reference"], " ".join(way["label"] for way in one["ways"])) for one in shown["debts"]),
        tuple(sorted(one["reference"] for one in history)),
        tuple((one["name"], one["label"]) for one in shown["services"]),
        len(shown["fiscal"]),
        tuple((one["reference"], bool(one["href"])) for one in shown["mandates"])[::-1],
        bool(shown["summary"]["manages"]),
        tuple(await _dates(tab, doors)),
        tuple(one["title"].replace("\u00a0", " ") for one in shown["withheld"]),
        tuple(sorted({one["key"].split()[0] for one in shown["todo"]})),
        (await asked(tab, doors, FILES[0])).status_code == 200,
        (await asked(tab, doors, FILES[1])).status_code == 200,
        bool(shown["refusal"]),
    )


FILES = (f"{PAYMENTS}.csv", f"{HOME}/echeances.ics")


async def _dates(tab: Tab, doors: AsyncClient) -> list[str]:
    """The references of the calendar, as many as there are on the screen."""
    answer = await asked(tab, doors, FILES[1])
    lines = answer.text.splitlines() if answer.status_code == 200 else []
    found = [
        one.partition("-")[2].partition("-")[2].partition("@")[0] for one in lines if one.startswith("UID:")
    ]
    assert len(found) == len(board(tab)["dates"])
    return [one.upper() for one in found]


@pytest.mark.parametrize("who", PEOPLE)
async def test_what_each_person_finds(people: World, doors: AsyncClient, who: str) -> None:
    """PPR-02, PPR-20 to PPR-25, PPR-30, PPR-31: as the table says, and nothing of another company."""
    tab = await opened(people, who)
    expected = PEOPLE[who].sight
    found = await seen(tab, doors)
    assert found == expected
    letter = {"concurrent": "C"}.get(who, "A")
    others = [f"-{one}" for one in "ABC" if one != letter] if not expected.closed else ["-A", "-B", "-C"]
    words = [f"{start}{end}" for end in others for start in ("TP-DOMINO", "CA3", "COT", "PMT-D", "RUM-SEAT")]
    said = "".join(tab.said)
    assert [word for word in words if word in said] == []
    assert "WIRE" not in said, "bank transfers are not shown"
    assert "FR7630001007941234567890185" not in said.replace(" ", ""), "an IBAN is masked"


@pytest.mark.parametrize("who", PEOPLE)
async def test_both_files_hold_the_lines_of_the_screen(people: World, doors: AsyncClient, who: str) -> None:
    """PPR-22: CSV and XLSX, of what is due and of what was paid; for the others a refusal in French."""
    tab = await opened(people, who)
    sight = PEOPLE[who].sight
    due = await asked(tab, doors, f"{PAYMENTS}.csv?onglet=en-cours")
    paid = await asked(tab, doors, f"{PAYMENTS}.csv")
    book = await asked(tab, doors, f"{PAYMENTS}.xlsx")
    if not sight.files:
        assert {one.status_code for one in (due, paid, book)} == {401 if who == "nobody" else 403}
        assert due.json()["detail"].endswith(".")
        return
    assert {one.status_code for one in (due, paid, book)} == {200}
    assert [_second(line) for line in due.text.splitlines()[1:]] == [
        reference for reference, _ in sight.debts
    ]
    assert sorted(_second(line) for line in paid.text.splitlines()[1:]) == list(sight.paid)


def _second(line: str) -> str:
    return line.split(";")[1]
