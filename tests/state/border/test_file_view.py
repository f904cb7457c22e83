"""The page of one consignment, as values: what it holds, and all that was said of each step (SES-02, SES-50)."""

from decimal import Decimal
from typing import Any

import pytest

from models.border.follow_up.queries import listing as queries
from models.border.passage.content import (
    Check,
    Content,
    CustomsError,
    CustomsStatement,
    Goods,
    Package,
    Quantity,
)
from models.border.passage.vocabulary import CheckResult, ChedType, StepKind, StepStatus
from models.kernel.database import read
from state.border import file_view, rows
from tests.factories import (
    MRN,
    NOW,
    add_basics,
    after,
    ched,
    customs,
    event,
    officer,
    operator,
    reference,
    tell,
)

N = "\u00a0"
K, S = StepKind, StepStatus


@pytest.fixture
async def basics(database: str) -> None:  # noqa: ARG001
    """A database with companies and posts."""
    await add_basics()


pytestmark = pytest.mark.usefixtures("basics")


async def page(*contents: Content, viewer: Any = None, number: int = 1) -> file_view.File:
    await tell(*contents)
    detail = await read(lambda db: queries.one(db, viewer or operator(), reference(number)))
    assert detail is not None
    return file_view.file(detail, [], viewer or operator(), NOW)


async def told(kind: StepKind, *contents: Content) -> str:
    """What the timeline says of one step."""
    shown = await page(*contents)
    return next(one.fact for one in shown.timeline if one.kind == kind).replace(N, " ")


DECIDED = (
    ched(mrn=MRN, status="70", issued_at=after(3)),
    event(K.ARRIVAL, S.DONE, hours=0.5),
)


@pytest.mark.parametrize(
    ("kind", "contents", "fact"),
    [
        (
            K.IDENTITY,
            (ched(checks=(Check(K.IDENTITY, CheckResult.SATISFACTORY, after(1), "FULL_CHECK"),)),),
            "Vérification complète.",
        ),
        (
            K.IDENTITY,
            (ched(checks=(Check(K.IDENTITY, CheckResult.SATISFACTORY, after(1), "SEAL_CHECK"),)),),
            "Vérification des scellés.",
        ),
        (
            K.IDENTITY,
            (ched(), event(K.IDENTITY, S.STARTED, detail="Inspectrice au quai 3")),
            "Inspectrice au quai 3.",
        ),
        (
            K.PHYSICAL,
            (ched(), event(K.PHYSICAL, S.PLANNED, hours=30, detail="Ouvrir les deux portes !")),
            "Ouvrir les deux portes !",
        ),
        (
            K.RELEASE,
            (
                *DECIDED,
                customs("05", hours=4, statements=(CustomsStatement("", "Visite au quai 12"),), cited=()),
            ),
            "Sous contrôle de la douane. Visite au quai 12.",
        ),
        (
            K.RELEASE,
            (*DECIDED, customs("06", hours=4, errors=(CustomsError("", "Facture à renvoyer"),), cited=())),
            "Documents demandés par la douane. Facture à renvoyer.",
        ),
        (K.DECLARATION, (*DECIDED, customs("13", hours=4, cited=())), "Déclaration connue de la douane."),
        (
            K.DECLARATION,
            (*DECIDED, customs("10", hours=4, statements=(CustomsStatement("A2", "Doublon"),), cited=())),
            "Doublon.",
        ),
        (
            K.DECLARATION,
            (
                *DECIDED,
                customs("03", hours=4, errors=(CustomsError("CDS12005", "", "42A/17C:R144"),), cited=()),
            ),
            (
                "Identifiant d’un intervenant inconnu ou non valable (titulaire d’autorisation, identifiant (EORI) ; "
                "code CDS12005, repère 42A/17C:R144)."
            ),
        ),
        (
            K.ARRIVAL,
            (
                ched(status="42"),
                event(K.ARRIVAL, S.PLANNED, hours=1, detail="Retard annoncé"),
                event(K.PHYSICAL, S.STARTED),
            ),
            "Retard annoncé.",
        ),
        (K.DEPARTURE, (*DECIDED, event(K.DEPARTURE, S.DONE, hours=5, detail="Enlevé")), "Enlevé."),
    ],
)
async def test_ses_02_all_that_was_said_of_a_step_is_shown(
    kind: StepKind, contents: tuple[Content, ...], fact: str
) -> None:
    """SES-02: reason and detail, of steps to come, under way, left behind or over."""
    assert await told(kind, *contents) == fact


async def test_ses_02_the_operator_reads_what_customs_wants_where_they_must_act() -> None:
    """SES-02: on the card, and in short in the list; an officer reads it too."""
    error = CustomsError("CDS12005", "", "42A/17C:R144")
    shown = await page(*DECIDED, customs("03", hours=4, errors=(error,), cited=()))
    assert shown.turn.title == "Corrigez la déclaration refusée"
    assert shown.turn.sentence.startswith("Identifiant d’un intervenant inconnu")
    assert shown.turn.sentence.endswith("Corrigez-la et déposez-la de nouveau.")
    assert "CDS12005" in (await page(viewer=officer())).turn.sentence
    detail = await read(lambda db: queries.one(db, operator(), reference()))
    assert detail is not None
    assert rows.row(detail.listed, operator(), NOW).alert.startswith(f"Déclaration refusée{N}: Identifiant")


async def test_a_long_word_of_customs_is_cut_on_the_card_not_in_the_timeline() -> None:
    error = CustomsError("", "très " * 59 + "long")
    shown = await page(
        *DECIDED,
        customs(
            "03",
            hours=4,
            errors=(error,) * 2,
            statements=(CustomsStatement("", "autre " * 40 + "mot"),),
            cited=(),
        ),
    )
    assert "…" in shown.turn.sentence
    assert "très long" in next(one.fact for one in shown.timeline if one.kind == K.DECLARATION)


async def test_ses_50_how_much_there_is_of_it() -> None:
    """SES-50: animals first, both weights, no packages where there are none; each line its own number."""
    line = Goods(1, cn_code="01012990", net_weight=Decimal(500), quantity=Quantity(Decimal(2), "H87"))
    other = Goods(
        2, cn_code="01012990", quantity=Quantity(Decimal(1), "H87"), packages=(Package("NA", "", 0),)
    )
    shown = await animals(line, other)
    assert "4 animaux, 1 500,5 kg net, 1 600 kg brut, 6 boîtes" in [
        one.replace(N, " ") for one in shown.summary
    ]
    assert [one.quantity.replace(N, " ") for one in shown.goods] == ["2 animaux", "1 animal", "1 animal"]
    assert [one.packages for one in shown.goods] == ["", "", ""]


async def animals(line: Goods, other: Goods) -> file_view.File:
    named = "CHEDA.FR.2026.0000009"
    await tell(
        ched(
            reference=named,
            ched_type=ChedType.ANIMALS,
            goods=(line, other, other),
            net_weight=Decimal("1500.5"),
            gross_weight=Decimal(1600),
            packages=(Package("BX", "", 6), Package("NA", "", 0)),
        )
    )
    detail = await read(lambda db: queries.one(db, operator(), named.lower()))
    assert detail is not None
    return file_view.file(detail, [], operator(), NOW)


async def test_ses_05_a_post_that_waits_is_said_to_wait() -> None:
    """SES-05: its company sees the consignment, and that its post is not known yet."""
    shown = await page(ched(post_code="FRXXX1", post_name="Le Havre Sud"))
    assert "Le Havre Sud (poste à confirmer), PCF FRXXX1" in shown.summary
