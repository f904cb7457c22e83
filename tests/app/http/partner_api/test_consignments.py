"""The partner API of consignments, as the contract says it (SES-01, SES-02, SES-04).

Seen to fail: with `mandators` open to every company, those of a company that mandated nobody are listed.
"""

from decimal import Decimal
from typing import Any

import pytest
from httpx import AsyncClient

from demo.commands.accounts import DEMO_CLIENT
from models.border.passage.content import Check, CustomsError, Goods, Quantity
from models.border.passage.vocabulary import CheckResult, ChedType, StepKind, StepStatus
from models.identity.accounts.partners import Scope
from models.identity.people import mandates
from models.kernel import clock
from models.scheduling.appointments import booking
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from tests.app.http.portal import bearer, portal
from tests.factories import MRN, NOW, A, B, C, ched, customs, event, reference, tell
from tests.support.accounts import cheap_passwords
from tests.support.appointments import add_due, at, booker
from tests.support.databases import both_databases

__all__ = ["cheap_passwords", "portal"]

DOOR = "/api/v1/consignments"


async def listed(portal: AsyncClient, **said: str) -> tuple[list[str], str | None]:
    """The references of a page, and where the next one begins."""
    answer = await portal.get(DOOR, params=said, headers=bearer(Scope.CONSIGNMENTS_READ))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert set(told) == {"consignments", "next"}
    return [one["reference"] for one in told["consignments"]], told["next"]


async def read(portal: AsyncClient, number: int = 1) -> dict[str, Any]:
    """One consignment, whole."""
    answer = await portal.get(f"{DOOR}/{reference(number)}", headers=bearer(Scope.CONSIGNMENTS_READ))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_ses_02_a_consignment_is_told_whole(portal: AsyncClient) -> None:
    """SES-02, SES-50: state, steps, decisions, goods and events, the codes beside their French words."""
    await tell(
        ched(1),
        event(StepKind.DOCUMENTARY, StepStatus.SATISFACTORY, hours=1),
        event(StepKind.DECISION, StepStatus.SATISFACTORY, hours=2),
    )
    told = await read(portal)
    assert (told["reference"], told["siren"], told["post"]) == (reference(1), A, "FRLEH1")
    assert (told["state"], told["state_label"]) == ("action_required", "Action requise")
    steps = {one["step"]: one for one in told["steps"]}
    assert steps["documentary"]["status_label"] == "Conforme"
    assert steps["documentary"]["ended_at"] == "2026-03-24T10:00:00Z"
    (decided,) = told["decisions"]
    assert (decided["decision_label"], decided["decided_at"]) == ("Entrée acceptée", "2026-03-24T11:00:00Z")
    (line,) = told["goods"]
    assert (line["cn_code"], line["origin_country"], line["origin_country_label"]) == (
        "08044000",
        "PE",
        "Pérou",
    )
    assert {"documentary", "decision"} <= {one["step"] for one in told["events"]}
    assert told["containers"] == ["OSTU4812053"]


async def test_ses_02_its_appointments_are_told(portal: AsyncClient) -> None:
    """SES-02: whoever booked them; what somebody merely holds is not told."""
    with clock.fixed(NOW):
        (one, two) = await add_due(1, 2)
        made = await booking.book(booker(), "FRLEH1", [one], Control.PHYSICAL, at(14))
        assert isinstance(made, Appointment), made
        held = await booking.hold(booker(), [two], Control.PHYSICAL, at(16))
        assert isinstance(held, Appointment), held
    (told,) = (await read(portal))["appointments"]
    assert (told["reference"], told["status_label"]) == (made.reference, "Confirmé")
    assert (await read(portal, 2))["appointments"] == []


async def test_ses_01_page_after_page(portal: AsyncClient) -> None:
    """SES-01: by reference, with a limit; each once, and null at the end."""
    await add_due(*range(1, 6))
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page, after = await listed(portal, limit="2", **({"after": after} if after else {}))
        seen += page
    assert seen == [reference(number) for number in range(1, 6)]


@both_databases
async def test_narrowed_to_a_company_a_post_and_a_control(portal: AsyncClient) -> None:
    """SES-10: `bookable` leaves out what is not asked for, and what has its appointment."""
    with clock.fixed(NOW):
        await add_due(1, 2, 3)
        await add_due(4, due=(StepKind.IDENTITY,))
        await add_due(5, siren=C)
        await add_due(6, post_code="FRCDG4")
        made = await booking.book(booker(), "FRLEH1", [reference(2)], Control.PHYSICAL, at(14))
        assert isinstance(made, Appointment), made
    assert (await listed(portal, siren=C))[0] == [reference(5)]
    assert (await listed(portal, post="FRCDG4"))[0] == [reference(6)]
    physical = await listed(portal, siren=A, post="FRLEH1", bookable="physical")
    identity = await listed(portal, siren=A, post="FRLEH1", bookable="identity")
    assert physical[0] == [reference(1), reference(3)]
    assert identity[0] == [reference(number) for number in (1, 2, 3, 4)]


