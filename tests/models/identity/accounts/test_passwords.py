import ast
from pathlib import Path

import bcrypt
import pytest

from models.identity.accounts import passwords


async def test_only_the_right_secret_verifies() -> None:
    kept = await passwords.make_hash("Passavant-2026!")
    assert await passwords.verify("Passavant-2026!", kept)
    assert not await passwords.verify("Passavant-2026", kept)


@pytest.mark.parametrize("end", ["x", "\0x", "€"])
async def test_every_character_counts_beyond_72_bytes_and_after_a_zero(end: str) -> None:
    kept = await passwords.make_hash("é" * 60 + "\0")
    assert not await passwords.verify("é" * 60 + "\0" + end, kept)
    assert not await passwords.verify("é" * 60, kept)


async def test_accents_verify_however_the_keyboard_composes_them() -> None:
    assert await passwords.verify("e\u0301", await passwords.make_hash("\u00e9"))


async def test_com_02_without_an_account_bcrypt_still_works_as_hard(monkeypatch: pytest.MonkeyPatch) -> None:
    """COM-02: the time of the answer does not tell whether the account exists."""
    costs: list[bytes] = []
    real = bcrypt.checkpw

    def watched(password: bytes, hashed: bytes) -> bool:
        costs.append(hashed[:7])
        return real(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", watched)
    await passwords.verify("x", await passwords.make_hash("y"))
    assert not await passwords.verify("x", None)
    assert costs == [b"$2b$04$", b"$2b$04$"]


def test_the_cost_in_production_is_twelve() -> None:
    """Read from the source, since tests lower it."""
    module = ast.parse(Path(passwords.__file__).read_text())
    values = [
        ast.literal_eval(node.value)
        for node in module.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COST"
    ]
    assert values == [12]
