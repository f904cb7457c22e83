"""« Ce n’était pas moi »: what the victim of a thief does with the link of a warning letter, without signing in.

The link ends what the thief began, and voids the password, since whoever asked for another address knew it. It sets
no password itself: a letter to the account's address does, so that a link kept aside opens nothing to whoever has
lost the mailbox since.
"""

from models.identity.access.credentials import DEAD_LINK
from models.identity.accounts.actors import actor_of
from models.identity.accounts.endings import end_pending
from models.identity.accounts.facts import record_of
from models.identity.accounts.links import UNDOES, Purpose, make_link, opened
from models.identity.accounts.pending import CredentialEvent
from models.identity.accounts.queries import at_address
from models.identity.accounts.rules import Refused
from models.identity.accounts.tables import Account, EmailLink
from models.identity.letters.actions import post_letter
from models.kernel import clock
from models.kernel.database import DbSession, write


async def disown(token: str) -> str | Refused:
    """Use a link to say that the holder did not ask for another address, nor confirm it, nor lose a factor (COM-03).

    Returns:
        The address of the account, to which a link to choose a password is sent.
    """

    def verb(db: DbSession) -> str | Refused:
        link_opened = opened(db, token, UNDOES)
        if link_opened is None or not _free(db, *link_opened):
            return DEAD_LINK
        link, account = link_opened
        link.used_at = clock.now()
        actor = actor_of(account.id)
        if link.purpose == Purpose.RESTORE:
            account.email = link.email
            end_pending(db, CredentialEvent.ADDRESS_RESTORED, account.key, since=link.created_at)
            record_of(db, "account.email_restored", account.key, actor=actor)
        else:
            end_pending(db, CredentialEvent.DISOWNED, account.key)
        account.password_hash, account.password_changed_at = "", clock.now()
        record_of(db, "account.disowned", account.key, actor=actor)
        again = make_link(db, Purpose.PASSWORD, account.key, account.email)
        post_letter(db, "disowned", to=account.email, account_id=account.key, link=again)
        return account.email

    return await write(verb)


def _free(db: DbSession, link: EmailLink, account: Account) -> bool:
    """Whether the address that the link gives back is still nobody else's."""
    holder = at_address(db, link.email)
    return holder is None or holder.id == account.id
