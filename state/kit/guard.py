"""The door that every event handler goes through.

Any public function of a State can be called by any client with any arguments. So each handler declares who may
call it, finds out anew who is asking (from the cookie and the session row, never from a variable), and has its
arguments checked against its annotations before it runs. A test walks through the registry and fails on a
handler that does not come from here (tests/state/kit/test_registry.py).
"""

import functools
import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

import reflex as rx
import structlog
from pydantic import AfterValidator, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from models.identity.access.cookies import read_session_cookie
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read
from models.kernel.legible import legible
from models.kernel.networks import asked_from, network
from models.kernel.refusal import Refusal
from models.kernel.stamps import stamp
from state.kit.ending import Ending, Ends

log = structlog.get_logger()

Policy = Callable[[Viewer | None], Refusal | None]
Handler = Callable[..., Awaitable[Any]]

_NO_ZERO = r"^[^\x00]*$"  # no person types it, and PostgreSQL refuses it

Word = Annotated[str, StringConstraints(max_length=64, pattern=_NO_ZERO), AfterValidator(legible)]
"""A code, a reference, a choice in a list."""
Line = Annotated[str, StringConstraints(max_length=200, pattern=_NO_ZERO), AfterValidator(legible)]
"""What fits in a one-line field."""
Text = Annotated[str, StringConstraints(max_length=2000, pattern=_NO_ZERO), AfterValidator(legible)]
"""What fits in a large field. Of all three, what nobody sees is taken out: others read them."""

Typed = dict[Word, Text | None]
"""What a form sends, by field; its declaration reads it (models/kernel/forms)."""
Ticked = dict[Word, Text | bool | None]
"""The same of a form that has boxes: one that is not ticked comes as false."""

_STRICT = ConfigDict(strict=True)


Stamp = Annotated[str, StringConstraints(max_length=16, pattern=r"^[0-9a-f]*$")]
"""What a button was shown for (models/kernel/stamps.py)."""


def anyone(_viewer: Viewer | None) -> Refusal | None:
    """May anybody, signed in or not? Yes."""
    return None


def signed_in(viewer: Viewer | None) -> Refusal | None:
    """May this person, signed in, whoever it is?"""
    return None if viewer else Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")


def holder(viewer: Viewer | None) -> Refusal | None:
    """May this person see to their own account? Signed in, whether or not they accepted the terms of use."""
    return signed_in(viewer)


_BEFORE = frozenset({anyone, holder})
"""What is open to somebody who is held back: public pages and one's own account."""
_TERMS_FIRST = Refusal("Lisez et acceptez les conditions d’utilisation pour continuer.")
_FACTOR_FIRST = Refusal("Ajoutez un second facteur à votre compte pour continuer.")


def refusal_by(policy: Policy, viewer: Viewer | None) -> Refusal | None:
    """Why this person may not, by `policy`, or because the terms of use (COM-10) or a second factor come first."""
    if viewer is not None and viewer.is_held_back and policy not in _BEFORE:
        return _TERMS_FIRST if viewer.owes_terms else _FACTOR_FIRST
    return policy(viewer)


def session_id_of(state: Any) -> str | None:
    """The session that the browser's cookie names, as the server received it at the handshake."""
    return read_session_cookie(state.router.headers.cookie)


async def who(state: Any) -> Viewer | None:
    """Who is asking, found anew; None when nobody is signed in any more."""
    session_id = session_id_of(state)
    if session_id is None:
        return None
    return await read(lambda db: viewer_of(session_id, db))


