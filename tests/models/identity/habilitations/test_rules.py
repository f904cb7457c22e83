"""What a co-owner's list of habilitations changes here (PPR-05)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.identity.habilitations.rules import MOST, Named, UnreadableHabilitations, difference, read_named
from tests.support.accounts import A, B

ONE = {"service": "CIEL", "right": "declarer", "siren": A, "siret": None}
SIRET = "91234567500017"
NAMED = st.builds(
    Named, st.sampled_from(["CIEL", "DOMINO"]), st.sampled_from(["lire", "declarer"]), st.sampled_from([A, B])
)


@given(st.frozensets(NAMED), st.frozensets(NAMED))
def test_the_difference_makes_of_what_is_held_what_is_named(
    held: frozenset[Named], named: frozenset[Named]
) -> None:
    """PPR-05: given ones are added, those no longer named are withdrawn, nothing is touched twice."""
    change = difference(held, named)
    assert (held - set(change.withdrawn)) | set(change.given) == named
    assert not set(change.given) & held
    assert set(change.withdrawn) <= held
    assert list(change.given) == sorted(change.given)


def test_what_is_named_twice_is_held_once() -> None:
    """PPR-05: `siret` may be absent, null or empty: the whole company."""
    without = {name: value for name, value in ONE.items() if name != "siret"}
    assert read_named([ONE, without, ONE | {"siret": ""}]) == {Named("CIEL", "declarer", A)}
    assert read_named([]) == frozenset()


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        {},
        "CIEL",
        [None],
        [{}],
        [ONE | {"siren": "912345676"}],
        [ONE | {"siren": 912345675}],
        [ONE | {"siren": ""}],
        [ONE | {"siret": "91234567500011"}],
        [ONE | {"siret": B + "00014"}],
        [ONE | {"service": "ciel"}],
        [ONE | {"service": "C" * 41}],
        [ONE | {"right": "Déclarer"}],
        [ONE | {"right": "a\0b"}],
        [ONE, ONE | {"right": ""}],
        [ONE] * (MOST + 1),
    ],
    ids=lambda spoilt: str(spoilt)[:40],
)
def test_a_list_with_one_thing_wrong_is_refused_as_a_whole(spoilt: Any) -> None:
    """PPR-05: rights are not taken over by halves."""
    with pytest.raises(UnreadableHabilitations):
        read_named(spoilt)


def test_an_establishment_of_the_company_is_read() -> None:
    """PPR-05"""
    assert read_named([ONE | {"siret": SIRET}]) == {Named("CIEL", "declarer", A, SIRET)}
