"""What a customs answer says of a declaration, in facts and in words (SES-02, SES-50)."""

import pytest

from models.border.passage.content import CustomsError, CustomsStatement
from models.border.passage.customs_codes import ERRORS, SECTIONS, TAGS
from models.border.passage.customs_words import customs_detail, error_words, place_words
from models.border.passage.rules import Action
from models.border.passage.vocabulary import ConsignmentState, ReleaseReason, StepKind, StepStatus
from models.journal.tables import JournalEntry
from tests.factories import MRN, add_basics, after, ched, consignment, customs, event, steps, tell
from tests.support.accounts import journal

N = "\u00a0"
K, S = StepKind, StepStatus


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            CustomsError("CDS12005", "", "42A/17C:R144"),
            (
                "Identifiant d’un intervenant inconnu ou non valable (titulaire d’autorisation, identifiant (EORI) ; "
                "code CDS12005, repère 42A/17C:R144)"
            ),
        ),
        (
            CustomsError("C12", "Masse fausse.", "42A/67A/68A[2]/23A/65A:128"),
            (
                "Masse fausse (article 2, marchandise, masses et quantités, masse nette ; "
                "code C12, repère 42A/67A/68A[2]/23A/65A:128)"
            ),
        ),
        (CustomsError("X1"), "Erreur signalée par la douane (code X1)"),
        (CustomsError("", "", "99Z:ZZZ"), "Erreur signalée par la douane (repère 99Z:ZZZ)"),
        (CustomsError("", "Facture à renvoyer"), "Facture à renvoyer"),
        (CustomsError(""), ""),
    ],
)
def test_ses_50_an_error_is_told_in_words_then_by_its_codes(error: CustomsError, said: str) -> None:
    """SES-50: what is wrong and where, as far as the codes are known; then the codes themselves."""
    assert error_words(error).replace(N, " ") == said


def test_ses_50_a_place_skips_what_is_not_known() -> None:
    """SES-50"""
    assert place_words("42A/67A") == ""
    assert place_words("42A/zz[3]/03A[x]:999").replace(N, " ") == "mention spéciale"
    assert place_words("") == ""
    assert place_words("[" * 500) == ""


def test_the_tables_hold_words() -> None:
    for words in (*ERRORS.values(), *SECTIONS.values(), *TAGS.values()):
        assert words
        assert "'" not in words


def test_ses_50_comments_come_first_and_their_codes_stay_out() -> None:
    """SES-50: a code without words tells nobody anything."""
    answer = customs(
        "10",
        statements=(CustomsStatement("A3"), CustomsStatement("A2", "À la demande du déclarant.")),
        errors=(CustomsError("", "Déclaration en double"),),
    )
    assert customs_detail(answer) == "À la demande du déclarant. Déclaration en double"


def test_what_customs_says_is_bounded() -> None:
    """However many errors, and however long: they are kept in the message."""
    answer = customs(
        "03", errors=tuple(CustomsError(f"E{rank}", "x" * 5000, "68A[1]/" * 5000) for rank in range(1000))
    )
    assert len(customs_detail(answer)) < 12_000
    assert "990 autres remarques" in customs_detail(answer)


@pytest.fixture
async def decided(database: str) -> None:  # noqa: ARG001
    """A consignment whose CHED cites the declaration, arrived and decided: customs is next."""
    await add_basics()
    await tell(
        ched(mrn=MRN),
        event(K.ARRIVAL, S.DONE, hours=0.1),
        event(K.DOCUMENTARY, S.SATISFACTORY, hours=0.2),
        event(K.DECISION, S.SATISFACTORY, hours=0.3),
    )


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("function", "action", "reason"),
    [
        ("05", Action.CONTROL_GOODS, ReleaseReason.CONTROL),
        ("07", Action.GRANT_RELEASE, ReleaseReason.RESULT),
        ("13", Action.PAY_DUTIES, ReleaseReason.PAYMENT),
        ("14", Action.FUND_ACCOUNT, ReleaseReason.BALANCE),
        ("15", Action.FUND_ACCOUNT, ReleaseReason.BALANCE),
        ("06", Action.PROVIDE_DOCUMENTS, ReleaseReason.DOCUMENTS),
        ("11", Action.PROVIDE_DOCUMENTS, ReleaseReason.DOCUMENTS),
    ],
)
async def test_ses_02_customs_knows_the_declaration_that_it_answers(
    function: str, action: Action, reason: ReleaseReason
) -> None:
    """SES-02: « déposez la déclaration » makes no sense while customs examines it."""
    assert (await consignment()).action == Action.FILE_DECLARATION
    await tell(customs(function, cited=()))
    assert (await consignment()).action == action
    assert (await steps())[K.RELEASE].reason == reason
    known = (await steps())[K.DECLARATION]
    assert known.status == (S.STARTED if function in ("06", "11") else S.DONE)
    assert known.ended_at is None


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_ses_02_what_was_said_of_the_declaration_keeps_its_time(order: tuple[int, int]) -> None:
    """SES-02: an answer that only implies it moves nothing, whichever comes first."""
    answers = (customs("01", hours=1), customs("05", hours=2))
    await tell(*(answers[index] for index in order))
    declared = (await steps())[K.DECLARATION]
    assert (declared.status, declared.reason, declared.ended_at) == (S.DONE, "", after(1))


@pytest.mark.usefixtures("decided")
async def test_ses_02_an_acceptance_that_is_dated_has_that_time() -> None:
    """SES-02"""
    await tell(customs("05", hours=2, accepted_at=after(1)))
    assert (await steps())[K.DECLARATION].ended_at == after(1)


@pytest.mark.usefixtures("decided")
async def test_ses_02_a_declaration_under_control_was_not_refused() -> None:
    """SES-02: the one that took the place of the refused one is; invalidated, it must be filed again."""
    await tell(customs("03", hours=1), customs("05", hours=2))
    assert (await consignment()).action == Action.CONTROL_GOODS
    await tell(customs("10", hours=3))
    assert (await consignment()).action == Action.FILE_DECLARATION


@pytest.mark.usefixtures("decided")
async def test_what_is_implied_is_announced_by_what_implies_it() -> None:
    """Nobody is told a second time that the declaration was accepted."""
    await tell(customs("05"))
    entries: list[JournalEntry] = await journal("consignment.declared")
    assert [one["step"] for one in entries[-1].payload["facts"]] == [K.RELEASE]


@pytest.mark.usefixtures("decided")
async def test_ses_02_a_refusal_says_what_and_where() -> None:
    """SES-02: kept with the step, for the operator who corrects it."""
    await tell(customs("03", errors=(CustomsError("CDS12005", "", "42A/17C:R144"),)))
    assert (await consignment()).state == ConsignmentState.ACTION_REQUIRED
    detail = (await steps())[K.DECLARATION].detail
    assert detail.startswith("Identifiant d’un intervenant inconnu")
    assert "CDS12005" in detail


@pytest.mark.usefixtures("decided")
async def test_ses_02_an_invalidation_keeps_customs_comments() -> None:
    """SES-02"""
    await tell(
        customs("01"), customs("10", hours=2, statements=(CustomsStatement("", "Envoi perdu en mer"),))
    )
    assert (await steps())[K.DECLARATION].detail == "Envoi perdu en mer"
