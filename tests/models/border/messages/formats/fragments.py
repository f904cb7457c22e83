"""A CHED made by hand of the fragments that a test is about."""

from models.border.messages.formats.recognition import read
from models.border.passage.content import Ched

REFERENCE = "CHEDP.FR.2026.0000123"
EXCHANGED = (
    f"<ID>{REFERENCE}</ID><StatusCode>42</StatusCode>"
    "<IssueDateTime><DateTime>2026-11-22T10:00:00+01:00</DateTime></IssueDateTime>"
)
POST = "<UnloadingBaseportSPSLocation><ID>FRLEH1</ID><Name>FR</Name><Name>Le Havre</Name></UnloadingBaseportSPSLocation>"


def message(exchanged: str = EXCHANGED, consignment: str = "", post: str = POST) -> bytes:
    return (
        f"<SPSCertificate><SPSExchangedDocument>{exchanged}</SPSExchangedDocument>"
        f"<SPSConsignment>{post}{consignment}</SPSConsignment></SPSCertificate>"
    ).encode()


def ched(exchanged: str = "", consignment: str = "") -> Ched:
    content = read(message(EXCHANGED + exchanged, consignment)).content
    assert isinstance(content, Ched)
    return content


def goods(inside: str, sequence: str = "1") -> str:
    line = f"<IncludedSPSTradeLineItem><SequenceNumeric>{sequence}</SequenceNumeric>{inside}</IncludedSPSTradeLineItem>"
    return f"<IncludedSPSConsignmentItem>{line}</IncludedSPSConsignmentItem>"
