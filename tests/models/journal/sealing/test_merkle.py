"""The digests that seals are made of (SES-52): RFC 6962 and RFC 8785, as others compute them."""

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.journal.canonical import canonical, personal_digest
from models.journal.sealing import merkle

LEAVES = st.lists(st.binary(min_size=1, max_size=8).map(merkle.leaf), min_size=1, max_size=40)
VECTORS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize("size", ROOTS)
def test_ses_52_roots_are_those_of_rfc_6962(size: int) -> None:
    """SES-52: the vectors of Certificate Transparency's own tests."""
    assert merkle.root([merkle.leaf(bytes.fromhex(one)) for one in VECTORS[:size]]) == ROOTS[size]


@given(LEAVES)
def test_ses_52_every_leaf_is_proved(leaves: list[str]) -> None:
    """SES-52: by at most log2 digests."""
    for index, leaf in enumerate(leaves):
        steps = merkle.path(leaves, index)
        assert merkle.climb(leaf, steps) == merkle.root(leaves)
        assert len(steps) <= (len(leaves) - 1).bit_length()


@given(LEAVES, st.binary(max_size=8))
def test_ses_52_nothing_else_is(leaves: list[str], other: bytes) -> None:
    """SES-52: a proof for one record proves no other."""
    stranger = merkle.leaf(b"other" + other)
    for index in range(len(leaves)):
        assert merkle.climb(stranger, merkle.path(leaves, index)) != merkle.root(leaves)


def test_an_empty_batch_has_no_root() -> None:
    with pytest.raises(ValueError, match="empty"):
        merkle.root([])


@pytest.mark.parametrize(
    ("value", "bytes_"),
    [
        ({"b": 1, "a": [True, None, "é\n"]}, '{"a":[true,null,"é\\n"],"b":1}'.encode()),
        ({"peach": "💚", "": "\u007f"}, '{"":"\u007f","peach":"💚"}'.encode()),
        ("\ud800", b'"\xed\xa0\x80"'),
    ],
)
def test_ses_52_a_value_has_one_way_of_being_written(value: Any, bytes_: bytes) -> None:
    """SES-52: RFC 8785."""
    assert canonical(value) == bytes_


def test_ppr_09_a_purged_part_cannot_be_guessed() -> None:
    """PPR-09: the same content has another digest each time, for the salt is in it."""
    said = {"email": "a@example.org"}
    digests = {personal_digest(salt * 16, said) for salt in ("00", "01")}
    assert len(digests) == 2
    assert hashlib.sha256(canonical(said)).hexdigest() not in digests
