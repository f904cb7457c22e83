"""The registry of subjects: what facts are about is named, titled and shown to whom it concerns alone (SES-04, SES-30).

Seen to fail: with the kind of alerts not registered; with `_sees` of consignments that looks at no condition.
"""

import ast
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, String, Table, insert, select

from models.border.consignments.subject import CONSIGNMENT
from models.border.messages.subject import MESSAGE
from models.identity.access.subjects import (
    Columns,
    Person,
    SubjectKind,
    kinds,
    page_of,
    register,
    seen_by,
    sees,
    titles_of,
    touches,
)
from models.identity.accounts.rules import Role
from models.identity.accounts.subject import ACCOUNT
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.subject import Subject, in_subjects
from models.signals.alerts.subject import ALERT
from models.signals.services.vocabulary import PORTAL, SERVICE, Mode, Part, Service
from tests.factories import NOW, A, B, add_basics, keep, officer, operator, reference, row
from tests.support.databases import both_databases, transaction

CONSTANTS = {
    "CONSIGNMENT": CONSIGNMENT,
    "ALERT": ALERT,
    "ACCOUNT": ACCOUNT,
    "SERVICE": SERVICE,
    "MESSAGE": MESSAGE,
}
DELTA = Part(Service.DELTA_G, Mode.DTI).subject
SUBJECTS = [
    Subject(CONSIGNMENT, "1"),
    Subject(CONSIGNMENT, "2"),
    Subject(CONSIGNMENT, "99"),
    Subject(ACCOUNT, "1"),
    Subject(ACCOUNT, "2"),
    Subject(ALERT, "1"),
    PORTAL.subject,
    DELTA,
    Subject(MESSAGE, ""),
    Subject("nothing", "1"),
]
"""Consignment 1 is A's at Le Havre, 2 B's at Roissy; the others are not there."""


def test_every_kind_that_is_named_is_registered_and_every_registered_kind_is_named() -> None:
    """SES-04: of a kind without a row nobody would see anything, and nobody notice."""
    named = {
        CONSTANTS[node.args[0].id]
        for layer in ("models", "app", "demo")
        for path in Path(layer).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("Subject", "Subject.of")
        and node.args
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id.isupper()
    }
    assert named | {MESSAGE} == {kind.name for kind in kinds()}


def test_two_kinds_of_one_name_are_a_mistake() -> None:
    kind = next(iter(kinds()))
    with pytest.raises(ValueError, match=kind.name):
        register(SubjectKind(kind.name, kind.sees, kind.touches))


def _person(viewer: Viewer, *uses: Subject) -> Person:
    return Person(viewer.account_id, "", [viewer], frozenset({PORTAL.subject, *uses}))


PEOPLE = {
    "operator of A": (
        _person(operator(A), DELTA),
        {"consignment:1", "account:1", PORTAL.subject, DELTA},
    ),
    "inspector at Roissy": (
        _person(officer(Role.SIVEP, "FRCDG4")),
        {"consignment:2", "account:2", PORTAL.subject, Subject(MESSAGE, "")},
    ),
    "supervisor": (
        _person(officer(Role.SUPERVISOR)),
        {"consignment:1", "consignment:2", "account:2", PORTAL.subject, Subject(MESSAGE, "")},
    ),
}


@both_databases
@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", PEOPLE)
async def test_ses_04_a_row_about_a_subject_shows_to_whom_the_subject_does(name: str) -> None:
    """SES-04: in a list of rows about subjects of all kinds at once, and asked one by one."""
    person, expected = PEOPLE[name]
    await add_basics()
    await keep(row(1, A, post_code="FRLEH1"), row(2, B, post_code="FRCDG4"))
    async with transaction() as db:
        found = set(_listed(db, person))
        alone = {str(subject) for subject in SUBJECTS if sees(db, person, subject)}
    assert found == alone == {str(subject) for subject in expected}


def _listed(db: DbSession, person: Person) -> list[str]:
    table = Table("about", MetaData(), Column("kind", String), Column("id", String), prefixes=["TEMPORARY"])
    table.create(db.connection())
    values = [{"kind": subject.kind, "id": subject.id} for subject in SUBJECTS]
    db.execute(insert(table), values)
    rows = db.execute(select(table).where(seen_by(person, Columns(table.c.kind, table.c.id)))).all()
    assert not db.execute(select(table).where(in_subjects(table.c.kind, table.c.id, []))).all()
    table.drop(db.connection())
    return [str(Subject(*columns)) for columns in rows]


@pytest.mark.usefixtures("database")
async def test_a_subject_is_called_and_opens_as_its_kind_says() -> None:
    """SES-50: what has no name and no page of its own is not invented."""
    await add_basics()
    await keep(row(1, A, post_code="FRLEH1"))
    async with transaction() as db:
        titles = titles_of(db, [*SUBJECTS, None])
    assert {str(subject): title.reference for subject, title in titles.items()} == {
        "consignment:1": reference(1)
    }
    first = titles[SUBJECTS[0]]
    assert (first.siren, first.post_code) == (A, "FRLEH1")
    assert page_of(SUBJECTS[0], first) == f"/suivi/{reference(1)}"
    assert {page_of(subject, titles.get(subject)) for subject in SUBJECTS[1:]} == {""}


@pytest.mark.parametrize(
    ("kind", "viewer", "expected"),
    [
        ("consignment", operator(A), True),
        ("consignment", operator(B), False),
        ("alert", officer(Role.SIVEP, "FRLEH1"), True),
        ("alert", operator(A), False),
        ("account", operator(A), True),
        ("account", officer(Role.SIVEP), False),
        ("message", officer(Role.SIVEP), True),
        ("message", operator(A), False),
        ("service", operator(A), False),
        ("nothing", officer(Role.SUPERVISOR), False),
        (None, officer(Role.SUPERVISOR), False),
    ],
)
def test_ses_04_a_fact_reaches_the_screens_of_whom_its_subject_concerns(
    kind: str | None, viewer: Viewer, expected: bool
) -> None:
    """SES-04: a fact of A at Le Havre, about number 1 of each kind."""
    entry = JournalEntry(
        seq=1,
        at=NOW,
        kind="test.done",
        actor="system",
        subject_kind=kind,
        subject_id="1",
        siren=A,
        post_code="FRLEH1",
    )
    assert touches(viewer, entry) is expected


def test_a_key_that_is_no_number_is_no_number() -> None:
    """SES-52: what somebody wrote into the journal by hand is told by the seals, not by a fault."""
    entry = JournalEntry(
        seq=1, at=NOW, kind="test.done", actor="system", subject_kind="consignment", subject_id="x"
    )
    assert entry.key_among("consignment") is None
