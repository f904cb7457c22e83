"""Terms: the words and references of a consignment, as people type their beginnings (SES-01)."""

from collections.abc import Iterable

from models.border.consignments.queries import keys_written
from models.border.consignments.tables import Consignment, ConsignmentTerm
from models.border.passage.content import Ched
from models.border.passage.goods_names import name
from models.border.passage.keys import normalise
from models.kernel.countries import country
from models.kernel.database import DbSession
from models.kernel.rows import delete_rows, insert_rows
from models.kernel.terms import LONGEST, words

_MOST = 200
"""Words that are kept of one consignment: of hundreds of lines of goods, the first."""


def terms_of(title: str, ched: Ched) -> list[str]:
    """The words by which this CHED's consignment is found: goods, where they come from, what brings them."""
    texts = [title, country(ched.origin_country) if ched.origin_country else ""]
    for line in ched.goods:
        texts += [
            name(line.cn_code, ""),
            line.description,
            line.common_name,
            line.scientific_name,
            line.cn_label,
        ]
        texts.append(country(line.origin_country) if line.origin_country else "")
    texts[2:2] = [transport.name for transport in ched.transports]
    return words(" ".join(texts))[:_MOST]


def write_terms(db: DbSession, consignment: Consignment, terms: Iterable[str]) -> None:
    """Add the terms that are new to the consignment; references are folded as keys are."""
    folded = dict.fromkeys(normalise(term)[:LONGEST] for term in terms)
    row = {"consignment_id": consignment.key, "siren": consignment.siren, "post_code": consignment.post_code}
    insert_rows(db, ConsignmentTerm, [row | {"term": term} for term in folded if term], free=True)


def rewrite_terms(db: DbSession, consignment: Consignment, terms: Iterable[str]) -> None:
    """Forget the words that described the consignment, and keep these and its references."""
    number = consignment.key
    references = [value for _, value in keys_written(db, number)]
    delete_rows(db, ConsignmentTerm, consignment_id=number)
    write_terms(db, consignment, [*terms, *references])
