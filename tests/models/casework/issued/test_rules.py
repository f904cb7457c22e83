"""Numbers and checks of issued documents, as they are given and as they are typed (CTX-14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.casework.issued import rules
from models.casework.issued.rules import Typed

NUMBER = "FR-CTX-2026-007314"


def test_a_number_tells_its_series_and_its_rank() -> None:
    assert rules.number_of(rules.series_of("CTX", 2026), 7314) == NUMBER
    assert rules.is_number(NUMBER)


@pytest.mark.parametrize("prefix", ["", "C", "ctx", "CTXXXX", "C-X", "CT\n"])
def test_a_prefix_is_two_to_five_capitals(prefix: str) -> None:
    with pytest.raises(ValueError, match="capitals"):
        rules.series_of(prefix, 2026)


@pytest.mark.parametrize("rank", [0, -1, 1_000_000])
def test_a_series_ends(rank: int) -> None:
    with pytest.raises(ValueError, match="no number left"):
        rules.number_of("FR-CTX-2026", rank)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (NUMBER, Typed(NUMBER)),
        ("  fr-ctx-2026-007314 ", Typed(NUMBER)),
        ("FR-CTX-2026-007314   2KXD 7Q4M", Typed(NUMBER, "2KXD7Q4M")),
        ("FR\u2011CTX\u20132026-007314\u00a02kxd\u00a07q4m", Typed(NUMBER, "2KXD7Q4M")),
        ("FR-CTX-2026-007314 2KXD7Q4", Typed(NUMBER)),
        ("FR-CTX-2026-007314 OKXD 7Q4M", Typed(NUMBER)),
        ("", Typed()),
        ("CTX-2026-007314", Typed()),
        ("FR-CTX-2026-7314", Typed()),
        ("FR-CTX-2026-00731٤", Typed()),
    ],
)
def test_what_is_typed_from_the_paper(typed: str, read: Typed) -> None:
    assert rules.read(typed) == read


@given(st.text(max_size=300))
def test_nothing_that_is_typed_stops_it(text: str) -> None:
    read = rules.read(text)
    assert read == Typed() or rules.is_number(read.number)
    assert not read.check or (len(read.check) == 8 and set(read.check) <= set(rules.ALPHABET))


def test_a_check_is_read_as_it_was_printed() -> None:
    for _ in range(50):
        check = rules.new_check()
        assert rules.read_check(rules.grouped(check)) == check
    assert len({rules.new_check() for _ in range(200)}) == 200
