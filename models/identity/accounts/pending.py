"""What is pending on an account, and what each credential event ends of it: one registry, as data.

A thief who knew the password, or sat at an open session, may have begun something that would bring the account back
later: a link, a session elsewhere, a sign-in half-way. Each event says here what it ends; models/identity/accounts/endings.py
carries it out, and tests/attacks/test_credential_events.py holds both to a table written by hand.
"""

from collections.abc import Mapping
from enum import StrEnum


class Pending(StrEnum):
    """Something that was begun, or given away, and works later."""

    VERIFY_LINK = "verify_link"
    PASSWORD_LINK = "password_link"  # noqa: S105 (the name of a kind)
    ADDRESS_LINK = "address_link"
    CANCEL_LINK = "cancel_link"
    """In the letter that says that another address was asked for: it ends the request."""
    RESTORE_LINK = "restore_link"
    """In the letter to the address that was replaced: it gives the account that address back."""
    OTHER_SESSION = "other_session"
    """A session other than the one in which the event happens; every one when it happens in none."""
    CEREMONY = "ceremony"
    """A sign-in that awaits its second factor, or a factor that is being added."""
    RECOVERY = "recovery"
    """A request to sign in without the second factor."""
    CO_OWNER_ATTEMPT = "co_owner_attempt"
    """A browser sent to a co-owner, to link the account there."""
    CALENDAR = "calendar"
    """The address under which a calendar program reads the appointments."""
    PUSH = "push"
    """A browser that receives notifications."""
    INVITATION = "invitation"
    """An invitation that the person sent, which certifies whoever answers it."""
    NEW_FACTOR = "new_factor"
    """A second factor, or recovery codes, added since the link that leads back was made."""
    VOUCHED = "vouched"
    """Somebody else's request to sign in without the second factor, which the person certified."""


class CredentialEvent(StrEnum):
    """Something that changes who can act under an account."""

    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (the name of an event)
    PASSWORD_RESET = "password_reset"  # noqa: S105
    ADDRESS_ASKED = "address_asked"
    ADDRESS_CHANGED = "address_changed"
    DISOWNED = "disowned"
    """The holder says that what was done with the account was not them."""
    ADDRESS_RESTORED = "address_restored"
    """The same, with the link of the letter to the address that was replaced."""
    LOCKED = "locked"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    FACTOR_PROVEN = "factor_proven"
    """Somebody signed in with the second factor: it is not lost."""
    FACTORS_RECOVERED = "factors_recovered"
    LINKED = "linked"
    UNLINKED = "unlinked"
    SESSION_ENDED = "session_ended"
    CORRESPONDENT_ENDED = "correspondent_ended"
    CERTIFICATION_ENDED = "certification_ended"


P = Pending
_LINKS = frozenset({P.VERIFY_LINK, P.PASSWORD_LINK, P.ADDRESS_LINK, P.CANCEL_LINK})
"""All but RESTORE_LINK: a thief who confirmed an address may set a password as well, and must not thereby take from
the holder the one way back. It ends by its use, after its time, or when an older one is used: the oldest wins."""
_UNDER_WAY = frozenset({P.OTHER_SESSION, P.CEREMONY, P.CO_OWNER_ATTEMPT})
_GIVEN_AWAY = frozenset({P.CALENDAR, P.PUSH, P.INVITATION, P.VOUCHED})
"""Left alone where the holder merely changes a password: an agenda that stops without a word makes one miss a
control. They end with DISOWNED, which both password forms offer."""

ENDS: Mapping[CredentialEvent, frozenset[Pending]] = {
    CredentialEvent.PASSWORD_CHANGED: _LINKS | _UNDER_WAY | {P.RECOVERY},
    CredentialEvent.PASSWORD_RESET: _LINKS | _UNDER_WAY | {P.RECOVERY},
    # Not what cancels it: the victim may open whichever letter they see first.
    CredentialEvent.ADDRESS_ASKED: frozenset({P.ADDRESS_LINK}),
    CredentialEvent.ADDRESS_CHANGED: _LINKS | {P.CEREMONY, P.RECOVERY},
    CredentialEvent.DISOWNED: _LINKS | _UNDER_WAY | _GIVEN_AWAY | {P.RECOVERY},
    CredentialEvent.ADDRESS_RESTORED: _LINKS
    | _UNDER_WAY
    | _GIVEN_AWAY
    | {P.RECOVERY, P.RESTORE_LINK, P.NEW_FACTOR},
    # Anybody can lock an account: a lock stops the sign-in, and nothing else.
    CredentialEvent.LOCKED: frozenset(),
    CredentialEvent.FACTOR_ADDED: _UNDER_WAY | {P.ADDRESS_LINK, P.CANCEL_LINK, P.RECOVERY},
    CredentialEvent.FACTOR_REMOVED: _UNDER_WAY | {P.ADDRESS_LINK, P.CANCEL_LINK, P.RECOVERY},
    CredentialEvent.FACTOR_PROVEN: frozenset({P.RECOVERY}),
    CredentialEvent.FACTORS_RECOVERED: _LINKS | _UNDER_WAY | {P.RECOVERY},
    CredentialEvent.LINKED: frozenset({P.CO_OWNER_ATTEMPT}),
    CredentialEvent.UNLINKED: frozenset({P.CO_OWNER_ATTEMPT}),
    # What the session itself began ends with it: nobody is behind it any more.
    CredentialEvent.SESSION_ENDED: frozenset(),
    CredentialEvent.CORRESPONDENT_ENDED: frozenset({P.INVITATION, P.VOUCHED}),
    CredentialEvent.CERTIFICATION_ENDED: frozenset({P.RECOVERY}),
}
