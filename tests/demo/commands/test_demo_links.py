"""The demonstration's people are linked at the start, once."""

import pytest
from sqlmodel import col, select

from demo.co_owners.people import WHO, people_of
from demo.commands.accounts import create_demo_accounts
from demo.commands.links import LEFT_TO_TRY, link_demo_accounts
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.links import unlink
from models.identity.habilitations.tables import CoOwnerLink
from models.kernel.co_owners import CoOwner
from models.kernel.settings.portal import settings
from tests.support.accounts import cheap_passwords, journal
from tests.support.databases import reading

__all__ = ["cheap_passwords"]


async def _links() -> set[tuple[str, str]]:
    asked = select(Account.email, CoOwnerLink.co_owner, CoOwnerLink.subject).join(
        CoOwnerLink, col(CoOwnerLink.account_id) == Account.id
    )
    async with reading() as db:
        found = db.exec(asked).all()
    subjects = {one.subject: one.login for co_owner in CoOwner for one in people_of(co_owner)}
    assert {email.partition("@")[0] for email, _, _ in found} == {subjects[one] for *_, one in found}
    return {(email.partition("@")[0], co_owner) for email, co_owner, _ in found}


@pytest.mark.usefixtures("database")
async def test_each_is_linked_once_and_keeps_what_customs_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    """PPR-04, PPR-05: with the accounts that the provider has; a link that was ended stays so."""
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    await create_demo_accounts()
    await link_demo_accounts()
    assert await _links() == {(who, co_owner) for who in WHO if who != LEFT_TO_TRY for co_owner in CoOwner}
    assert await journal("habilitation.withdrawn") == [], "both sides agree on the customs rights"
    async with reading() as db:
        account = db.exec(select(Account).where(Account.email == "comptable@demo.passavant.fr")).one()
    await unlink(Viewer(account.id or 0, "", "", Role.OPERATOR), CoOwner.URSSAF)
    await link_demo_accounts()
    assert ("comptable", "URSSAF") not in await _links()
