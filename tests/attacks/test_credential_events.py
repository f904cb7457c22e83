"""Each credential event × each pending thing: what it ends, by a table written by hand.

A thief who was there before the event has, after it, only what stands in none of its columns. The registry
(models/identity/accounts/pending.py) must say the same, and so must what is left once the real verb was called.

Seen to fail: an entry taken out of the registry; an ender that ends nothing; a verb that does not ask the registry.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from models.identity.access import credentials, sessions
from models.identity.access.disavowal import disown
from models.identity.access.outcomes import SignedIn
from models.identity.access.second_step import PASSKEY, finish
from models.identity.access.sign_in import sign_in
from models.identity.accounts.links import Purpose
from models.identity.accounts.pending import ENDS, CredentialEvent, Pending
from models.identity.accounts.rules import Refused
from models.identity.factors.enrolment import remove
from models.identity.factors.passkeys import created
from models.identity.factors.queries import running_recovery
from models.identity.factors.rules import Kind
from models.identity.factors.tables import SecondFactor
from models.identity.habilitations.links import link, unlink
from models.identity.habilitations.tables import CoOwnerLink
from models.identity.people import actions as people
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from tests.attacks.pending_scene import CHOSEN, LATER, LINKS, NEW, WORDS, Scene, scene
from tests.models.identity.people.test_people import CAMILLE, HUGO, company, seen
from tests.support.accounts import NOW, RIGHT, WRONG, cheap_passwords
from tests.support.authenticator import Authenticator
from tests.support.databases import transaction
from tests.support.factors import add_passkey, half_way, options_of

__all__ = ["cheap_passwords", "company", "scene"]

E, P = CredentialEvent, Pending

TABLE = {
    #                     links                            sessions, attempts      given away
    E.PASSWORD_CHANGED:   "verify password address cancel  others half link lost",
    E.PASSWORD_RESET:     "verify password address cancel  others half link lost",
    E.ADDRESS_ASKED:      "address",
    E.ADDRESS_CHANGED:    "verify password address cancel  half lost",
    E.DISOWNED:           "verify password address cancel  others half link lost   calendar push invited vouched",
    E.ADDRESS_RESTORED:   "verify password address cancel restore others half link lost factor calendar push invited vouched",
    E.LOCKED:             "",
    E.FACTOR_ADDED:       "address cancel                  others half link lost",
    E.FACTOR_REMOVED:     "address cancel                  others half link lost",
    E.FACTOR_PROVEN:      "                                lost",
    E.FACTORS_RECOVERED:  "verify password address cancel  others half link lost",
    E.LINKED:             "                                link",
    E.UNLINKED:           "                                link",
    E.SESSION_ENDED:      "",
    E.CORRESPONDENT_ENDED: "                                                       invited vouched",
    E.CERTIFICATION_ENDED: "                               lost",
}  # fmt: skip
ITSELF = {E.SESSION_ENDED: "others link", E.FACTORS_RECOVERED: "factor"}
"""What the event is, rather than ends."""


def test_the_registry_says_what_the_table_says() -> None:
    """COM-02, COM-03: every event has a line, every pending thing a column; every kind of link is one of them."""
    assert set(TABLE) == set(E)
    assert set(WORDS) == set(P)
    assert {event: {WORDS[one] for one in ended} for event, ended in ENDS.items()} == {
        event: set(line.split()) for event, line in TABLE.items()
    }
    # The link by which one objects lives and dies with the request that it is about.
    assert set(LINKS.values()) | {Purpose.OBJECT} == set(Purpose)


async def _changed(scene: Scene) -> None:
    assert await credentials.change_password(scene.viewer, RIGHT, CHOSEN) is None


async def _reset(scene: Scene) -> None:
    assert await credentials.set_password(scene.links[P.PASSWORD_LINK], CHOSEN) == CAMILLE


async def _asked(scene: Scene) -> None:
    assert await credentials.ask_new_address(scene.viewer, RIGHT, "b@kerdrel.example") is None


async def _confirmed(scene: Scene) -> None:
    assert await credentials.confirm_address(scene.links[P.ADDRESS_LINK]) == NEW


async def _disowned(scene: Scene) -> None:
    assert await disown(scene.links[P.CANCEL_LINK]) == CAMILLE


async def _disowned_from_the_profile(scene: Scene) -> None:
    assert await credentials.change_password(scene.viewer, RIGHT, CHOSEN, disowned=True) is None


async def _disowned_by_a_link(scene: Scene) -> None:
    token = scene.links[P.PASSWORD_LINK]
    assert await credentials.set_password(token, CHOSEN, disowned=True) == CAMILLE


async def _restored(scene: Scene) -> None:
    assert await disown(scene.links[P.RESTORE_LINK]) == CAMILLE


async def _locked(_scene: Scene) -> None:
    for _ in range(5):
        assert isinstance(await sign_in(CAMILLE, WRONG), Refused)


async def _added(scene: Scene) -> None:
    await add_passkey(scene.viewer)


async def _removed(scene: Scene) -> None:
    async with transaction() as db:
        extra = SecondFactor(
            account_id=scene.number, kind=Kind.PASSKEY, label="extra", created_at=NOW, credential_id="extra"
        )  # fmt: skip
        db.add(extra)
    assert await remove(scene.viewer, extra.id or 0, RIGHT) is None


async def _proven(scene: Scene) -> None:
    key = Authenticator()
    new = created(key.create('{"challenge": "AAAA"}'), "AAAA")
    assert new is not None
    async with transaction() as db:
        db.add(
            SecondFactor(
                account_id=scene.number, kind=Kind.PASSKEY, label="own", created_at=NOW,
                credential_id=new.credential_id, public_key=new.public_key,
            )
        )  # fmt: skip
        row = running_recovery(db, scene.number)
        assert row is not None
        row.holds_from = NOW + timedelta(days=1)
    ceremony = await half_way(CAMILLE)
    assert isinstance(await finish(ceremony, PASSKEY, key.get(await options_of(ceremony))), SignedIn)


async def _recovered(_scene: Scene) -> None:
    assert isinstance(await sign_in(CAMILLE, RIGHT), SignedIn)


async def _linked(scene: Scene) -> None:
    assert await link(scene.viewer, CoOwner.DGDDI, "subject", None) is None


async def _unlinked(scene: Scene) -> None:
    async with transaction() as db:
        db.add(CoOwnerLink(account_id=scene.number, co_owner=CoOwner.DGFIP, subject="s", linked_at=NOW))
    assert await unlink(scene.viewer, CoOwner.DGFIP)


async def _signed_out(scene: Scene) -> None:
    await sessions.sign_out(scene.other)


async def _relieved(scene: Scene) -> None:
    assert await people.end_delegation(await seen(HUGO), scene.number) is None


async def _not_certified(scene: Scene) -> None:
    hugo = await seen(HUGO)
    await people.end_delegation(hugo, scene.number)
    assert await people.end_certification(hugo, scene.number) is None


HAPPENS: list[tuple[CredentialEvent, Callable[[Scene], Awaitable[None]]]] = [
    (E.PASSWORD_CHANGED, _changed),
    (E.PASSWORD_RESET, _reset),
    (E.ADDRESS_ASKED, _asked),
    (E.ADDRESS_CHANGED, _confirmed),
    (E.DISOWNED, _disowned),
    (E.DISOWNED, _disowned_from_the_profile),
    (E.DISOWNED, _disowned_by_a_link),
    (E.ADDRESS_RESTORED, _restored),
    (E.LOCKED, _locked),
    (E.FACTOR_ADDED, _added),
    (E.FACTOR_REMOVED, _removed),
    (E.FACTOR_PROVEN, _proven),
    (E.FACTORS_RECOVERED, _recovered),
    (E.LINKED, _linked),
    (E.UNLINKED, _unlinked),
    (E.SESSION_ENDED, _signed_out),
    (E.CORRESPONDENT_ENDED, _relieved),
    (E.CERTIFICATION_ENDED, _not_certified),
]


@pytest.mark.parametrize(
    ("event", "happens"), HAPPENS, ids=[happens.__name__.strip("_") for _, happens in HAPPENS]
)
async def test_each_event_ends_what_the_table_says(
    scene: Scene, event: CredentialEvent, happens: Callable[[Scene], Awaitable[None]]
) -> None:
    """COM-02, COM-03, COM-05: and nothing else."""
    with clock.fixed(LATER):
        await happens(scene)
        left = await scene.alive()
    ended = f"{TABLE[event]} {ITSELF.get(event, '')}".split()
    if event is E.CERTIFICATION_ENDED:  # who is certified no longer was relieved of the role first
        ended += TABLE[E.CORRESPONDENT_ENDED].split()
    assert set(WORDS.values()) - left == set(ended)


def test_every_event_was_tried() -> None:
    assert {event for event, _ in HAPPENS} == set(E)
