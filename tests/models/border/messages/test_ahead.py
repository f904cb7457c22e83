"""What is told as done of the future is refused, kept and replayed later; nothing of it hides what is true (SES-02).

Seen to fail: without `is_ahead` in `ahead.read`, each of these messages is applied; without it in `settling._folded`,
the facts that were taken before hide every later one.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from models.border.consignments.tables import Consignment, StepFact
from models.border.messages.actions import Receipt, receive
from models.border.messages.replay import replay
from models.border.messages.tables import Message
from models.border.passage.content import Check, ContainerMovement, Content, Decision
from models.border.passage.fold import HORIZON, SKEW, Fact, fold, is_ahead
from models.border.passage.vocabulary import CheckResult
from models.border.passage.vocabulary import StepKind as K
from models.border.passage.vocabulary import StepStatus as S
from models.kernel import clock
from models.kernel.lines import sort_out
from models.money.payments.sent import DebtSent, MandateSent, PaymentSent
from tests.factories import (
    BOX,
    NOW,
    add_basics,
    after,
    body_of,
    ched,
    coarri,
    consignment,
    count,
    customs,
    event,
    steps,
    tell,
)
from tests.support.databases import reading, transaction

FAR = datetime(2099, 1, 1, 10, tzinfo=UTC)
MOVEMENT = ContainerMovement(BOX, "discharged", FAR, "FRLEH")
AHEAD: dict[str, Content] = {
    "event": event(K.PHYSICAL, S.SATISFACTORY, hours=(FAR - NOW) / timedelta(hours=1)),
    "start": event(K.PHYSICAL, S.STARTED, hours=1),
    "cancellation": event(K.RELEASE, S.CANCELLED, hours=1),
    "CHED": ched(issued_at=FAR),
    "CHED decided in 2062": ched(status="70", decision=Decision("ACCEPTABLE_FOR_INTERNAL_MARKET", FAR)),
    "CHED checked": ched(checks=(Check(K.DOCUMENTARY, CheckResult.SATISFACTORY, FAR),)),
    "CHED submitted": ched(submitted_at=FAR),
    "customs": customs("08", hours=1),
    "COARRI": replace(coarri(), movements=(*coarri().movements, MOVEMENT)),
    "plan": event(K.ARRIVAL, S.PLANNED, hours=(HORIZON + timedelta(days=1)) / timedelta(hours=1)),
    "CHED plan": ched(arrival_expected_at=NOW + HORIZON + timedelta(days=1)),
}


async def came(content: Content, at: datetime = NOW) -> Receipt:
    """What becomes of a message that comes at `at`."""
    with clock.fixed(at):
        return await receive(body_of(content), "partner:test")


@pytest.fixture
async def notified(database: str) -> None:  # noqa: ARG001
    """The consignment 1 stands at Le Havre."""
    await add_basics()
    await tell(ched(issued_at=after(-2), submitted_at=after(-2)), coarri(at=after(-1), interchange="I0"))


@pytest.mark.usefixtures("notified")
@pytest.mark.parametrize("name", AHEAD)
async def test_what_is_still_to_come_is_not_told_as_done(name: str) -> None:
    """SES-02: refused in French, kept as what it is, and nothing changes."""
    before = (await consignment(), await steps(), await count(StepFact))
    receipt = await came(AHEAD[name])
    assert (receipt.status, receipt.consignments) == ("refused", ())
    assert receipt.refusal is not None
    assert "avenir" in receipt.refusal.title
    assert "20" in receipt.refusal.detail  # the date that is at fault
    assert (await consignment(), await steps(), await count(StepFact)) == before
    async with reading() as db:
        kept = db.get_one(Message, receipt.message_id)
    assert (kept.status, kept.refusal) == ("refused", receipt.refusal.detail)
    assert kept.summary  # « DSCE, validé »: not an unreadable message
    again = await came(AHEAD[name])
    assert (again.duplicate, again.status) == (True, "refused")


@pytest.mark.usefixtures("notified")
async def test_it_is_replayed_once_its_date_has_come() -> None:
    """SES-02: from the bytes that were kept; sent again, it is applied as well."""
    receipt = await came(event(K.PHYSICAL, S.SATISFACTORY, hours=5))
    with clock.fixed(after(5)):
        outcome = await replay("operator:test", receipt.message_id)
    assert isinstance(outcome, Receipt)
    assert outcome.status == "applied"
    assert (await steps())[K.PHYSICAL].ended_at == after(5)
    await came(event(K.IDENTITY, S.SATISFACTORY, hours=5))
    assert (await came(event(K.IDENTITY, S.SATISFACTORY, hours=5), after(6))).status == "applied"


@pytest.mark.usefixtures("notified")
async def test_clocks_may_differ_by_a_quarter_of_an_hour() -> None:
    """SES-02: and no more."""
    skew = SKEW / timedelta(hours=1)
    assert (await came(event(K.PHYSICAL, S.STARTED, hours=skew))).status == "applied"
    assert (await came(event(K.IDENTITY, S.STARTED, hours=skew + 0.01))).status == "refused"
    assert not is_ahead(S.DONE, NOW + SKEW, NOW)
    assert not is_ahead(S.PLANNED, NOW + HORIZON, NOW)


@pytest.mark.usefixtures("notified")
async def test_what_was_taken_before_hides_nothing() -> None:
    """SES-02: a fact of 2099 that the database holds is set aside until then: the refusal of today is seen."""
    async with transaction() as db:
        found = db.exec(select(Consignment)).one()
        found.ched_issued_at = FAR
        for step, status in ((K.PHYSICAL, S.SATISFACTORY), (K.DECISION, S.SATISFACTORY)):
            db.add(
                StepFact(
                    consignment_id=found.key, step=step, status=status, at=FAR, recorded_at=NOW,
                    authority="sivep",
                )
            )  # fmt: skip
    await tell(event(K.PHYSICAL, S.UNSATISFACTORY))
    await tell(ched(status="41", issued_at=after(2), decision=Decision("NOT_ACCEPTABLE", after(2))))
    now = await consignment()
    assert (now.state, now.action, now.ched_status) == ("blocked", "carry_out_measure", "41")
    assert (await steps())[K.PHYSICAL].status == S.UNSATISFACTORY


def test_of_facts_of_today_a_fact_of_2099_would_hold() -> None:
    """SES-02: why it is set aside: facts count in the order in which they happened."""
    facts = [Fact(S.SATISFACTORY, FAR), Fact(S.UNSATISFACTORY, NOW)]
    assert fold(facts).status == S.SATISFACTORY


@pytest.mark.usefixtures("notified")
async def test_of_two_plans_the_one_told_last_holds() -> None:
    """SES-02: an appointment that is brought forward is seen; the same plan again tells nothing new."""
    await tell(event(K.PHYSICAL, S.PLANNED, hours=48))
    await tell(event(K.PHYSICAL, S.PLANNED, hours=24), at=after(1))
    assert (await steps())[K.PHYSICAL].planned_at == after(24)
    before = await count(StepFact)
    await tell(event(K.PHYSICAL, S.PLANNED, hours=24, post="FRLEH1"), at=after(2))
    assert await count(StepFact) == before


@pytest.mark.parametrize(
    ("model", "line"),
    [
        (
            DebtSent,
            {"nature": "X", "amount": "1.00", "due_on": "2026-03-30", "status": "paid", "paid_on": ""},
        ),
        (PaymentSent, {"nature": "X", "amount": "1.00", "paid_on": ""}),
        (MandateSent, {"siret": "91234567500009", "iban": "FR7630006000011234567890189", "signed_on": ""}),
    ],
)
def test_nothing_was_paid_or_signed_tomorrow(model: type[DebtSent], line: dict[str, str]) -> None:
    """PPR-26: what is told as done on a day to come is refused, line by line, with its reason."""
    whole = {"co_owner": "DGDDI", "siren": "912345675", "reference": "R", "version": 1} | line
    (name,) = [name for name, value in line.items() if value == ""]
    with clock.fixed(NOW):
        for day, taken in ((date(2026, 3, 24), True), (date(2026, 3, 26), False), (date(2099, 1, 1), False)):
            good, bad = sort_out(model, [whole | {name: day.isoformat()}], "reference")
            assert (len(good), len(bad)) == (int(taken), int(not taken))
            assert all("à venir" in one.reason for one in bad)
