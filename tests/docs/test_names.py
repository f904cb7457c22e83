"""Every file and every symbol that the pages name is there (tests/docs/names.py has the forms)."""

from pathlib import Path

import pytest

from tests.docs.names import PAGES, ROOT, unknown

_THERE = """
`models/journal/record.py` `record`; `record.py`: `record(db, kind)`, `record_at_once`, and `fold.fold`. `models/journal/`
`FollowUp.load` `consignment.tied` `models.journal.record.record` `models.journal` `rx.el` `consignment_tally` `write()`

```python
class Archives: ...
```

`Archives`
"""
_GONE = (
    "`models/journal/writing.py`",
    "`models/ledger/`",
    "`writing_ahead.py`",
    "`models/journal/record.py` `record_later`",
    "`record.py`: `record`, `record_later`",
    "`state/border/follow_up.py` `FollowUp.unload`",
    "`fold.unfold`",
    "`FollowUp.unload`",
    "`models.journal.record.record_later`",
    "`models.journal.writing`",
    "`consignment.lost_at_sea`",
    "`rx.radish`",
    "`record_later_on`",
    "`record_later_on(db)`",
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    """If this fails, the page tells of yesterday: say what is there now."""
    assert [" ".join(name).strip() for name in unknown(page)] == []


def test_what_is_there_is_known(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(_THERE)
    assert unknown(page) == []


@pytest.mark.parametrize("text", _GONE)
def test_what_is_gone_is_named(tmp_path: Path, text: str) -> None:
    """Each form in which a page names a thing; what stands in no form (`make run`, a code) is not looked at."""
    page = tmp_path / "page.md"
    page.write_text(f"What does it: {text}.")
    assert len(unknown(page)) == 1
