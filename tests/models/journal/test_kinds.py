"""The registry of event kinds, held against what the code writes (SES-50, SES-52).

Seen to fail: without a row for `consignment.tied`; with one more than the code writes; with `record` that looks nothing up.
"""

import pytest

from models.journal.kinds import KINDS, UnknownKind, label_of
from models.journal.record import record, record_at_once
from tests.attacks.registry import kinds
from tests.support.databases import transaction


def test_every_kind_that_is_written_has_a_row_and_every_row_is_written() -> None:
    """SES-52: a row that nobody writes, and a fact without a row, are mistakes alike."""
    assert sorted(KINDS) == sorted(kinds())


def test_ses_50_no_two_kinds_are_called_alike() -> None:
    """SES-50: a change of ownership is no « Autre enregistrement »."""
    labels = [kind.label for kind in KINDS.values()]
    assert sorted(set(labels)) == sorted(labels)
    assert label_of("consignment.tied") == "Envoi rattaché à une entreprise"
    assert label_of("written.by an earlier version") == "Autre enregistrement"


@pytest.mark.usefixtures("database")
async def test_a_kind_without_a_row_is_refused() -> None:
    async with transaction() as db:
        with pytest.raises(UnknownKind, match=r"kinds\.py"):
            record(db, "test.done")
        with pytest.raises(UnknownKind):
            record_at_once(db, "test.done")
