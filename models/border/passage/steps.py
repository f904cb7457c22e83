"""The registry of steps: all that is said of one step of the passage, a row each (SES-02).

A new step is its name in models/border/passage/vocabulary.py, its row here, a line of `rules.SITUATIONS` and whatever
reader of messages tells of it. tests/models/border/passage/test_steps.py holds the rows against what reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from models.border.passage import outcomes
from models.border.passage.outcomes import Outcome
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel.authorities import Authority

K, S, A = StepKind, StepStatus, Authority


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, in the order in which it normally happens."""

    kind: StepKind
    label: str
    short: str
    """In an officers' list, where the step is named beside others."""
    chevron: str
    """Where it stands on the rail: several steps may share one."""
    authority: Authority
    """Who usually makes it happen."""
    usual: timedelta | None = None
    """How long it takes once it can begin: a cautious default, not a measurement (docs/limits.md)."""
    recorded_by: Authority | None = None
    """Whose officers may record it (SES-05); None when it is only told by messages."""
    outcomes: tuple[Outcome, ...] = ()
    """What they may record."""
    word: str = ""
    """Its name in the address of the officers' list; empty where that list is not narrowed to it."""
    awaited: str = ""
    """What the officers' list and alerts say of the time for which it waits: `décision attendue depuis`."""
    check: bool = False
    """Whether it is an official check, whose result the decision rests on."""
    on_goods: bool = False
    """Whether it cannot happen before the goods are there."""
    clauses: tuple[str, ...] = ()
    """How part II of a CHED names it; of several, the first that is there."""
    failure: str = ""
    """What is said when it went badly; empty: its label, then « non conforme »."""
    failed: str = "non conforme"
    """The same beside its name."""
    sentences: Mapping[StepStatus, str] = field(default_factory=dict)
    """What the history says of a status about which nothing else was told."""


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


STEP_ROWS: tuple[StepRow, ...] = (
    StepRow(
        K.NOTIFICATION,
        "Notification préalable",
        "Notification",
        "Notification",
        A.OPERATOR,
        sentences={S.DONE: "Partie I du DSCE déposée.", S.STARTED: "Brouillon dans TRACES."},
    ),
    StepRow(
        K.ARRIVAL,
        "Arrivée",
        "Arrivée",
        "Arrivée",
        A.CARRIER,
        recorded_by=A.CUSTOMS,
        outcomes=(outcomes.ARRIVED,),
        sentences={S.DONE: "Marchandise arrivée au poste."},
    ),
    StepRow(
        K.DOCUMENTARY,
        "Contrôle documentaire",
        "Documentaire",
        "Documentaire",
        A.SIVEP,
        _minutes(90),
        A.SIVEP,
        (outcomes.STARTED, *outcomes.CHECKED),
        word="documentaire",
        awaited="documents à vérifier depuis",
        check=True,
        clauses=("DOCUMENTARY_CHECK",),
    ),
    StepRow(
        K.IDENTITY,
        "Contrôle d’identité",
        "Identité",
        "Identité",
        A.SIVEP,
        _minutes(60),
        A.SIVEP,
        (outcomes.STARTED, *outcomes.CHECKED, outcomes.NOT_NEEDED),
        word="identite",
        awaited="contrôle d’identité depuis",
        check=True,
        on_goods=True,
        clauses=("IDENTITY_CHECK",),
    ),
    StepRow(
        K.PHYSICAL,
        "Contrôle physique",
        "Physique",
        "Physique",
        A.SIVEP,
        _minutes(75),
        A.SIVEP,
        (outcomes.STARTED, *outcomes.CHECKED, outcomes.NOT_NEEDED),
        word="physique",
        awaited="contrôle physique depuis",
        check=True,
        on_goods=True,
        clauses=("PHYSICAL_CHECK",),
    ),
    StepRow(
        K.LABORATORY,
        "Analyse en laboratoire",
        "Analyse en laboratoire",
        "Physique",
        A.LABORATORY,
        timedelta(days=4),
        A.SIVEP,
        (outcomes.SAMPLED, *outcomes.CHECKED),
        check=True,
        on_goods=True,
        clauses=("LABORATORY_TESTS", "LABORATORY_TEST", "LABORATORY_CHECK"),
    ),
    StepRow(
        K.DECISION,
        "Décision sur le DSCE",
        "Décision",
        "Décision DSCE",
        A.SIVEP,
        _minutes(45),
        A.SIVEP,
        outcomes.DECIDED,
        word="decision",
        awaited="décision attendue depuis",
        failure="Entrée refusée",
        failed="refusée",
    ),
    StepRow(
        K.DECLARATION,
        "Déclaration en douane",
        "Déclaration",
        "Déclaration",
        A.CUSTOMS,
        _minutes(60),
        A.CUSTOMS,
        outcomes.DECLARED,
        word="declaration",
        awaited="déclaration à valider depuis",
        failure="Déclaration en douane refusée",
        failed="refusée",
        sentences={
            S.DONE: "Déclaration validée.",
            S.STARTED: "Déclaration reçue, anticipée.",
            S.UNSATISFACTORY: "Déclaration refusée.",
            S.CANCELLED: "Déclaration invalidée.",
        },
    ),
    StepRow(
        K.RELEASE,
        "Bon à enlever",
        "BAE",
        "BAE et sortie",
        A.CUSTOMS,
        _minutes(60),
        A.CUSTOMS,
        outcomes.RELEASED,
        word="bae",
        awaited="BAE attendu depuis",
        failure="Bon à enlever refusé",
        failed="refusé",
        sentences={S.DONE: "BAE accordé."},
    ),
    StepRow(
        K.DEPARTURE,
        "Sortie",
        "Sortie",
        "BAE et sortie",
        A.CARRIER,
        recorded_by=A.CUSTOMS,
        outcomes=(outcomes.LEFT,),
        sentences={S.DONE: "Marchandise sortie du poste."},
    ),
)
ROWS: Mapping[str, StepRow] = {row.kind: row for row in STEP_ROWS}
CHECKS = tuple(row.kind for row in STEP_ROWS if row.check)
ON_GOODS = tuple(row.kind for row in STEP_ROWS if row.on_goods)
USUAL_AUTHORITY: Mapping[StepKind, Authority] = {row.kind: row.authority for row in STEP_ROWS}
USUAL_DURATION: Mapping[StepKind, timedelta] = {row.kind: row.usual for row in STEP_ROWS if row.usual}
