"""SES-52: whoever has the database's rights can change the journal, and is found out, place and all.

Each case takes the triggers away first. Seen to fail, of 78: 57 with seals not compared with their entries, 8 with
signatures not checked, 7 with seals not chained, 21 with the anchor file not read.
"""

import json
from collections.abc import Callable

import pytest

from models.journal.sealing.findings import Wrong
from models.journal.sealing.seals import seal_pending
from tests.models.journal.sealing import ledger
from tests.models.journal.sealing.ledger import attack, filled, found, found_at
from tests.support.databases import both_databases

W = Wrong
COLUMNS = (
    "seq, at, kind, actor, subject_kind, subject_id, siren, post_code, payload, nonce, "
    "personal, personal_salt, personal_digest"
)
COPY = f"INSERT INTO journal_entry ({COLUMNS}) SELECT {{}} FROM journal_entry WHERE seq = {{}}"  # noqa: S608 - constants
OTHERS = COLUMNS.removeprefix("seq, ")
# Seals 1, 2, 3 of entries 1-4, 5-8, 9-12; entries 4, 8 and 12 have a personal part.
ENTRIES = {
    "a payload edited": (
        ['UPDATE journal_entry SET payload = \'{"batch": 1, "n": 9}\' WHERE seq = 6'],
        {(W.EDITED, 2, 6)},
    ),
    "a time edited": (
        ["UPDATE journal_entry SET at = '2020-01-01 00:00:00.000000+00:00' WHERE seq = 1"],
        {(W.EDITED, 1, 1)},
    ),
    "an author edited": (
        ["UPDATE journal_entry SET actor = 'account:9' WHERE seq = 12"],
        {(W.EDITED, 3, 12)},
    ),
    "a kind edited": (["UPDATE journal_entry SET kind = 'test.undone' WHERE seq = 2"], {(W.EDITED, 1, 2)}),
    "a company put in": (
        ["UPDATE journal_entry SET siren = '912345675' WHERE seq = 7"],
        {(W.EDITED, 2, 7)},
    ),
    "a post put in": (["UPDATE journal_entry SET post_code = 'FRLEH1' WHERE seq = 7"], {(W.EDITED, 2, 7)}),
    "another subject": (
        ["UPDATE journal_entry SET subject_kind = 'consignment', subject_id = '1' WHERE seq = 7"],
        {(W.EDITED, 2, 7)},
    ),
    "all entries edited": (
        ["UPDATE journal_entry SET actor = 'nobody'"],
        {(W.EDITED, 1 + n // 4, n + 1) for n in range(12)},
    ),
    "one deleted": (["DELETE FROM journal_entry WHERE seq = 6"], {(W.DELETED, 2, 6)}),
    "the first deleted": (["DELETE FROM journal_entry WHERE seq = 1"], {(W.DELETED, 1, 1)}),
    "several deleted": (
        ["DELETE FROM journal_entry WHERE seq IN (2, 3, 8)"],
        {(W.DELETED, 1, 2), (W.DELETED, 2, 8)},
    ),
    "a batch deleted": (["DELETE FROM journal_entry WHERE seq BETWEEN 5 AND 8"], {(W.DELETED, 2, 5)}),
    "the end cut off": (["DELETE FROM journal_entry WHERE seq > 10"], {(W.TRUNCATED, 3, 11)}),
    "one slipped in at the beginning": ([COPY.format(f"-5, {OTHERS}", 2)], {(W.INSERTED, 1, -5)}),
    "one replaced by another": (
        ["DELETE FROM journal_entry WHERE seq = 6", COPY.format(f"6, {OTHERS}", 2)],
        {(W.EDITED, 2, 6)},
    ),
    "two swapped": (
        [
            "UPDATE journal_entry SET seq = 99 WHERE seq = 5",
            "UPDATE journal_entry SET seq = 5 WHERE seq = 7",
            "UPDATE journal_entry SET seq = 7 WHERE seq = 99",
        ],
        {(W.SWAPPED, 2, 5), (W.SWAPPED, 2, 7)},
    ),
    "one moved to the end": (
        ["UPDATE journal_entry SET seq = 99 WHERE seq = 5"],
        {(W.DELETED, 2, 5), (W.REMADE, 0, 99)},
    ),
    "a personal part edited": (
        ['UPDATE journal_entry SET personal = \'{"email": "x@example.org"}\' WHERE seq = 4'],
        {(W.PERSONAL, 1, 4)},
    ),
    "a salt edited": (
        ["UPDATE journal_entry SET personal_salt = 'not even hexadecimal' WHERE seq = 8"],
        {(W.PERSONAL, 2, 8)},
    ),
    "a personal part added": (
        ["UPDATE journal_entry SET personal = '{\"a\": 1}', personal_salt = '00' WHERE seq = 1"],
        {(W.PERSONAL, 1, 1)},
    ),
    "a personal part removed without a word": (
        ["UPDATE journal_entry SET personal = NULL, personal_salt = NULL WHERE seq = 4"],
        {(W.PURGED, 1, 4)},
    ),
    "a nonce edited": (["UPDATE journal_entry SET nonce = 'x' WHERE seq = 3"], {(W.EDITED, 1, 3)}),
}
SEALS = {
    "the time of a seal": (
        ["UPDATE journal_seal SET sealed_at = '2020-01-01 00:00:00.000000+00:00' WHERE batch = 2"],
        {
            *((W.SIGNATURE, 2, 0), (W.SEAL_EDITED, 3, 0), (W.ANCHOR, 2, 0)),
            *((W.LATE, 2, 5), (W.ANCHORED_LATE, 2, 0)),
        },
    ),
    "the root of the last seal": (
        ["UPDATE journal_seal SET root = previous WHERE batch = 3"],
        {(W.SIGNATURE, 3, 0), (W.SEAL_EDITED, 3, 0), (W.ANCHOR, 3, 0)},
    ),
    "the signature of a seal": (
        ["UPDATE journal_seal SET signature = 'zz' WHERE batch = 1"],
        {(W.SIGNATURE, 1, 0), (W.ANCHOR, 1, 0), (W.REMADE, 2, 5)},
    ),
    "the leaves of a seal": (
        ["UPDATE journal_seal SET leaves = '[]' WHERE batch = 1"],
        {(W.SEAL_EDITED, 1, 0), *((W.INSERTED, 1, n) for n in (1, 2, 3, 4))},
    ),
    "another key": (
        ["UPDATE journal_seal SET key = 'mine' WHERE batch = 3"],
        {(W.UNKNOWN_KEY, 3, 0), (W.NEW_KEY, 3, 0), (W.ANCHOR, 3, 0)},
    ),
    "the first seal deleted": (
        ["DELETE FROM journal_seal WHERE batch = 1"],
        {(W.SEAL_MISSING, 1, 1), (W.REMADE, 2, 5), *((W.INSERTED, 2, n) for n in (1, 2, 3, 4))},
    ),
    "a seal deleted": (
        ["DELETE FROM journal_seal WHERE batch = 2"],
        {(W.SEAL_MISSING, 2, 5), (W.REMADE, 3, 9), *((W.INSERTED, 3, n) for n in (5, 6, 7, 8))},
    ),
    "the last seal deleted": (["DELETE FROM journal_seal WHERE batch = 3"], {(W.TRUNCATED, 3, 9)}),
    "the end deleted with its seals": (
        ["DELETE FROM journal_seal WHERE batch > 1", "DELETE FROM journal_entry WHERE seq > 4"],
        {(W.TRUNCATED, 2, 5), (W.TRUNCATED, 3, 5)},
    ),
    "everything deleted": (
        ["DELETE FROM journal_seal", "DELETE FROM journal_entry"],
        {(W.TRUNCATED, 1, 1), (W.TRUNCATED, 2, 1), (W.TRUNCATED, 3, 1)},
    ),
}
BY_SQL = ENTRIES | SEALS


@pytest.mark.usefixtures("database")
@both_databases
@pytest.mark.parametrize("case", BY_SQL)
async def test_ses_52_what_was_done_to_the_database_is_found_and_located(case: str) -> None:
    """SES-52: nothing before, exactly this after."""
    statements, expected = BY_SQL[case]
    await filled()
    assert (await found()).findings == []
    await attack(*statements)
    assert await found_at() == expected


def _without_last(lines: list[str]) -> list[str]:
    return lines[:-1]


def _edited(lines: list[str]) -> list[str]:
    said = json.loads(lines[1]) | {"digest": "0" * 64}
    return [lines[0], json.dumps(said) + "\n", lines[2]]


NONSENSE = {
    "no JSON": ("UPDATE journal_entry SET payload = '{' WHERE seq = 6", (W.EDITED, 2, 6)),
    "other JSON": ("UPDATE journal_entry SET payload = '[1]' WHERE seq = 6", (W.EDITED, 2, 6)),
    "no time": ("UPDATE journal_entry SET at = 'yesterday' WHERE seq = 1", (W.EDITED, 1, 1)),
    "a purge told in riddles": (
        "UPDATE journal_entry SET kind = 'journal.personal_purged' WHERE seq = 5",
        (W.EDITED, 2, 5),
    ),
    "leaves of another kind": (
        "UPDATE journal_seal SET leaves = '{\"a\": 1}' WHERE batch = 3",
        (W.SEAL_EDITED, 3, 0),
    ),
    "leaves that are no JSON": (
        "UPDATE journal_seal SET leaves = '[' WHERE batch = 2",
        (W.SEAL_MISSING, 2, 5),
    ),
    "the last seal no JSON": ("UPDATE journal_seal SET leaves = '[' WHERE batch = 3", (W.TRUNCATED, 3, 9)),
}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("case", NONSENSE)
async def test_ses_52_what_holds_no_sense_is_found_rather_than_stumbled_over(case: str) -> None:
    """SES-52: on SQLite, which keeps anything in any column; a verification that crashes proves nothing."""
    statement, expected = NONSENSE[case]
    await filled()
    await attack(statement)
    assert expected in await found_at()


ANCHORS: dict[str, tuple[Callable[[list[str]], list[str]], set[tuple[W, int, int]]]] = {
    "a line edited": (_edited, {(W.ANCHOR, 2, 0)}),
    "a line removed": (lambda lines: [lines[0], lines[2]], {(W.ANCHOR, 2, 0)}),
    "a line made unreadable": (
        lambda lines: [lines[0], lines[1][:20] + "\n", lines[2]],
        {(W.ANCHOR, 2, 0), (W.ANCHOR, 0, 0)},
    ),
    "a line put in": (
        lambda lines: [*lines, lines[2].replace('"batch":3', '"batch":4')],
        {(W.TRUNCATED, 4, 13)},
    ),
    "emptied": (lambda _lines: [], {(W.ANCHOR, 0, 0)}),
}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("case", ANCHORS)
async def test_ses_52_what_was_done_to_the_anchor_file_is_found(case: str) -> None:
    """SES-52: the file lies outside the database, and says the same."""
    change, expected = ANCHORS[case]
    await filled()
    ledger.write_anchors(change(ledger.anchor_lines()))
    assert await found_at() == expected


@pytest.mark.usefixtures("database")
async def test_ses_52_a_whole_history_rewritten_and_sealed_anew_is_found() -> None:
    """SES-52: even by somebody who also has the key: the anchors remember. Fails without them."""
    await filled()
    await attack("DELETE FROM journal_seal", "UPDATE journal_entry SET actor = 'nobody' WHERE seq = 6")
    kept = ledger.anchor_lines()
    ledger.write_anchors([])
    await seal_pending()
    ledger.write_anchors(kept)
    assert {wrong for wrong, _, _ in await found_at()} == {W.BEGUN, W.ANCHOR, W.TRUNCATED}


def test_ses_52_the_number_of_tamperings() -> None:
    """SES-52: as docs/journal.md tells it: those of the database on both engines, and the others."""
    assert (len(BY_SQL), len(NONSENSE), len(ANCHORS) + 1) == (32, 7, 6)
