"""Preferences, phones, an address that refuses; what was set aside, for supervisors (SES-30, SES-31, SES-32)."""

import pytest

from models.identity.accounts.tables import Account
from models.identity.letters.actions import settle_failed
from models.identity.letters.tables import Email
from models.kernel import clock
from models.kernel.database import read
from models.signals.notifications.tables import PushMessage, PushSubscription
from tests.state.pipeline import Json, Tab
from tests.state.signals.test_notifications import pushed, relayed, since
from tests.state.world import World
from tests.support.databases import transaction
from tests.support.notices import browser_keys, rows

PATH = "/notifications/reglages"
ENDPOINT = "https://push.example.org/one"


def shown(tab: Tab) -> Json:
    """What the page of preferences shows."""
    return tab.shown["NoticeSettings"]


def row(tab: Tab, key: str) -> Json:
    """One kind of event."""
    (found,) = [one for one in shown(tab)["rows"] if one["key"] == key]
    return dict(found)


async def opened(world: World, who: str = "importateur") -> Tab:
    """The page, as that person."""
    tab = await world.tab(who)
    await tab.connect(PATH)
    return tab


async def test_ses_30_a_choice_is_kept_at_once_and_said_on_every_screen(world: World) -> None:
    """SES-30: per kind of event and channel."""
    tab, other = await opened(world), await opened(world)
    before = await since()
    await tab.send("NoticeSettings.choose", {"kind": "decision", "channel": "email", "mode": "digest"})
    assert shown(tab)["done"] == "Enregistré\u00a0: Décision rendue, e-mail, résumé du jour."
    await tab.send("NoticeSettings.choose", {"kind": "released", "channel": "push", "mode": "off"})
    assert shown(tab)["done"] == "Enregistré\u00a0: Envoi libéré, téléphone, non."
    await pushed(before)
    assert (row(other, "decision")["email"], row(other, "released")["push"]) == ("digest", False)


async def test_what_cannot_be_switched_off_says_why(world: World) -> None:
    """SES-30: an action required, an appointment moved or cancelled are always written."""
    tab = await opened(world)
    for kind in ("action_required", "appointment_moved", "appointment_cancelled"):
        line = row(tab, kind)
        assert (len(line["emails"]), line["email_word"], bool(line["why"])) == (1, "Toujours", True)
    await tab.send("NoticeSettings.choose", {"kind": "action_required", "channel": "email", "mode": "off"})
    assert "toujours écrits" in shown(tab)["error"]
    assert row(tab, "action_required")["email"] == "on"


@pytest.mark.parametrize(
    "made_up", [("x", "email", "on"), ("decision", "x", "on"), ("decision", "push", "digest")]
)
async def test_a_choice_that_does_not_exist_is_refused(world: World, made_up: tuple[str, str, str]) -> None:
    tab = await opened(world)
    kind, channel, mode = made_up
    await tab.send("NoticeSettings.choose", {"kind": kind, "channel": channel, "mode": mode})
    assert (shown(tab)["done"], bool(shown(tab)["error"])) == ("", True)


async def test_each_role_is_offered_what_it_can_be_told(world: World) -> None:
    importer, officer = await opened(world), await opened(world, "sivep")
    operator, checker = ({one["key"] for one in shown(tab)["rows"]} for tab in (importer, officer))
    assert "released" in operator - checker
    assert {"alert_opened", "appointment_requested"} <= checker - operator


async def test_quiet_hours_and_the_hour_of_the_digest(world: World) -> None:
    tab = await opened(world)
    assert shown(tab)["hours"] == {
        "quiet": False,
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "digest": "7",
    }
    await tab.send("NoticeSettings.keep_quiet", {"form": {"quiet_from": "21:30", "quiet_until": "06:00"}})
    await tab.send("NoticeSettings.set_time", {"value": "18"})
    assert shown(tab)["hours"] == {
        "quiet": True,
        "quiet_from": "21:30",
        "quiet_until": "06:00",
        "digest": "18",
    }
    for first, wrong in (("", "quiet_from"), ("25:00", "quiet_from"), ("06:00", "quiet_until")):
        await tab.send("NoticeSettings.keep_quiet", {"form": {"quiet_from": first, "quiet_until": "06:00"}})
        assert list(shown(tab)["draft"]["errors"]) == [wrong]
    await tab.send("NoticeSettings.set_time", {"value": "24"})
    assert shown(tab)["error"]
    await tab.send("NoticeSettings.end_quiet")
    assert (shown(tab)["hours"]["quiet"], shown(tab)["hours"]["digest"]) == (False, "18")