def allow(policy: Policy, *, act: bool = False, ends: Ends | None = None) -> Callable[[Handler], Handler]:
    """Let the handler run only for whom `policy` allows, with `viewer` as its first argument.

    When refused, the screen forgets what it showed and says why. Arguments that do not fit the handler's
    annotations (type, length) are dropped with a line in the log: no screen of ours sends them.

    An act, which others feel, is about what was shown: its last argument is the stamp `shown` of that, which its verb
    compares with what is there by then. It returns the Refusal when nothing was done. The same arguments after it was
    done are the same click again, and do and say nothing: the screen keeps `_spent` for that.

    `ends` says where the focus goes once it is answered; unless told, an act ends at its answer, a form at the first
    field to correct, and anything else where one is.

    Raises:
        TypeError: an act without `shown`, when the module is read.
    """

    def decorate(handler: Handler) -> Handler:
        own = list(inspect.signature(handler).parameters.values())
        if act and (own[-1].name, own[-1].annotation) != ("shown", Stamp):
            raise TypeError(f"{handler.__qualname__} acts without saying on what it was shown")
        # Reflex reads the signature to pass the arguments: the viewer is ours to give, not the client's.
        shown = inspect.Signature([own[0], *own[2:]])
        ending = ends or _usual_end(act=act, of_form="form" in shown.parameters)
        adapters = {p.name: TypeAdapter(p.annotation, config=_STRICT) for p in own[2:]}

        @functools.wraps(handler)
        async def guarded(self: Any, /, *args: Any, **named: Any) -> Any:
            viewer = await who(self)
            refusal = refusal_by(policy, viewer)
            if refusal is not None:
                led = await self._refuse(refusal, viewer)
                return _FIRST[refusal](self) if refusal in _FIRST else led
            try:
                arguments = shown.bind(self, *args, **named).arguments
                checked = {
                    name: type_adapter.validate_python(arguments[name])
                    for name, type_adapter in adapters.items()
                }
            except (ValidationError, TypeError):
                log.warning("handler.bad_arguments", handler=handler.__qualname__)
                return None
            run = functools.partial(_once if act else _ended, handler, ending)
            with asked_from(network(str(self.router.session.client_ip))):
                return await run(self, viewer, **checked)

        guarded.__signature__ = shown  # type: ignore[attr-defined]
        guarded.__annotations__ = {p.name: p.annotation for p in own[2:]}
        guarded.__policy__ = policy  # type: ignore[attr-defined]
        guarded.__act__ = act  # type: ignore[attr-defined]
        guarded.__ends__ = ending  # type: ignore[attr-defined]
        return guarded

    return decorate


def _usual_end(*, act: bool, of_form: bool) -> Ends:
    if of_form:
        return Ends.FIELD
    return Ends.ANSWER if act else Ends.HERE


async def _ended(handler: Handler, ends: Ends, state: Any, viewer: Viewer | None, **checked: Any) -> Any:
    outcome = await handler(state, viewer, **checked)
    if ends != Ends.HERE:
        refused = isinstance(outcome, Refusal) or bool(getattr(state, "error", ""))
        ending = await state.get_state(Ending)
        ending._say(Ends.REFUSAL if refused else ends)
    return outcome


async def _once(handler: Handler, ends: Ends, state: Any, viewer: Viewer | None, **checked: Any) -> Any:
    same = stamp(handler.__qualname__, *checked.values())
    if same == state._spent:
        return None
    outcome = await _ended(handler, ends, state, viewer, **checked)
    if isinstance(outcome, Refusal):
        return None
    state._spent = same
    return outcome


def to_sign_in(state: Any) -> Any:
    """Send to the sign-in page, and back here afterwards."""
    return rx.redirect(f"/connexion?{urlencode({'next': asked_for(state)}, safe='/')}")


def to_terms(state: Any) -> Any:
    """Send to the terms of use, and back here once they are accepted (COM-10)."""
    return rx.redirect(f"/cgu?{urlencode({'suite': asked_for(state)})}")


def to_profile(_state: Any) -> Any:
    """Send to the profile, where a second factor is added."""
    return rx.redirect("/profil")


_FIRST: Mapping[Refusal, Callable[[Any], Any]] = {_TERMS_FIRST: to_terms, _FACTOR_FIRST: to_profile}


def asked_for(state: Any) -> str:
    """The page that the tab is at, with what narrows it."""
    url = state.router.url
    return f"{url.path}?{url.query}" if url.query else str(url.path)