async def test_ses_04_only_of_companies_that_mandated_it(portal: AsyncClient) -> None:
    """SES-04: the others, those without company and unknown ones are one and the same 404."""
    await add_due(1)
    await add_due(2, siren=B)
    await tell(ched(3, "999999999"))
    assert await mandates.end(B, DEMO_CLIENT) is None
    assert (await listed(portal))[0] == [reference(1)]
    assert (await listed(portal, siren=B))[0] == []
    answers = set()
    for path in (reference(2), reference(3), reference(4), "CHEDPP.FR%00", "x" * 65):
        answer = await portal.get(f"{DOOR}/{path}", headers=bearer(Scope.CONSIGNMENTS_READ))
        answers.add((answer.status_code, answer.text))
    assert len(answers) == 1
    assert answers.pop()[0] == 404


@pytest.mark.parametrize(
    "said",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"bookable": "laboratory"},
        {"after": "x" * 65},
        {"siren": "a\x00"},
        {"state": "elsewhere"},
        {"open": "perhaps"},
    ],
)
async def test_what_cannot_be_read_is_refused(portal: AsyncClient, said: dict[str, str]) -> None:
    """SES-50: 422, and which field."""
    answer = await portal.get(DOOR, params=said, headers=bearer(Scope.CONSIGNMENTS_READ))
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == list(said)


async def test_ses_50_a_reference_is_found_whatever_the_case(portal: AsyncClient) -> None:
    """SES-50: partners send what people type."""
    await tell(ched(1))
    for written in (reference(1).lower(), reference(1).title()):
        answer = await portal.get(f"{DOOR}/{written}", headers=bearer(Scope.CONSIGNMENTS_READ))
        assert (answer.status_code, answer.json()["reference"]) == (200, reference(1))


async def test_ses_02_reason_and_detail_of_each_step_are_told(portal: AsyncClient) -> None:
    """SES-02: whatever its status, in the list as well; codes as received beside their French words."""
    check = Check(StepKind.IDENTITY, CheckResult.SATISFACTORY, NOW, "FULL_CHECK")
    await tell(
        ched(1, checks=(check,), mrn=MRN),
        event(StepKind.PHYSICAL, StepStatus.STARTED, detail="Inspectrice au quai 3"),
        customs("06", errors=(CustomsError("", "Facture à renvoyer"),), cited=()),
    )
    whole = await read(portal)
    answer = await portal.get(DOOR, headers=bearer(Scope.CONSIGNMENTS_READ))
    for told in (whole, answer.json()["consignments"][0]):
        steps = {one["step"]: one for one in told["steps"]}
        assert (
            steps["identity"]["reason"],
            steps["identity"]["reason_label"],
            steps["identity"]["detail"],
        ) == (
            "FULL_CHECK",
            "Vérification complète",
            "",
        )
        assert steps["physical"]["detail"] == "Inspectrice au quai 3"
        assert (steps["release"]["reason_label"], steps["release"]["detail"]) == (
            "Documents demandés par la douane",
            "Facture à renvoyer",
        )
    events = {one["step"]: one for one in whole["events"]}
    assert (events["identity"]["reason"], events["physical"]["detail"]) == (
        "FULL_CHECK",
        "Inspectrice au quai 3",
    )


async def test_weights_and_numbers_are_told_to_the_milligram(portal: AsyncClient) -> None:
    """As they were sent, whatever the database makes of them; animals by their number."""
    line = Goods(1, net_weight=Decimal("0.0005"), quantity=Quantity(Decimal(2), "H87"))
    await tell(ched(1, ched_type=ChedType.PLANTS, goods=(line, line), gross_weight=Decimal("4500.50")))
    told = await read(portal)
    assert (told["net_weight"], told["gross_weight"]) == ("0.001", "4500.5")
    assert (told["quantity"], told["quantity_unit"], told["quantity_label"]) == ("4", "H87", "4\u00a0pièces")
    assert [one["net_weight"] for one in told["goods"]] == ["0.0005", "0.0005"]


async def test_narrowed_to_a_state_and_to_what_is_open(portal: AsyncClient) -> None:
    """SES-01: `state` is where they stand, `open` leaves out what is closed."""
    await tell(
        ched(1),
        ched(2, status="42"),
        ched(3, status="64"),
        event(StepKind.DEPARTURE, StepStatus.DONE, number=2),
    )
    assert (await listed(portal, state="waiting"))[0] == [reference(1)]
    assert (await listed(portal, state="cancelled"))[0] == [reference(3)]
    assert (await listed(portal, open="true"))[0] == [reference(1)]
    assert (await listed(portal, open="false"))[0] == [reference(1), reference(2), reference(3)]
    assert (await listed(portal, open="true", state="released"))[0] == []
