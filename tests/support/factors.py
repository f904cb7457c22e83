"""Second factors for tests: added in one line, and the ways to prove them."""

import pyotp

from models.identity.access.outcomes import Halfway
from models.identity.access.queries.viewers import viewer_of
from models.identity.access.second_step import waiting
from models.identity.access.sign_in import sign_in
from models.identity.accounts.viewer import Viewer
from models.identity.factors import enrolment
from models.identity.factors.enrolment import Adding
from models.identity.factors.passkeys import to_get
from models.identity.factors.rules import Kind
from models.kernel import clock
from tests.support.accounts import EMAIL, RIGHT
from tests.support.authenticator import Authenticator
from tests.support.databases import reading


async def viewer_behind(session_id: str) -> Viewer:
    async with reading() as db:
        found = viewer_of(session_id, db)
    assert found is not None
    return found


async def add_passkey(viewer: Viewer, key: Authenticator | None = None) -> tuple[Authenticator, list[str]]:
    """A passkey of that person; with the recovery codes of the first factor."""
    key = key or Authenticator()
    started = await enrolment.start(viewer, Kind.PASSKEY, RIGHT, "Téléphone")
    assert isinstance(started, Adding), started
    codes = await enrolment.add(viewer, started.ceremony_id, key.create(started.options))
    assert isinstance(codes, list), codes
    return key, codes


async def add_application(viewer: Viewer) -> tuple[pyotp.TOTP, list[str]]:
    """An application of codes of that person; with the recovery codes of the first factor."""
    started = await enrolment.start(viewer, Kind.TOTP, RIGHT, "")
    assert isinstance(started, Adding), started
    application = pyotp.TOTP(started.secret)
    codes = await enrolment.add(viewer, started.ceremony_id, {"code": code_of(application)})
    assert isinstance(codes, list), codes
    return application, codes


def code_of(application: pyotp.TOTP) -> str:
    """The code that the application shows now."""
    return application.at(clock.now())


async def half_way(email: str = EMAIL, password: str = RIGHT) -> str:
    """A sign-in after its password: the ceremony that waits."""
    outcome = await sign_in(email, password)
    assert isinstance(outcome, Halfway), outcome
    return outcome.ceremony_id


async def options_of(ceremony_id: str) -> str:
    """What the page of that sign-in asks of a passkey."""
    found = await waiting(ceremony_id)
    assert found is not None
    return to_get(found.challenge, found.ways.passkeys)
