"""What each person chose: per kind of event and channel, quiet hours, the hour of the daily digest (SES-30)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete
from sqlmodel import col

from models.identity.accounts.actors import actor_of
from models.identity.accounts.facts import record_of
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.signals.notifications.cursors import account_row, touch
from models.signals.notifications.kinds import KINDS, Channel, Mode, NoticeKind, Side, modes_of
from models.signals.notifications.queries.choices import chosen_by
from models.signals.notifications.queries.cursors import accounts_known
from models.signals.notifications.rules import DIGEST_HOUR
from models.signals.notifications.tables import NoticeAccount, NoticeChoice

_SIGNED_OUT = Refusal("Votre session est terminée. Reconnectez-vous pour régler vos notifications.")
_UNKNOWN = Refusal("Ce réglage n’existe pas. Rechargez la page, puis réessayez.")
_MANDATORY = Refusal(
    "Une action requise, un rendez-vous déplacé ou annulé vous sont toujours écrits\u00a0: "
    "sans cela, la marchandise resterait au poste. Vous pouvez régler les autres canaux."
)
_WRONG_HOURS = Refusal("Choisissez deux heures différentes, entre 00:00 et 23:59.")
_WRONG_HOUR = Refusal("Choisissez une heure pleine, de 0 à 23.")
_LAST_MINUTE = 24 * 60 - 1
_EVERYBODY = (Side.SERVICE_USERS, Side.HOLDER)
_SIDES: Mapping[Role, frozenset[Side]] = {
    Role.OPERATOR: frozenset({Side.OPERATORS, *_EVERYBODY}),
    Role.SIVEP: frozenset({Side.CHECKERS, Side.OFFICERS, Side.HANDLERS, *_EVERYBODY}),
    Role.CUSTOMS: frozenset({Side.OFFICERS, Side.HANDLERS, *_EVERYBODY}),
    Role.SUPERVISOR: frozenset({Side.HANDLERS, *_EVERYBODY}),
    Role.DGITM: frozenset(_EVERYBODY),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """How one person wants to be told."""

    modes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(kind, channel) where it is not the default."""
    quiet_from: int | None = None
    quiet_until: int | None = None
    """Minutes after midnight, Paris time; None without quiet hours."""
    digest_hour: int = DIGEST_HOUR
    bounced: str = ""
    """The address that refused our letters for good; empty when none did."""

    def mode(self, kind: str, channel: Channel) -> Mode:
        """What holds for that kind and channel."""
        chosen = self.modes.get((kind, channel))
        allowed = modes_of(kind, channel)
        return Mode(chosen) if chosen in allowed else KINDS[kind].default(channel)


@dataclass(frozen=True, slots=True)
class Preference:
    """One line of the page of preferences."""

    kind: str
    label: str
    mandatory: bool
    modes: Mapping[Channel, Mode]
    allowed: Mapping[Channel, tuple[Mode, ...]]


def choices_of(db: DbSession, account_ids: Collection[int]) -> dict[int, Choices]:
    """What these people chose, in two queries."""
    modes: dict[int, dict[tuple[str, str], str]] = {account_id: {} for account_id in account_ids}
    for notice_choice in chosen_by(db, account_ids):
        modes[notice_choice.account_id][notice_choice.kind, notice_choice.channel] = notice_choice.mode
    known = accounts_known(db, account_ids)
    return {account_id: _choices(modes[account_id], known.get(account_id)) for account_id in account_ids}


def _choices(modes: Mapping[tuple[str, str], str], row: NoticeAccount | None) -> Choices:
    if row is None:
        return Choices(modes)
    hour = DIGEST_HOUR if row.digest_hour is None else row.digest_hour
    bounced = row.bounced_address if row.bounced_at else ""
    return Choices(modes, row.quiet_from, row.quiet_until, hour, bounced)


def undeliverable(db: DbSession, viewer: Viewer) -> bool:
    """Whether the viewer's own address refuses our letters: to be told on every page until it is mended."""
    account = db.get_one(Account, viewer.account_id)
    known = db.get(NoticeAccount, viewer.account_id)
    return known is not None and is_bounced(known.bounced_address if known.bounced_at else "", account.email)


