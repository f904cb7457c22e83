"""The verbs on accounts, one transaction and one journal entry each; no address goes to the journal."""

from models.identity.access.outcomes import SignedIn
from models.identity.access.registration import create_account
from models.identity.access.sessions import choose_company, revoke_sessions, sign_out
from models.identity.access.sign_in import sign_in

__all__ = ["SignedIn", "choose_company", "create_account", "revoke_sessions", "sign_in", "sign_out"]
