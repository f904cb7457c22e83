from datetime import timedelta

import pytest

from models.identity.accounts.rules import (
    LOCK_LIFE,
    Attempts,
    RefusalKind,
    is_address,
    refusal_after,
    same_address,
    shown_address,
    unmet_password_rules,
)
from tests.support.accounts import NOW


@pytest.mark.parametrize(
    ("password", "unmet"),
    [
        ("Passavant-2026!", []),
        ("Quai3-froid", ["12 caractères, il en manque\u00a01"]),
        ("PASSAVANT-2026!", ["Une minuscule"]),
        ("passavant-2026!", ["Une majuscule"]),
        ("Passavant-deux!", ["Un chiffre"]),
        ("Passavant2026x", ["Un caractère spécial"]),
        ("Passavant 2026x", ["Un caractère spécial"]),
        ("Éléphant-№²-abc", ["Un chiffre"]),
        ("élÉphant_2026", []),
        (
            "",
            [
                "12 caractères, il en manque\u00a012",
                "Une minuscule",
                "Une majuscule",
                "Un chiffre",
                "Un caractère spécial",
            ],
        ),
    ],
)
def test_com_01_names_each_rule_that_a_password_does_not_meet(password: str, unmet: list[str]) -> None:
    """COM-01"""
    assert unmet_password_rules(password) == unmet


def _after(failures: int) -> Attempts:
    attempts = Attempts()
    for _ in range(failures):
        attempts = attempts.after_failure(NOW)
    return attempts


@pytest.mark.parametrize(
    ("failures", "kind"),
    [
        (1, RefusalKind.WRONG),
        (2, RefusalKind.WRONG),
        (3, RefusalKind.WRONG),
        (4, RefusalKind.WARNED),
        (5, RefusalKind.LOCKED),
    ],
)
def test_com_02_warns_at_the_fourth_failure_and_locks_at_the_fifth(failures: int, kind: RefusalKind) -> None:
    """COM-02"""
    attempts = _after(failures)
    assert attempts.failures == failures
    assert refusal_after(attempts, NOW).kind is kind
    assert attempts.locked_until == (NOW + timedelta(minutes=30) if kind is RefusalKind.LOCKED else None)


def test_com_02_attempts_on_a_locked_account_do_not_prolong_the_lock() -> None:
    """COM-02"""
    locked = _after(5)
    assert locked.after_failure(NOW + timedelta(minutes=29)) == locked


def test_com_02_counts_from_zero_once_the_lock_has_ended() -> None:
    """COM-02"""
    later = NOW + LOCK_LIFE
    locked = _after(5)
    assert locked.time_left(later - timedelta(seconds=1)) == timedelta(seconds=1)
    assert locked.time_left(later) is None
    again = locked.after_failure(later)
    assert (again.failures, again.time_left(later)) == (1, None)


def test_com_02_a_success_resets_the_count_and_keeps_the_last_lock_for_its_holder() -> None:
    """COM-02, COM-04"""
    assert _after(4).after_success() == Attempts(0, None)
    locked = _after(5)
    assert locked.after_success() == Attempts(0, locked.locked_until)


@pytest.mark.parametrize(("seconds", "told"), [(1800, "30"), (61, "2"), (60, "1"), (0.5, "1")])
def test_com_02_tells_the_time_left_rounded_up(seconds: float, told: str) -> None:
    """COM-02"""
    refused = refusal_after(Attempts(5, NOW + timedelta(seconds=seconds)), NOW)
    assert f"Réessayez dans {told}\u00a0minute" in refused.sentence


@pytest.mark.parametrize("email", ["a@b.fr", "prenom.nom+x@sous.domaine-long.example"])
def test_com_03_accepts_addresses(email: str) -> None:
    """COM-03"""
    assert is_address(email)


@pytest.mark.parametrize(
    "email",
    ["", "a", "a@b", "@b.fr", "a b@c.fr", "a@b.fr\n", "a@-b.fr", "a@b..fr", "é@b.fr", "a" * 250 + "@b.fr"],
)
def test_com_03_refuses_what_mail_cannot_reach(email: str) -> None:
    """COM-03"""
    assert not is_address(email)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lise@Kerdrel.Example ", "lise@kerdrel.example"),
        ("lise\u200b@kerdrel.example\ufeff", "lise@kerdrel.example"),
        ("\u202elise@kerdrel.example", "lise@kerdrel.example"),
        ("lise@société.fr", "lise@xn--socit-esab.fr"),
        ("LISE@SOCIÉTÉ.FR", "lise@xn--socit-esab.fr"),
        ("lise@xn--socit-esab.fr", "lise@xn--socit-esab.fr"),
        ("иван@почта.рф", "иван@xn--80a1acny.xn--p1ai"),
        ("lise@-.fr", "lise@-.fr"),
        ("lise\x00@kerdrel.example", "lise\x00@kerdrel.example"),
        ("Li\nse\u200b@kerdrel.example\r\n", "li\nse\u200b@kerdrel.example"),
        ("lise", "lise"),
        ("", ""),
    ],
)
def test_ppr_01_an_address_is_the_same_however_it_is_written(typed: str, kept: str) -> None:
    """PPR-01: whatever its case, what nobody sees in it, and whichever way a browser sends the accents of its domain."""
    assert same_address(typed) == kept
    assert same_address(kept) == kept


def test_com_03_a_domain_with_accents_is_an_address_and_is_shown_with_them() -> None:
    """COM-03"""
    for typed in ("lise@société.fr", "lise@почта.рф"):
        assert is_address(same_address(typed))
        assert shown_address(same_address(typed)) == typed
    assert not is_address(same_address("иван@почта.рф"))
