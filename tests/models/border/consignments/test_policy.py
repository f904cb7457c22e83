"""SES-04, SES-05: what exists for whom, in lists (`visible`) and in live updates (`concerns`) alike."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.border.consignments.policy import WITHIN, concerns, may_follow, scope_of, seeing, sight, visible
from models.border.consignments.tables import Consignment
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import read
from models.kernel.rows import find_rows
from models.kernel.statements.compiled import Question
from tests.factories import NOW, A, B, C, add_basics, keep, officer, operator, row
from tests.support.accounts import (
    cheap_passwords,
    grant,
    make_account,
    make_session,
    mandate,
)
from tests.support.databases import both_databases, reading

__all__ = ["cheap_passwords"]

_WHERE = [(siren, post) for siren in (A, B, None) for post in ("FRLEH1", "FRCDG4")]
"""Consignments 1 to 6: of A, of B, of nobody we know; each at Le Havre, then at Roissy."""

VIEWERS: dict[str, tuple[Viewer, set[int]]] = {
    "operator of A": (operator(A), {1, 2}),
    "operator of B": (operator(B), {3, 4}),
    "operator of C, who has none": (operator(C), set()),
    "operator without habilitation": (operator(A, follows=False), set()),
    "operator without company": (operator(None), set()),
    "inspector at Le Havre": (officer(Role.SIVEP), {1, 3, 5}),
    "inspector at Roissy": (officer(Role.SIVEP, "FRCDG4"), {2, 4, 6}),
    "inspector at both": (officer(Role.SIVEP, "FRLEH1", "FRCDG4"), {1, 2, 3, 4, 5, 6}),
    "inspector at Dunkerque": (officer(Role.SIVEP, "FRDKK1"), set()),
    "inspector without post": (Viewer(2, "s", "Ada", Role.SIVEP), set()),
    "customs at Le Havre": (officer(Role.CUSTOMS), {1, 3, 5}),
    "customs at Roissy": (officer(Role.CUSTOMS, "FRCDG4"), {2, 4, 6}),
    "supervisor": (officer(Role.SUPERVISOR), {1, 2, 3, 4, 5, 6}),
    "dgitm": (officer(Role.DGITM), set()),
}


async def _seen(viewer: Viewer) -> set[int]:
    async with reading() as db:
        found = db.exec(select(Consignment.reference).where(visible(viewer)))
        return {int(reference[-7:]) for reference in found}


async def _seen_once_made(viewer: Viewer) -> set[int]:
    """The same by a statement that is made once for all who see as much: WITHIN, and what seeing() fills it with."""
    made = Question(select(Consignment.reference).where(WITHIN[scope_of(viewer)]))
    rows = await read(lambda db: find_rows(db, made, **seeing(viewer)))
    return {int(reference[-7:]) for (reference,) in rows}


async def _fill() -> None:
    await add_basics()
    await keep(*(row(n, siren, post_code=post) for n, (siren, post) in enumerate(_WHERE, 1)))


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_04_ses_05_lists_and_live_updates_show_the_same() -> None:
    """SES-04, SES-05: the whole matrix; no viewer sees one consignment more in one than in the other."""
    await _fill()
    for name, (viewer, expected) in VIEWERS.items():
        told = {n for n, (siren, post) in enumerate(_WHERE, 1) if concerns(viewer, siren, post)}
        assert (name, await _seen(viewer), told) == (name, expected, expected)
        assert (name, await _seen_once_made(viewer)) == (name, expected)


@pytest.mark.usefixtures("database")
async def test_ses_04_ses_05_statements_are_kept_for_who_sees_the_same() -> None:
    """SES-04, SES-05: what is left of a viewer in the key of a kept statement still says what it sees. Fails
    when sight() forgets a post, or a right.
    """
    await _fill()
    for viewer, expected in VIEWERS.values():
        assert await _seen(sight(viewer)) == expected
    same = [replace(operator(A), account_id=n, session_id=str(n)) for n in range(2)]
    assert len({sight(viewer) for viewer in [*same, operator(B)]}) == 2


def test_ses_05_every_role_stands_in_the_matrix() -> None:
    """SES-05: a new role needs its lines above."""
    assert {viewer.role for viewer, _ in VIEWERS.values()} == set(Role)


@pytest.mark.usefixtures("database")
async def test_ses_04_a_mandate_opens_and_its_end_closes() -> None:
    """SES-04: represented, then no longer; the same person, the same session."""
    await _fill()
    await grant(await make_account(siren=C), C)
    await mandate(B, C, ends_at=NOW + timedelta(hours=1))
    with clock.fixed(NOW):
        session_id = await make_session()
    seen = []
    for at in (NOW, NOW + timedelta(hours=2)):
        with clock.fixed(at):
            async with reading() as db:
                viewer = viewer_of(session_id, db)
            assert viewer is not None
            works_for_b = B in [choice.siren for choice in viewer.choices]
            seen.append((works_for_b, await _seen(_for(viewer, B if works_for_b else C))))
    assert seen == [(True, {3, 4}), (False, set())]


def _for(viewer: Viewer, siren: str) -> Viewer:
    return Viewer(viewer.account_id, viewer.session_id, viewer.name, viewer.role, siren, rights=viewer.rights)


@pytest.mark.parametrize(
    ("viewer", "word"),
    [(None, "session"), (officer(Role.DGITM), "statistiques"), (operator(follows=False), "habilitation")],
)
def test_ses_04_who_may_not_follow_is_told_why(viewer: Viewer | None, word: str) -> None:
    """SES-04, SES-50"""
    refusal = may_follow(viewer)
    assert refusal is not None
    assert word in refusal.reason


@pytest.mark.parametrize("viewer", [operator(), *(officer(role) for role in (Role.SIVEP, Role.SUPERVISOR))])
def test_ses_01_the_others_may_follow(viewer: Viewer) -> None:
    """SES-01"""
    assert may_follow(viewer) is None
