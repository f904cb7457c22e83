"""Bad news has its own title, glyph and first words wherever a consignment is told (SES-01, SES-02, SES-30).

Every step that can be told by an event is made to go badly, then read as each place tells it. Seen to fail: with a
step that ended drawn as done whatever its end, as it was; with the facts of a notice in their own order.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from sqlmodel import col, select

from app.http.partner_api.consignment_told import whole
from models.border.follow_up.queries import listing as queries
from models.border.follow_up.queries.listing import Detail
from models.border.passage.code_lists import REFUSAL_REASONS, reasons
from models.border.passage.content import Decision
from models.border.passage.recordable import OUTCOMES
from models.border.passage.vocabulary import ConsignmentState
from models.border.passage.vocabulary import StepKind as K
from models.border.passage.vocabulary import StepStatus as S
from models.border.passage.words import RAIL, failure
from models.identity.access.subjects import Title
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.signals.notifications.facts import Fact, excerpt, facts_of, subject_of
from models.signals.notifications.kinds import KINDS as NOTICES
from models.signals.notifications.kinds import NoticeKind
from models.signals.notifications.words import words
from state.border.file_view import File, file
from tests.factories import A, add_basics, after, ched, customs, event, operator, reference, tell
from tests.support.databases import reading

STEPS = [kind for kind in K if kind not in (K.NOTIFICATION, K.DEPARTURE)]
GOOD = ("c’est fait", "Étape franchie", ": conforme", "libéré", "enlever la")
REFUSED = Decision("NOT_ACCEPTABLE", after(3), "DESTRUCTION", refusal_reasons=("PESTICIDE_RESIDUES",))


@pytest.fixture(autouse=True)
async def notified(database: str) -> None:  # noqa: ARG001
    """The consignment 1 is notified."""
    await add_basics()
    await tell(ched(arrival_expected_at=after(30)))


async def told(viewer: Viewer | None = None) -> tuple[Detail, File]:
    """What its page shows."""
    who = viewer or operator()
    async with reading() as db:
        detail = queries.one(db, who, reference())
    assert detail is not None
    with clock.fixed(after(4)):
        return detail, file(detail, [], who, clock.now())


async def noticed() -> list[Fact]:
    """What the last entry of the journal tells, its title first."""
    async with reading() as db:
        found: Sequence[JournalEntry] = (
            db.exec(
                select(JournalEntry)
                .where(col(JournalEntry.kind).startswith("consignment."))
                .order_by(col(JournalEntry.seq))
            )
        ).all()
    before, last = list(pairwise(found))[-1]
    return facts_of(last, before.payload)


def spoken(fact: Fact) -> tuple[str, str]:
    """Title and sentence."""
    said = words(fact.kind, fact.side, fact.details, fact.subject, Title(reference(), "Avocats"))
    return said.title, said.sentence


@pytest.mark.parametrize("kind", STEPS)
async def test_a_step_that_went_badly_is_never_drawn_as_done(kind: K) -> None:
    """SES-01, SES-02: on the rail, in what is read aloud, under the long rail, in the timeline."""
    await tell(event(kind, S.UNSATISFACTORY, hours=2))
    _, shown = await told()
    at = next(place for place, (_, kinds) in enumerate(RAIL) if kind in kinds)
    assert shown.rail[at] in ("x", "a", "b")
    assert failure(kind) in shown.rail_label
    segment = shown.passline[at]
    assert segment.code == shown.rail[at]
    if segment.code == "x":
        assert segment.failed in ("non conforme", "refusée", "refusé")
        assert segment.time.startswith(segment.failed)
    line = next(one for one in shown.timeline if one.kind == kind)
    assert line.node in (ConsignmentState.BLOCKED, ConsignmentState.ACTION_REQUIRED)
    assert not line.result_label.startswith("Conforme")


@pytest.mark.parametrize("kind", STEPS)
async def test_a_notice_says_the_bad_news_first(kind: K) -> None:
    """SES-30: its own title, and what is only planned is left out beside it."""
    await tell(event(kind, S.UNSATISFACTORY, hours=2))
    fact = next(one for one in await noticed() if one.side == "operators")
    title, sentence = spoken(fact)
    assert fact.kind in (NoticeKind.ENTRY_REFUSED, NoticeKind.DECLARATION_REFUSED, NoticeKind.BLOCKED)
    assert NOTICES[fact.kind].shape == ConsignmentState.BLOCKED
    assert sentence.startswith(failure(kind))
    assert not any(word in f"{title} {sentence}" for word in GOOD)


async def test_a_refusal_is_told_with_reason_measure_and_what_to_do() -> None:
    """SES-30: « Arrivée : c’est prévu » does not come before it."""
    await tell(ched(status="41", issued_at=after(3), decision=REFUSED, arrival_expected_at=after(31)))
    title, sentence = spoken(next(one for one in await noticed() if one.side == "operators"))
    assert title == "Entrée refusée"
    assert sentence.startswith("Entrée refusée. Motif\u00a0: résidus de pesticides au-dessus du seuil. ")
    assert "Mesure\u00a0: destruction." in sentence
    assert "Voies de recours" in sentence
    assert "prévu" not in sentence
    _, shown = await told()
    assert shown.state_label == "Entrée refusée"
    assert shown.turn.title.startswith("Entrée refusée")
    assert shown.refused.title == "Entrée refusée"


async def test_a_refusal_stays_drawn_as_one_when_the_goods_have_left() -> None:
    """SES-01: the passage is over, and the goods were not let in."""
    await tell(ched(status="41", issued_at=after(3), decision=REFUSED), event(K.DEPARTURE, S.DONE, hours=3.5))
    _, shown = await told()
    assert shown.rail[5] == "x"
    assert shown.passline[5].failed == "refusée"
    assert shown.refused.title == "Entrée refusée"


async def test_the_partners_are_told_the_same() -> None:
    """SES-02: the API, from one vocabulary."""
    await tell(ched(status="41", issued_at=after(3), decision=REFUSED))
    detail, _ = await told()
    said = whole(detail, [])
    assert said.state_label == "Entrée refusée"
    (decision,) = said.decisions
    assert (decision.decision_label, decision.measure_label) == ("Entrée refusée", "destruction")
    assert decision.reasons_label == reasons("PESTICIDE_RESIDUES")
    assert decision.measure_due_on is None


async def test_a_refused_declaration_is_told_as_one() -> None:
    """SES-30: by customs, not as « action requise » alone."""
    await tell(
        ched(status="70", issued_at=after(1), decision=Decision("ACCEPTABLE_FOR_INTERNAL_MARKET", after(1))),
        customs("03", hours=2),
    )
    title, sentence = spoken((await noticed())[0])
    assert title == "Déclaration refusée"
    assert sentence.startswith("Déclaration en douane refusée.")


def test_there_is_one_vocabulary() -> None:
    """SES-50: what an officer chooses among is what the operator reads, and what a CHED says."""
    for outcomes in OUTCOMES.values():
        for one in outcomes:
            for code, label in one.reasons.items():
                assert reasons(code) == label or code not in REFUSAL_REASONS


def test_the_deadline_is_said_with_the_measure() -> None:
    """SES-30"""
    entry = JournalEntry(
        seq=1, at=after(1), kind="consignment.step_recorded", actor="account:2", subject_kind="consignment", subject_id="1", siren=A,
        payload={
            "state": "blocked", "step": "decision", "owed_by": "operator", "action": "carry_out_measure",
            "facts": [
                {"step": "decision", "status": "unsatisfactory", "at": "", "reason": "PROHIBITED_PRODUCT",
                 "measure": "REDISPATCHING", "due_on": date(2026, 4, 1).isoformat()},
            ],
        },
    )  # fmt: skip
    said = words(
        NoticeKind.ENTRY_REFUSED,
        "operators",
        excerpt(entry),
        subject_of(entry),
        Title(reference(), "Avocats"),
    )
    assert "réexpédition, au plus tard le 1er\u00a0avr.\u00a02026." in said.sentence


async def test_officers_see_the_same_refusal() -> None:
    """SES-05"""
    await tell(ched(status="41", issued_at=after(3), decision=REFUSED))
    officer = Viewer(2, "session", "Ada", Role.SIVEP, posts=("FRLEH1",))
    _, shown = await told(officer)
    assert shown.refused.facts == (await told())[1].refused.facts
