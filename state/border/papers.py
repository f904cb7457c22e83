"""The digital import file as a page shows it (SES-40)."""

from dataclasses import dataclass
from datetime import datetime

from models.border.documents.queries import Document
from models.border.follow_up.queries.listing import Detail
from models.border.passage.code_lists import DOCUMENT_TYPES
from models.kernel import french
from models.kernel.countries import country


@dataclass
class Paper:
    """A document of the import file; `href` is empty for one that is only cited."""

    title: str = ""
    meta: str = ""
    icon: str = ""
    href: str = ""
    name: str = ""


def papers(detail: Detail, documents: list[Document], now: datetime) -> list[Paper]:
    """The messages received, which can be downloaded, then the papers that the CHED cites (SES-40)."""
    reference = detail.consignment.reference
    icons = {"ched": "ched", "wco": "customs"}
    received = [
        Paper(
            document.title,
            f"{document.media_type.rsplit('/', 1)[-1].upper()}, {_size(document.size)}. "
            f"Reçu le {french.moment(document.received_at, now)}.",
            icons.get(document.format, "file"),
            f"/fichiers/{reference}/{document.id}",
            document.name,
        )
        for document in documents
    ]
    cited = [
        Paper(
            DOCUMENT_TYPES.get(cited_document.type_code, "Document cité"),
            ", ".join(
                part
                for part in (
                    f"N° {cited_document.reference}" if cited_document.reference else "",
                    country(cited_document.country),
                    f"du {french.day(cited_document.issued_on)}" if cited_document.issued_on else "",
                )
                if part
            ),
            _PAPER_ICONS.get(cited_document.type_code, "file"),
        )
        for cited_document in detail.papers
    ]
    return received + cited


_PAPER_ICONS = {
    **dict.fromkeys(("851", "852", "853", "861", "911"), "certificate"),
    **dict.fromkeys(("380", "271"), "invoice"),
    **dict.fromkeys(("704", "705", "730", "740", "741"), "transport"),
    "001": "laboratory",
    "952": "customs",
}


def _size(count: int) -> str:
    if count < 1000:
        return french.plural(count, "octet")
    if count < 1_000_000:
        return f"{round(count / 1000)}{french.NBSP}Ko"
    return f"{count / 1_000_000:.1f}".replace(".", ",") + f"{french.NBSP}Mo"


def archive_label(documents: list[Document]) -> str:
    """What the archive holds, before compression; empty when there is none."""
    return (
        f"Archive ZIP, {_size(sum(document.size for document in documents))} avant compression"
        if documents
        else ""
    )
