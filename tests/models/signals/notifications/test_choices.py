"""What each person chose, for every kind of event and every channel (SES-30)."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from models.identity.accounts.viewer import Viewer
from models.identity.letters.actions import settle_sent, take_due
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.subject import Subject
from models.signals.notifications.choices import preferences, set_digest, set_preference, set_quiet_hours
from models.signals.notifications.kinds import KINDS, Channel, Mode, NoticeKind, Side, modes_of
from models.signals.notifications.rules import PUSH_SETTLING, SETTLING, after_quiet, next_digest
from models.signals.services.vocabulary import PORTAL
from tests.factories import NOW
from tests.support.accounts import journal
from tests.support.notices import (
    World,
    action_required,
    add_browser,
    happen,
    letters,
    notices,
    pushes,
    relayed,
    told,
    viewer,
)

BLOCKED: dict[str, Any] = {
    "state": "blocked",
    "step": "decision",
    "owed_by": "sivep",
    "action": "decide_after_failure",
}
CAUSES: dict[str, tuple[str, dict[str, Any]]] = {
    "entry_refused": (
        "consignment.updated",
        {"state": "blocked", "step": "decision", "owed_by": "operator", "action": "carry_out_measure"}
        | {"facts": [{"step": "decision", "status": "unsatisfactory"}]},
    ),
    "declaration_refused": (
        "consignment.declared",
        {"owed_by": "operator", "action": "correct_declaration"}
        | {"facts": [{"step": "declaration", "status": "unsatisfactory"}]},
    ),
    "record_undone": (
        "consignment.step_undone",
        {"undone": {"step": "decision", "status": "satisfactory"}, "reason": "WRONG_ENTRY"},
    ),
    "action_required": ("consignment.observed", {"owed_by": "operator", "action": "pay_duties"}),
    "appointment_cancelled": ("appointment.cancelled", {"by": "post"}),
    "appointment_moved": ("appointment.moved", {"by": "post"}),
    "appointment_refused": ("appointment.refused", {"by": "post"}),
    "appointment_offered": ("appointment.offered", {"by": "system"}),
    "appointment_missed": ("appointment.not_presented", {"by": "post"}),
    "appointment_requested": ("appointment.requested", {"by": "operator"}),
    "appointment_confirmed": ("appointment.confirmed", {"by": "post"}),
    "blocked": ("consignment.observed", BLOCKED),
    "decision_awaited": ("consignment.observed", BLOCKED),
    "service_alert": (
        "service_alert.started",
        {"subject": PORTAL.subject, "siren": None, "post_code": None, "service_alert": 1}
        | {"service": "PORTAL", "mode": "", "since": "2026-03-24T09:00:00Z"},
    ),
    "alert_opened": (
        "alert.opened",
        {"subject": Subject.of("alert", 5), "siren": None, "alert": 5, "rule": "late"},
    ),
    "decision": ("consignment.observed", {"facts": [{"step": "decision", "status": "satisfactory"}]}),
    "released": ("consignment.observed", {"state": "released", "action": "collect"}),
    "message_refused": ("message.refused", {"subject": None, "siren": None, "message": "?"}),
    "email_undeliverable": ("account.email_undeliverable", {}),
    "step_advanced": ("consignment.arrived", {}),
}
"""A fact of each kind."""
HOLDERS = {
    Side.OPERATORS: "lise",
    Side.SERVICE_USERS: "lise",
    Side.CHECKERS: "sivep",
    Side.OFFICERS: "customs",
    Side.HANDLERS: "boss",
}
CELLS = [
    (kind, channel, mode)
    for kind, channel in product(NoticeKind, Channel)
    for mode in modes_of(kind, channel)
]


def test_every_kind_has_a_cause() -> None:
    """Else the enumeration below would miss it."""
    assert set(CAUSES) == set(KINDS) == set(NoticeKind)
    assert len(CELLS) == 125


async def someone(world: World, kind: NoticeKind) -> tuple[int, Viewer]:
    """Somebody whom that kind is for."""
    side = next(side for side in (*HOLDERS, Side.HOLDER) if side in KINDS[kind].sides)
    number = getattr(world, HOLDERS.get(side, "lise"))
    return number, await viewer(number)


@pytest.mark.parametrize(("kind", "channel", "mode"), CELLS)
async def test_ses_30_every_kind_by_every_channel(
    world: World, kind: NoticeKind, channel: Channel, mode: Mode
) -> None:
    """SES-30: told by that channel when it is on, later when it is a digest, not at all when it is off.

    The other channels stay as they are by default.
    """
    number, who = await someone(world, kind)
    await add_browser(number)
    if len(modes_of(kind, channel)) > 1:
        assert await set_preference(who, kind, channel, mode) is None
    cause, said = CAUSES[kind]
    await happen(
        cause,
        **(
            said
            | (
                {"account_id": number, "subject": Subject.of("account", number)}
                if kind == "email_undeliverable"
                else {}
            )
        ),
    )
    await relayed()
    modes = {one: KINDS[kind].default(one) for one in Channel} | {channel: mode}
    ways = [way for told_kind, way in await told(number) if told_kind == kind]
    assert sorted(ways) == sorted(one.value for one in Channel if modes[one] is not Mode.OFF)
    letter = [one.details["digest"] for one in await letters(number)]
    assert letter == ([] if modes[Channel.EMAIL] is Mode.OFF else [modes[Channel.EMAIL] is Mode.DIGEST])


@pytest.mark.parametrize("kind", [kind for kind, rule in KINDS.items() if rule.mandatory])
@pytest.mark.parametrize("mode", [Mode.OFF, Mode.DIGEST])
async def test_ses_30_what_must_be_told_is_always_written(world: World, kind: str, mode: Mode) -> None:
    """SES-30: refusals, what was undone, action required, appointment moved or cancelled cannot be switched off."""
    lise = await viewer(world.lise)
    refused = await set_preference(lise, kind, Channel.EMAIL, mode)
    assert isinstance(refused, Refusal)
    assert "toujours écrits" in refused.reason
    assert await set_preference(lise, kind, Channel.PORTAL, Mode.OFF) is None
    assert await set_preference(lise, kind, Channel.PUSH, Mode.OFF) is None


def test_what_is_mandatory_is_named() -> None:
    named = {kind for kind, rule in KINDS.items() if rule.mandatory}
    bad = {"entry_refused", "declaration_refused", "record_undone"}
    assert named == {"action_required", "appointment_moved", "appointment_cancelled"} | bad


async def test_wrong_settings_are_refused_in_words(world: World) -> None:
    lise = await viewer(world.lise)
    refusals = [
        await set_preference(None, "blocked", "email", "off"),
        await set_preference(lise, "nothing", "email", "off"),
        await set_preference(lise, "blocked", "pigeon", "off"),
        await set_preference(lise, "blocked", "email", "sometimes"),
        await set_preference(lise, "blocked", "push", "digest"),
        await set_quiet_hours(None, 1, 2),
        await set_quiet_hours(lise, 60, None),
        await set_quiet_hours(lise, 60, 60),
        await set_quiet_hours(lise, -1, 60),
        await set_quiet_hours(lise, 0, 24 * 60),
        await set_digest(None, 7),
        await set_digest(lise, 24),
    ]
    assert all(isinstance(one, Refusal) and one.reason.endswith(".") for one in refusals)
    assert await journal("notification.chosen") == await journal("notification.hours_set") == []


async def test_a_page_of_preferences_lists_what_the_role_knows(world: World) -> None:
    """And says what holds, chosen or not."""
    lise, sivep = await viewer(world.lise), await viewer(world.sivep)
    await set_preference(lise, "blocked", "email", "digest")
    mine = await read(lambda db: preferences(db, lise))
    theirs = await read(lambda db: preferences(db, sivep))
    assert {one.kind for one in mine} & {"alert_opened", "appointment_requested"} == set()
    assert {one.kind for one in theirs} & {"action_required", "released"} == set()
    blocked = next(one for one in mine if one.kind == "blocked")
    assert blocked.modes == {"portal": "on", "email": "digest", "push": "on"}
    (entry,) = await journal("notification.chosen")
    assert (entry.actor, entry.payload["event"], entry.payload["mode"]) == (
        f"account:{world.lise}",
        "blocked",
        "digest",
    )


async def test_choosing_the_default_again_forgets_the_choice(world: World) -> None:
    """A default that changes later then holds for them too."""
    lise = await viewer(world.lise)
    for mode in ("off", "on"):
        await set_preference(lise, "blocked", "email", mode)
    await happen(**BLOCKED)
    await relayed()
    assert ("blocked", "email") in await told(world.lise)


async def test_quiet_hours_hold_what_may_wait(world: World) -> None:
    """A phone never rings then; what is urgent is written at once all the same: an e-mail rings nowhere."""
    lise = await viewer(world.lise)
    await add_browser(world.lise)
    assert await set_quiet_hours(lise, 9 * 60, 12 * 60) is None
    noon = datetime(2026, 3, 24, 11, tzinfo=UTC)
    await happen(**BLOCKED)
    await relayed()
    assert [one.due_at for one in await letters(world.lise)] == [noon]
    assert [one.due_at for one in await pushes(world.lise)] == [noon]
    assert len(await notices(world.lise)) == 1
    await action_required()
    await relayed()
    assert [one.due_at for one in await letters(world.lise)] == [NOW]
    assert [one.due_at for one in await pushes(world.lise)] == [noon]


async def test_without_quiet_hours_it_settles_for_a_moment(world: World) -> None:
    await add_browser(world.lise)
    await happen(**BLOCKED)
    await relayed()
    assert [one.due_at for one in await letters(world.lise)] == [NOW + SETTLING]
    assert [one.due_at for one in await pushes(world.lise)] == [NOW + PUSH_SETTLING]


async def test_the_digest_leaves_once_a_day_at_the_hour_chosen(world: World) -> None:
    """All that came in a day is one letter."""
    await set_digest(await viewer(world.lise), 18)
    for hours in (0, 2, 7):
        with clock.fixed(NOW + timedelta(hours=hours)):
            await happen()
            await relayed()
    due, tomorrow = datetime(2026, 3, 24, 17, tzinfo=UTC), datetime(2026, 3, 25, 6, tzinfo=UTC)
    assert [one.due_at for one in await letters(world.lise)] == [due]
    assert [one.due_at for one in await letters(world.paul)] == [tomorrow]
    with clock.fixed(due):
        (taken,) = await take_due()
        await settle_sent(taken.id)
    with clock.fixed(NOW + timedelta(hours=9)):
        await happen()
        await relayed()
    assert [one.due_at for one in await letters(world.lise)] == [None, due + timedelta(days=1)]


@pytest.mark.parametrize(
    ("at", "quiet", "until"),
    [
        ("2026-03-24T20:59Z", (22 * 60, 7 * 60), "2026-03-24T20:59Z"),
        ("2026-03-24T21:00Z", (22 * 60, 7 * 60), "2026-03-25T06:00Z"),
        ("2026-03-25T05:59Z", (22 * 60, 7 * 60), "2026-03-25T06:00Z"),
        ("2026-03-25T06:00Z", (22 * 60, 7 * 60), "2026-03-25T06:00Z"),
        ("2026-03-28T22:00Z", (22 * 60, 7 * 60), "2026-03-29T05:00Z"),
        ("2026-10-24T21:00Z", (22 * 60, 7 * 60), "2026-10-25T06:00Z"),
        ("2026-03-24T12:00Z", (12 * 60, 14 * 60), "2026-03-24T13:00Z"),
        ("2026-03-24T12:00Z", (None, None), "2026-03-24T12:00Z"),
    ],
)
def test_quiet_hours_go_over_midnight_and_over_summer_time(
    at: str, quiet: tuple[int | None, int | None], until: str
) -> None:
    assert after_quiet(datetime.fromisoformat(at), *quiet) == datetime.fromisoformat(until)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-24T05:59Z", "2026-03-24T06:00Z"),
        ("2026-03-24T06:00Z", "2026-03-25T06:00Z"),
        ("2026-03-28T12:00Z", "2026-03-29T05:00Z"),
        ("2026-10-24T12:00Z", "2026-10-25T06:00Z"),
    ],
)
def test_a_digest_leaves_at_the_same_hour_in_summer(at: str, due: str) -> None:
    assert next_digest(datetime.fromisoformat(at), 7) == datetime.fromisoformat(due)