def is_bounced(bounced: str, email: str) -> bool:
    """Whether the address that an account has now is the one that refused: another one is given its chance."""
    return bounced != "" and bounced == email


def preferences(db: DbSession, viewer: Viewer) -> list[Preference]:
    """What the viewer can be told, and how: the kinds that their role knows, in order."""
    chosen = choices_of(db, [viewer.account_id])[viewer.account_id]
    return [
        Preference(
            kind,
            rule.label,
            rule.mandatory,
            {channel: chosen.mode(kind, channel) for channel in Channel},
            {channel: modes_of(kind, channel) for channel in Channel},
        )
        for kind, rule in KINDS.items()
        if rule.sides & _SIDES[viewer.role]
    ]


async def set_preference(viewer: Viewer | None, kind: str, channel: str, mode: str) -> Refusal | None:
    """Choose how one kind of event is told through one channel (SES-30); what may not be switched off stays on."""
    if viewer is None:
        return _SIGNED_OUT
    if kind not in KINDS or channel not in list(Channel) or mode not in list(Mode):
        return _UNKNOWN
    if Mode(mode) not in modes_of(kind, Channel(channel)):
        mandatory = KINDS[kind].mandatory and channel == Channel.EMAIL
        return _MANDATORY if mandatory else _UNKNOWN
    return await write(lambda db: _choose(db, viewer.account_id, [NoticeKind(kind)], channel, mode))


def choose(db: DbSession, account_id: int, kinds: Iterable[str], channel: str, mode: str) -> None:
    """The same for several kinds at once, in the caller's transaction; those that do not allow it are left."""
    allowed = [kind for kind in kinds if kind in KINDS and Mode(mode) in modes_of(kind, Channel(channel))]
    _choose(db, account_id, [NoticeKind(kind) for kind in allowed], channel, mode)


def _choose(db: DbSession, account_id: int, kinds: Collection[NoticeKind], channel: str, mode: str) -> None:
    conditions = (
        col(NoticeChoice.account_id) == account_id,
        col(NoticeChoice.kind).in_(kinds),
        col(NoticeChoice.channel) == channel,
    )
    db.execute(delete(NoticeChoice).where(*conditions))
    db.add_all(
        NoticeChoice(account_id=account_id, kind=kind, channel=channel, mode=mode)
        for kind in kinds
        if KINDS[kind].default(Channel(channel)) != mode
    )
    for kind in kinds:
        record_of(db, "notification.chosen", account_id, event=kind.value, channel=channel, mode=mode)
    touch(db, [account_id])


async def set_quiet_hours(
    viewer: Viewer | None, quiet_from: int | None, quiet_until: int | None
) -> Refusal | None:
    """Choose when nothing rings, in minutes after midnight, Paris time; None and None for no quiet hours."""
    if viewer is None:
        return _SIGNED_OUT
    hours = (quiet_from, quiet_until)
    wrong = any(hour is not None and not 0 <= hour <= _LAST_MINUTE for hour in hours)
    if hours != (None, None) and (wrong or None in hours or quiet_from == quiet_until):
        return _WRONG_HOURS

    def verb(db: DbSession) -> None:
        known = account_row(db, viewer.account_id)
        known.quiet_from, known.quiet_until = hours
        _settled(db, viewer)

    return await write(verb)


async def set_digest(viewer: Viewer | None, hour: int) -> Refusal | None:
    """Choose when the daily digest leaves: 0 to 23, Paris time."""
    if viewer is None:
        return _SIGNED_OUT
    if not 0 <= hour <= 23:
        return _WRONG_HOUR

    def verb(db: DbSession) -> None:
        account_row(db, viewer.account_id).digest_hour = hour
        _settled(db, viewer)

    return await write(verb)


def _settled(db: DbSession, viewer: Viewer) -> None:
    actor = actor_of(viewer.account_id)
    record_of(db, "notification.hours_set", viewer.account_id, actor=actor)
    touch(db, [viewer.account_id])
