"""What the public page of an issued document says, to whom, in which languages (CTX-14).

Seen to fail: with a look-up that takes any check for good.
"""

import json

import pytest

from models.casework.issued import kinds
from models.casework.issued.actions import issue, withdraw
from models.casework.issued.tables import IssuedDocument
from models.casework.issued.vocabulary import Why
from models.kernel.database import write
from tests.state.pipeline import Json, Tab
from tests.state.world import World
from tests.support import issuing


@pytest.fixture(autouse=True)
def _known_kind() -> None:
    issuing.register()


async def _issued(version: int = 1, replaces: str = "") -> IssuedDocument:
    document = await issue(issuing.order(version=version, replaces=replaces))
    assert isinstance(document, IssuedDocument)
    return document


async def _shown(tab: Tab, address: str) -> Json:
    await tab.connect(address)
    shown: Json = tab.shown["Verification"]
    return shown


async def test_whoever_holds_the_paper_sees_what_to_compare_in_three_languages(world: World) -> None:
    document = await _issued()
    tab = await world.tab(None)
    page = await _shown(tab, f"/verifier/{document.number}?code={document.check_code}")
    assert (page["number"], page["state"]) == (document.number, "valid")
    assert [(one["language"], one["state"]) for one in page["verdicts"]] == [
        ("fr", "En vigueur"),
        ("en", "Valid"),
        ("es", "Vigente"),
    ]
    english = {pair["label"]: pair["value"] for pair in page["verdicts"][1]["pairs"]}
    assert english["Products"] == "Galettes pur beurre, 300 kg"
    assert english["Destination"] == "Nigeria"
    assert english["Authority"] == "DDPP du Finistère (DGCCRF)"
    assert english["SHA-256 of the file"] == document.pdf_digest


async def test_nothing_personal_is_sent(world: World) -> None:
    """CTX-14: not to the browser either, whatever is in the contents; nor whom it is about, for who has no check."""
    document = await _issued()
    tab = await world.tab(None)
    await _shown(tab, f"/verifier/{document.number}?code={document.check_code}")
    told = " ".join([*tab.said, *tab.raw])
    assert "Galettes" in told
    assert issuing.SECRET not in told
    assert document.subject_id not in told


@pytest.mark.parametrize("query", ["", "?code=", "?code=22222222", "?code=2KXD", "?code=" + "2" * 5000])
async def test_the_number_alone_tells_the_state_alone(world: World, query: str) -> None:
    document = await _issued()
    tab = await world.tab(None)
    page = await _shown(tab, f"/verifier/{document.number.lower()}{query}")
    assert page["state"] == "valid"
    assert [one["pairs"] for one in page["verdicts"]] == [[], [], []]
    for kept in ("Galettes", "Tréanna", "Finistère", document.pdf_digest, document.check_code):
        assert kept not in json.dumps(page, ensure_ascii=False)


async def test_withdrawn_and_replaced_are_said_at_the_next_look(world: World) -> None:
    first = await _issued()
    tab = await world.tab(None)
    address = f"/verifier/{first.number}?code={first.check_code}"
    assert (await _shown(tab, address))["state"] == "valid"
    second = await _issued(version=2, replaces=first.number)
    page = await _shown(tab, address)
    assert (page["state"], page["replaced_by"]) == ("replaced", second.number)
    assert page["verdicts"][1]["sentence"].startswith("Do not rely on this document.")
    await write(withdraw, second.number, Why.RECALL)
    page = await _shown(tab, f"/verifier/{second.number}")
    assert page["state"] == "withdrawn"
    assert Why.RECALL.value not in json.dumps(page)


@pytest.mark.parametrize(
    "number", ["FR-TST-2026-999999", "nimporte", "%00", "x" * 3000, "FR-TST-2026-0000011"]
)
async def test_what_was_never_issued_is_unknown(world: World, number: str) -> None:
    tab = await world.tab(None)
    page = await _shown(tab, f"/verifier/{number}")
    assert page["state"] == "unknown"
    assert len(page["number"]) <= 64


async def test_a_document_whose_kind_is_gone_still_verifies(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = await _issued()
    monkeypatch.delitem(kinds._kinds, issuing.KIND.name)
    tab = await world.tab(None)
    page = await _shown(tab, f"/verifier/{document.number}?code={document.check_code}")
    labels = [pair["label"] for pair in page["verdicts"][1]["pairs"]]
    assert labels == ["Authority", "Issued on", "Destination", "SHA-256 of the file"]


@pytest.mark.parametrize(
    ("number", "check", "led"),
    [
        ("FR-TST-2026-000001", "2kxd 7q4m", "/verifier/FR-TST-2026-000001?code=2KXD7Q4M"),
        ("fr-tst-2026-000001   2KXD 7Q4M", "", "/verifier/FR-TST-2026-000001?code=2KXD7Q4M"),
        ("FR-TST-2026-000001", "", "/verifier/FR-TST-2026-000001"),
    ],
)
async def test_what_is_typed_leads_to_the_page(world: World, number: str, check: str, led: str) -> None:
    tab = await world.tab(None)
    await tab.connect("/verifier")
    await tab.send("Verification.search", {"form": {"number": number, "check": check}})
    assert tab.redirects == [led]


async def test_what_cannot_be_printed_is_said_by_its_field(world: World) -> None:
    tab = await world.tab(None)
    await tab.connect("/verifier")
    await tab.send("Verification.search", {"form": {"number": "7314", "check": "OOO"}})
    assert tab.redirects == []
    assert set(tab.shown["Verification"]["draft"]["errors"]) == {"number", "check"}
    assert tab.shown["Verification"]["draft"]["typed"]["number"] == "7314"