async def test_a_phone_is_added_named_and_removed(world: World) -> None:
    """SES-30: its address never comes back to a screen; another person cannot remove it."""
    tab = await opened(world)
    p256dh, auth = browser_keys()
    form = {"endpoint": ENDPOINT, "p256dh": p256dh, "auth": auth}
    await tab.send("NoticeSettings.subscribe", {"form": form})
    (device,) = shown(tab)["devices"]
    assert (device["print"], shown(tab)["prints"]) == (device["print"], device["print"])
    assert ENDPOINT not in "\n".join(tab.said)
    rival = await opened(world, "concurrent")
    await rival.send("NoticeSettings.remove", {"key": device["key"]})
    assert shown(rival)["error"] == "Cet appareil ne reçoit déjà plus de notifications."
    assert len(await rows(PushSubscription)) == 1
    await tab.send("NoticeSettings.remove", {"key": device["key"]})
    assert (shown(tab)["devices"], shown(tab)["error"]) == ([], "")


@pytest.mark.parametrize("form", [{}, {"endpoint": "http://127.0.0.1/", "p256dh": "x", "auth": "y"}])
async def test_what_is_no_browser_is_refused(world: World, form: Json) -> None:
    tab = await opened(world)
    await tab.send("NoticeSettings.subscribe", {"form": form})
    assert (shown(tab)["devices"], "Mettez-le à jour" in shown(tab)["error"]) == ([], True)


async def refused(world: World, who: str, reason: str = "550 no such mailbox") -> str:
    """A letter to that person, refused for good; its number."""
    account_id, now = world.accounts[who], clock.now()
    async with transaction() as db:
        address = db.get_one(Account, account_id).email
        db.add(
            Email(
                id="letter-1", kind="invited", to=address, account_id=account_id, created_at=now, due_at=now
            )
        )
    await settle_failed("letter-1", reason, for_ever=True, unreachable=True)
    return "letter-1"


async def test_ses_31_a_refused_address_is_told_to_its_holder_on_every_page(world: World) -> None:
    """SES-31: at once where a page is open; nobody else is told."""
    tab, rival = await world.tab("importateur"), await world.tab("concurrent")
    await tab.connect("/suivi")
    await rival.connect("/suivi")
    assert [one.shown["Session"]["unreachable"] for one in (tab, rival)] == [False, False]
    rival.said.clear()
    before = await since()
    await refused(world, "importateur")
    await relayed()
    await pushed(before)
    assert [one.shown["Session"]["unreachable"] for one in (tab, rival)] == [True, False]


async def test_ses_32_supervisors_see_and_replay_what_was_set_aside(world: World) -> None:
    """SES-32: with the server's words, and nobody's name; no one else sees the page."""
    key = await refused(world, "importateur", "550 importateur@demo.passavant.fr does not exist")
    tab, other = await world.tab("superviseur"), await world.tab("superviseur")
    for one in (tab, other):
        await one.connect("/agent/envois-en-echec")
    (line,) = tab.shown["Undelivered"]["rows"]
    assert (line["key"], line["what"], line["channel"]) == (key, "Invitation dans une entreprise", "E-mail")
    assert "importateur" not in "\n".join(tab.said)
    before = await since()
    await tab.send("Undelivered.replay", {"key": key})
    assert (tab.shown["Undelivered"]["rows"], tab.shown["Undelivered"]["done"]) == ([], "L’envoi repart.")
    await pushed(before)
    assert other.shown["Undelivered"]["rows"] == []
    await other.send("Undelivered.replay", {"key": key})
    assert "n’est plus mis de côté" in other.shown["Undelivered"]["error"]
    letter = await read(lambda db: db.get_one(Email, key))
    assert letter.due_at is not None
    for who in ("sivep", "importateur"):
        stranger = await world.tab(who)
        await stranger.connect("/agent/envois-en-echec")
        assert (stranger.shown["Undelivered"]["rows"], bool(stranger.shown["Undelivered"]["refusal"])) == (
            [],
            True,
        )


async def test_a_push_that_was_given_up_is_listed_too(world: World) -> None:
    now = clock.now()
    async with transaction() as db:
        db.add(
            PushMessage(
                id="push-1", account_id=world.accounts["importateur"], subscription_id=1, subject="x",
                created_at=now, due_at=None, given_up_at=now, attempts=8,
            )
        )  # fmt: skip
    tab = await world.tab("superviseur")
    await tab.connect("/agent/envois-en-echec")
    (line,) = tab.shown["Undelivered"]["rows"]
    assert (line["what"], line["channel"], line["problem"]) == (
        "Notification",
        "Téléphone",
        "Aucune raison donnée",
    )
