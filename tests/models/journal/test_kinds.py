"""The registry of event kinds, held against what the code writes (SES-50, SES-52).

Seen to fail: without a row for `consignment.tied`; with one more than the code writes; with `record` that looks nothing up.
"""

import pytest

from models.journal.kinds import KINDS, UnknownKind, label_of
from models.journal.record import record, record_at_once
from models.signals.notifications.kinds import KINDS as NOTICES
from models.signals.notifications.kinds import NoticeKind, Side
from tests.attacks.registry import kinds
from tests.support.databases import transaction

N = NoticeKind
OF_CONSIGNMENTS = {
    *(
        N.ENTRY_REFUSED,
        N.DECLARATION_REFUSED,
        N.ACTION_REQUIRED,
        N.RECORD_UNDONE,
        N.BLOCKED,
        N.DECISION_AWAITED,
    ),
    *(N.DECISION, N.RELEASED, N.STEP_ADVANCED),
}
"""What is told of a consignment, from where it stands and stood."""


def test_every_kind_that_is_written_has_a_row_and_every_row_is_written() -> None:
    """SES-52: a row that nobody writes, and a fact without a row, are mistakes alike."""
    assert sorted(name for name, kind in KINDS.items() if not kind.retired) == sorted(kinds())


def test_ses_50_no_two_kinds_are_called_alike() -> None:
    """SES-50: a change of ownership is no « Autre enregistrement »."""
    titles = [kind.title for kind in KINDS.values() if not kind.retired]
    assert sorted(set(titles)) == sorted(titles)
    assert label_of("appointment.not_presented") == "Rendez-vous\u00a0: marchandise non présentée"
    assert label_of("consignment.tied") == "Envoi rattaché à une entreprise"
    assert label_of("written.by an earlier version") == "Autre enregistrement"


def test_ses_30_whoever_is_told_of_a_fact_is_told_something_that_exists() -> None:
    """SES-30: a row names notices and sides that have their own; and each notice has a fact that makes it."""
    told = {(one.notice, one.side) for kind in KINDS.values() for one in kind.tells}
    assert told
    assert {NoticeKind(notice) for notice, _ in told} | OF_CONSIGNMENTS == set(NoticeKind)
    assert all(Side(side) in NOTICES[NoticeKind(notice)].sides for notice, side in told)


@pytest.mark.usefixtures("database")
async def test_a_kind_without_a_row_is_refused() -> None:
    async with transaction() as db:
        with pytest.raises(UnknownKind, match=r"kinds\.py"):
            record(db, "test.done")
        with pytest.raises(UnknownKind):
            record_at_once(db, "test.done")
