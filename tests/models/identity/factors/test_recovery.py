"""Signing in without the second factor: asked, certified by who may, after a day, with a way to object at each step.

Seen to fail: `recovered` that does not look at `holds_from`; `may_certify` that lets a correspondent of another company,
or the holder, certify; a proven factor that leaves the request.
"""

from datetime import timedelta

import pytest

from models.identity.access.disavowal import disown
from models.identity.access.outcomes import Halfway, SignedIn
from models.identity.access.queries.viewers import viewer_of
from models.identity.access.second_step import PASSKEY, finish
from models.identity.access.sign_in import sign_in
from models.identity.accounts.links import Purpose
from models.identity.accounts.rules import Refused, Role
from models.identity.accounts.viewer import Viewer
from models.identity.factors.queries import codes_left, factors_of, recoveries
from models.identity.factors.recovery import ask_recovery, certify_recovery, decline_recovery
from models.identity.factors.rules import RECOVERY_DELAY, RECOVERY_LIFE
from models.identity.letters.kinds import letter
from models.identity.letters.tables import Email
from models.identity.people import actions as people
from models.kernel import clock
from models.kernel.refusal import Refusal
from tests.models.identity.people.test_people import CAMILLE, HUGO, STRANGER, company, seen
from tests.support.accounts import NOW, RIGHT, cheap_passwords, journal, make_account, make_session
from tests.support.authenticator import Authenticator
from tests.support.databases import both_databases, reading
from tests.support.factors import add_passkey, half_way, options_of, viewer_behind
from tests.support.letters import posted, token_to
from tests.support.notices import rows

__all__ = ["cheap_passwords", "company"]
DESK = "desk@passavant.example"


@pytest.fixture
async def lost(company: dict[str, int]) -> tuple[dict[str, int], Authenticator]:
    """Hugo has a passkey, cannot find it, and asks; the desk is there too."""
    await make_account(DESK, None, Role.SUPERVISOR)
    await people.name_correspondent(company[STRANGER], "950120345")
    with clock.fixed(NOW):
        key, _ = await add_passkey(await viewer_behind(await make_session(HUGO)))
        assert await ask_recovery(await half_way(HUGO)) is None
    return company, key


async def enters(at: timedelta) -> bool:
    """Whether Hugo's password alone opens a session, so long after."""
    with clock.fixed(NOW + at):
        return isinstance(await sign_in(HUGO, RIGHT), SignedIn)


@both_databases
async def test_a_certified_request_holds_a_day_later(lost: tuple[dict[str, int], Authenticator]) -> None:
    """COM-02, PPR-10: not before; then every factor is gone, once, and each step was told and journalled."""
    number = lost[0][HUGO]
    assert not await enters(timedelta(hours=1)), "nobody certified"
    with clock.fixed(NOW):
        assert await certify_recovery(await seen(CAMILLE), number) is None
        assert isinstance(await certify_recovery(await seen(CAMILLE), number), Refusal)
    assert not await enters(RECOVERY_DELAY - timedelta(seconds=1))
    assert await enters(RECOVERY_DELAY)
    async with reading() as db:
        assert factors_of(db, number) == []
        assert codes_left(db, number) == 0
    assert await posted(HUGO) == ["factor_added", "recovery_asked", "recovery_certified", "factors_recovered"]
    for kind in ("recovery_asked", "recovery_certified", "recovered"):
        assert [one.payload["account_id"] for one in await journal(f"factor.{kind}")] == [number]
    with clock.fixed(NOW + RECOVERY_DELAY):
        await add_passkey(await viewer_behind(await make_session(HUGO)))
        assert isinstance(await sign_in(HUGO, RIGHT), Halfway), "a new factor is asked for again"


