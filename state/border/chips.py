"""What the counters say around the list: the state filters with their counts, and a sentence."""

from dataclasses import dataclass

from models.border.follow_up.queries.listing import Counters
from models.border.passage.vocabulary import ConsignmentState
from models.border.passage.words import STATES_OF_MANY
from models.identity.accounts.viewer import Viewer
from models.kernel import french
from state.border.address import MINE, STATE_WORDS, Address

_CHIPS = (
    ConsignmentState.BLOCKED,
    ConsignmentState.IN_PROGRESS,
    ConsignmentState.WAITING,
    ConsignmentState.RELEASED,
    ConsignmentState.CANCELLED,
)


@dataclass
class Chip:
    """A link that narrows a list, with how many lines it leaves."""

    href: str = ""
    label: str = ""
    count: str = ""
    pressed: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the counters say."""

    chips: list[Chip]
    subtitle: str
    mine: int
    """How many consignments wait for the viewer."""


def chips(address: Address, counters: Counters, viewer: Viewer) -> list[Chip]:
    """The state filters with their counts; the count of a state does not depend on which one is chosen."""
    chips_made = [
        Chip(address.link(state=""), "Tous", french.number(counters.total), not address.state),
    ]
    if viewer.authority:
        own_link = address.link(state=MINE)
        pressed = address.state == MINE
        state = ConsignmentState.ACTION_REQUIRED
        chips_made.append(Chip(own_link, "À vous d’agir", french.number(counters.mine), pressed, state))
    for state in _CHIPS:
        count, word = counters.states.get(state, 0), STATE_WORDS[state]
        if count or state != ConsignmentState.CANCELLED:
            pressed = address.state == word
            link = address.link(state=word)
            chips_made.append(Chip(link, STATES_OF_MANY[state], french.number(count), pressed, state))
    return chips_made


def subtitle(address: Address, counters: Counters) -> str:
    """`24 envois en cours ou clos depuis 7 jours`."""
    counted = french.plural(counters.total, "envoi")
    if address.searched:
        counted = counted if counters.total else "Aucun envoi"
        return f"{counted} pour «\u00a0{address.search}\u00a0»"
    return counted + (", toutes dates" if address.all_dates else " en cours ou clos depuis 7\u00a0jours")


def said(address: Address, counters: Counters, viewer: Viewer) -> Said:
    """All of it, for whoever sees the same at that address."""
    return Said(chips(address, counters, viewer), subtitle(address, counters), counters.mine)
