"""Terms: the words and references of a consignment, as people type their beginnings (SES-01)."""

import re
from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.consignments.goods_names import name
from models.consignments.keys import normalise
from models.consignments.tables import Consignment, ConsignmentKey, ConsignmentTerm
from models.countries import country
from models.french import plain
from models.messages.content import Ched
from models.rows import delete_rows, insert_free

LONGEST = 40
"""Characters that are kept of a term: what is longer is found by these."""
_MOST = 200
"""Words that are kept of one consignment: of hundreds of lines of goods, the first."""
_APART = re.compile(r"[^a-z0-9]+")
_SAYING_NOTHING = frozenset(
    {
        *("and", "au", "aux", "autre", "autres", "avec", "de", "des", "du", "en", "et"),
        *("la", "le", "les", "of", "or", "other", "ou", "the", "un", "une"),
    }
)


def words(text: str) -> list[str]:
    """The words of `text` that say something: `MANIOC` and `EGYPTE` of « du manioc d’Égypte ».

    Without accents, in upper case, of two characters or more, each once, in the order in which they stand.
    """
    apart = [word.upper()[:LONGEST] for word in _APART.split(plain(text)) if len(word) > 1]
    return [word for word in dict.fromkeys(apart) if word.lower() not in _SAYING_NOTHING]


def singular(word: str) -> str:
    """The beginning that a word shares with its other number: `MANGUE` of `MANGUES`."""
    return word[:-1] if len(word) > 3 and word[-1] in "SX" and word.isalpha() else word


def terms_of(title: str, ched: Ched) -> list[str]:
    """The words by which this CHED's consignment is found: goods, where they come from, what brings them."""
    said = [title, country(ched.origin_country) if ched.origin_country else ""]
    for line in ched.goods:
        said += [
            name(line.cn_code, ""),
            line.description,
            line.common_name,
            line.scientific_name,
            line.cn_label,
        ]
        said.append(country(line.origin_country) if line.origin_country else "")
    said[2:2] = [transport.name for transport in ched.transports]
    return words(" ".join(said))[:_MOST]


async def write_terms(db: AsyncSession, consignment: Consignment, terms: Iterable[str]) -> None:
    """Add the terms that are new to the consignment; references are folded as keys are."""
    folded = dict.fromkeys(normalise(term)[:LONGEST] for term in terms)
    row = {"consignment_id": consignment.key, "siren": consignment.siren, "post_code": consignment.post_code}
    await insert_free(db, ConsignmentTerm, [row | {"term": term} for term in folded if term])


async def rewrite_terms(db: AsyncSession, consignment: Consignment, terms: Iterable[str]) -> None:
    """Forget the words that described the consignment, and keep these and its references."""
    mine = consignment.key
    keys = select(ConsignmentKey.value).where(col(ConsignmentKey.consignment_id) == mine)
    references = (await db.exec(keys)).all()
    await delete_rows(db, ConsignmentTerm, consignment_id=mine)
    await write_terms(db, consignment, [*terms, *references])
