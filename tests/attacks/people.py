"""Eleven people in eight situations, and what each may see: written down here, not asked from the policies."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from demo.commands.companies import A, T
from models.identity.access.sessions import choose_company, sign_out
from models.identity.companies.actions import end_mandate
from tests.state.world import DOSSIERS, HAVRE, ROISSY, World, leaks

FIRMS = FIRM_A, FIRM_B, FIRM_C = "Kerdrel Primeurs", "Horizon Caudal", "Nutri Estuaire"
NOTHING: frozenset[str] = frozenset()
OF_A = frozenset({"A_HAVRE", "A_ROISSY"})
OF_C = frozenset({"C_HAVRE", "C_ROISSY"})
AT_HAVRE = frozenset({"A_HAVRE", "B_HAVRE", "C_HAVRE"})
AT_ROISSY = frozenset({"A_ROISSY", "C_ROISSY"})


@dataclass(frozen=True)
class Sight:
    """What a person may read: dossiers, and names of companies."""

    dossiers: frozenset[str] = NOTHING
    firms: frozenset[str] = NOTHING

    def forbidden(self, said: list[str]) -> list[str]:
        """The words in `said` that this person must not read."""
        words = [w for name, one in DOSSIERS.items() if name not in self.dossiers for w in leaks(said, one)]
        whole = "\n".join(said)
        return words + [firm for firm in FIRMS if firm not in self.firms and firm in whole]


BLIND = Sight()

PEOPLE = {
    "importateur": Sight(OF_A, frozenset({FIRM_A})),
    "comptable": Sight(NOTHING, frozenset({FIRM_A})),
    "assistant": Sight(NOTHING, frozenset({FIRM_A})),
    "transitaire": Sight(NOTHING, frozenset({FIRM_A, FIRM_B})),  # works for itself; may choose A or B
    "concurrent": Sight(OF_C, frozenset({FIRM_C})),
    "sivep": Sight(AT_HAVRE, frozenset(FIRMS)),
    "douane": Sight(AT_HAVRE, frozenset(FIRMS)),
    "sivep-cdg": Sight(AT_ROISSY, frozenset({FIRM_A, FIRM_C})),
    "superviseur": Sight(AT_HAVRE | AT_ROISSY, frozenset(FIRMS)),
    "dgitm": BLIND,
    "mandataire": Sight(NOTHING, frozenset({FIRM_A})),
    "correspondante": Sight(NOTHING, frozenset({FIRM_A})),
}

_WITHDRAWN = PEOPLE | {
    "importateur": Sight(NOTHING, frozenset({FIRM_A})),
    "transitaire": BLIND,
    "concurrent": Sight(NOTHING, frozenset({FIRM_C})),
    "sivep": BLIND,
    "douane": BLIND,
    "sivep-cdg": BLIND,
}
_FOR_A = PEOPLE | {"transitaire": Sight(OF_A, frozenset({FIRM_A, FIRM_B}))}
_NO_LONGER_FOR_A = PEOPLE | {"transitaire": Sight(NOTHING, frozenset({FIRM_B}))}
_NOBODY = dict.fromkeys(PEOPLE, BLIND)


async def _sign_out(_world: World, _who: str, session_id: str) -> None:
    await sign_out(session_id)


async def _revoke(world: World, who: str, _session_id: str) -> None:
    await world.revoke(who)


async def _withdraw(world: World, who: str, _session_id: str) -> None:
    await world.withdraw(who)


async def _end_mandate(_world: World, _who: str, _session_id: str) -> None:
    await end_mandate(A, T)


@dataclass(frozen=True)
class Situation:
    """`then` happens once the screen is open, or just before the request; what follows is what counts."""

    sights: dict[str, Sight]
    target: Callable[[Sight], str]
    """The dossier whose page is open, or asked for."""
    siren: str = ""
    """The company that the person asks to work for: granted to whom it is a choice, refused to the others."""
    then: Callable[[World, str, str], Awaitable[None]] | None = None
    ended: bool = False
    """Whether the session is over by then."""


def _own(sight: Sight) -> str:
    return min(sight.dossiers, default="A_HAVRE")


def _other_company(sight: Sight) -> str:
    mine = {name[0] for name in sight.dossiers}
    return next((name for name in DOSSIERS if name not in sight.dossiers and name[0] not in mine), "B_HAVRE")


def _other_post(sight: Sight) -> str:
    unseen = [name for name in DOSSIERS if name not in sight.dossiers]
    mine = {DOSSIERS[name].post for name in sight.dossiers}
    away = HAVRE if mine == {ROISSY} else ROISSY
    return next((name for name in unseen if DOSSIERS[name].post == away), "C_ROISSY")


def _of_a(_sight: Sight) -> str:
    return "A_HAVRE"


SITUATIONS = {
    "own company": Situation(PEOPLE, _own),
    "other company": Situation(PEOPLE, _other_company),
    "other post": Situation(PEOPLE, _other_post),
    "signed out": Situation(_NOBODY, _own, then=_sign_out, ended=True),
    "revoked session": Situation(_NOBODY, _own, then=_revoke, ended=True),
    "withdrawn right": Situation(_WITHDRAWN, _own, then=_withdraw),
    "represented company": Situation(_FOR_A, _of_a, A),
    "no longer represented": Situation(_NO_LONGER_FOR_A, _of_a, A, then=_end_mandate),
}


async def session_for(world: World, who: str, situation: Situation) -> str:
    """A new session of that person, who asks to work for the situation's company."""
    session_id = await world.session(who)
    if situation.siren:
        await choose_company(session_id, situation.siren)
    return session_id


def target_of(who: str, situation: Situation) -> str:
    """The dossier that the person has before them, or asks for, in that situation."""
    return situation.target(PEOPLE[who])