async def test_who_may_certify(lost: tuple[dict[str, int], Authenticator]) -> None:
    """PPR-10: a correspondent of the company, or the desk; not another's, not a colleague, not the holder."""
    numbers, _ = lost
    with clock.fixed(NOW):
        paul, camille = await seen(STRANGER), await seen(CAMILLE)
        for who in (paul, await _plain()):
            assert isinstance(await certify_recovery(who, numbers[HUGO]), Refusal)
            assert isinstance(await decline_recovery(who, numbers[HUGO]), Refusal)
            async with reading() as db:
                assert recoveries(db, who) == []
        desk = await viewer_behind(await make_session(DESK))
        for who in (camille, desk):
            async with reading() as db:
                assert [one.account_id for one in recoveries(db, who)] == [numbers[HUGO]]
        assert isinstance(await certify_recovery(camille, numbers[CAMILLE]), Refusal)
        assert isinstance(await certify_recovery(camille, 999), Refusal)
        assert await certify_recovery(desk, numbers[HUGO]) is None


async def _plain() -> Viewer:
    await make_account("lea@kerdrel.example")
    return await seen("lea@kerdrel.example")


async def test_nobody_certifies_for_themselves(company: dict[str, int]) -> None:
    """PPR-10: another correspondent or the desk does, for a correspondent."""
    with clock.fixed(NOW):
        session = await make_session(CAMILLE)
        await add_passkey(await viewer_behind(session))
        await ask_recovery(await half_way(CAMILLE))
        assert isinstance(await certify_recovery(await viewer_behind(session), company[CAMILLE]), Refusal)


@pytest.mark.parametrize("certified", [False, True])
async def test_the_holder_objects(lost: tuple[dict[str, int], Authenticator], certified: bool) -> None:
    """COM-02: with the link of either letter: the request ends, and the password that the thief knew with it."""
    numbers, _ = lost
    with clock.fixed(NOW):
        if certified:
            await certify_recovery(await seen(CAMILLE), numbers[HUGO])
        assert await disown(await token_to(HUGO, Purpose.OBJECT)) == HUGO
        assert isinstance(await certify_recovery(await seen(CAMILLE), numbers[HUGO]), Refusal)
        assert isinstance(await sign_in(HUGO, RIGHT), Refused)
    async with reading() as db:
        assert len(factors_of(db, numbers[HUGO])) == 1


async def test_a_factor_that_is_found_ends_the_request(lost: tuple[dict[str, int], Authenticator]) -> None:
    numbers, key = lost
    with clock.fixed(NOW):
        await certify_recovery(await seen(CAMILLE), numbers[HUGO])
        ceremony = await half_way(HUGO)
        done = await finish(ceremony, PASSKEY, key.get(await options_of(ceremony)))
        assert isinstance(done, SignedIn)
    assert not await enters(RECOVERY_DELAY)


async def test_a_request_does_not_wait_for_ever(lost: tuple[dict[str, int], Authenticator]) -> None:
    """Uncertified, or certified and not used: after a week it is nothing."""
    numbers, _ = lost
    with clock.fixed(NOW + RECOVERY_LIFE):
        assert isinstance(await certify_recovery(await seen(CAMILLE), numbers[HUGO]), Refusal)
        await ask_recovery(await half_way(HUGO))
        assert await certify_recovery(await seen(CAMILLE), numbers[HUGO]) is None
    assert not await enters(RECOVERY_LIFE + RECOVERY_DELAY + RECOVERY_LIFE)


async def test_a_request_that_is_declined_is_over(lost: tuple[dict[str, int], Authenticator]) -> None:
    numbers, _ = lost
    with clock.fixed(NOW):
        assert await decline_recovery(await seen(CAMILLE), numbers[HUGO]) is None
        assert isinstance(await certify_recovery(await seen(CAMILLE), numbers[HUGO]), Refusal)
    assert not await enters(RECOVERY_DELAY)


@pytest.mark.usefixtures("lost")
async def test_asking_twice_is_asking_once_and_needs_the_password() -> None:
    """SES-53: a letter once; nothing without a sign-in half-way."""
    with clock.fixed(NOW):
        assert await ask_recovery(await half_way(HUGO)) is None
        for wrong in (None, "", "x"):
            assert isinstance(await ask_recovery(wrong), Refused)
    assert (await posted(HUGO)).count("recovery_asked") == 1
    async with reading() as db:
        assert viewer_of("x", db) is None
    told = [letter(one.kind, one.details) for one in await rows(Email) if one.kind.startswith("recovery")]
    assert all(one.address for one in told)
