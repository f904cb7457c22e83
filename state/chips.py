"""The state filters of the list, with their counts."""

from dataclasses import dataclass

from models import french
from models.accounts.viewer import Viewer
from models.consignments.queries import Counters
from models.consignments.vocabulary import ConsignmentState
from models.consignments.words import STATES_OF_MANY
from state.address import MINE, STATE_WORDS, Address

_CHIPS = (
    ConsignmentState.BLOCKED,
    ConsignmentState.IN_PROGRESS,
    ConsignmentState.WAITING,
    ConsignmentState.RELEASED,
    ConsignmentState.CANCELLED,
)


@dataclass
class Chip:
    """A filter on state, with its count."""

    href: str = ""
    label: str = ""
    count: str = ""
    pressed: bool = False
    state: str = ""


def chips(address: Address, counters: Counters, viewer: Viewer) -> list[Chip]:
    """The state filters with their counts; the count of a state does not depend on which one is chosen."""
    found = [
        Chip(address.link(state=""), "Tous", french.number(counters.total), not address.state),
    ]
    if viewer.authority:
        mine = address.link(state=MINE)
        pressed = address.state == MINE
        state = ConsignmentState.ACTION_REQUIRED
        found.append(Chip(mine, "À vous d’agir", french.number(counters.mine), pressed, state))
    for state in _CHIPS:
        count, word = counters.states.get(state, 0), STATE_WORDS[state]
        if count or state != ConsignmentState.CANCELLED:
            pressed = address.state == word
            link = address.link(state=word)
            found.append(Chip(link, STATES_OF_MANY[state], french.number(count), pressed, state))
    return found
