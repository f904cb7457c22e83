"""Recognition by content, and refusal of all the rest (contract: 400 unreadable, 422 unknown)."""

import codecs

import pytest

from models.border.messages.formats.recognition import read
from models.border.passage.content import UnknownFormat, UnreadableMessage
from tests.models.border.messages.formats.refusals import refused

EVENT = b'{"type":"step","consignment":"CHEDP.FR.2026.0000123","step":"arrival","status":"done","at":"2026-11-22T09:00:00Z"}'
RESPONSE = b"<Response><FunctionCode>1</FunctionCode><IssueDateTime><DateTimeString formatCode='304'>20261122090000Z</DateTimeString></IssueDateTime><Declaration><ID>26FRABCDEFGHIJKLM1</ID></Declaration></Response>"

CHED = (
    b"<SPSCertificate><SPSExchangedDocument><ID>CHEDP.FR.2026.0000123</ID><StatusCode>1</StatusCode>"
    b"<IssueDateTime><DateTime>2026-11-22T10:00:00Z</DateTime></IssueDateTime></SPSExchangedDocument>"
    b"<SPSConsignment><UnloadingBaseportSPSLocation><ID>FRLEH1</ID></UnloadingBaseportSPSLocation>"
    b"</SPSConsignment></SPSCertificate>"
)
DECLARED = b"<?xml version='1.0' encoding='UTF-16'?>\n" + RESPONSE
TEXTS = ((EVENT, "event"), (RESPONSE, "wco"), (DECLARED, "wco"), (b"\n " + CHED, "ched"))
UNICODE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (EVENT, "event"),
        (codecs.BOM_UTF8 + b"\n  " + EVENT, "event"),
        (RESPONSE, "wco"),
        (b"<?xml version='1.0'?><!-- x -->" + RESPONSE, "wco"),
        (codecs.BOM_UTF8 + RESPONSE, "wco"),
        *((text.decode().encode(encoding), kind) for encoding in UNICODE for text, kind in TEXTS),
        (
            b"<GetChedResponse xmlns='urn:x'><certificate>" + CHED + b"</certificate></GetChedResponse>",
            "ched",
        ),
        (b"<Envelope><Body><r>" + RESPONSE + b"</r></Body></Envelope>", "wco"),
        (b"<MetaData><WCOTypeName>RES</WCOTypeName>" + RESPONSE + b"</MetaData>", "wco"),
    ],
)
def test_recognised(body: bytes, expected: str) -> None:
    assert read(body).format == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n\t",
        codecs.BOM_UTF8,
        b"\x00\x01\x02\xff",
        b"\xfe\x80binary",
        b"UNH+1+COARRI:D:95B:UN'",
        EVENT.decode().encode("utf-16")[:-1],
        EVENT.decode().encode("utf-16-be")[:-3] + b"\xd8",
        EVENT.decode().encode("utf-32-le")[:-2],
        codecs.BOM_UTF16_LE + b"\x00\xd8",
    ],
)
def test_unreadable(body: bytes) -> None:
    assert refused(body, UnreadableMessage).status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>x</body></html>",
        b"<html><body>x</body></html>",
        b"<invoice/>",
        b"<Response><Assertion/></Response>",
        b"<MetaData><WCOTypeName>DEC</WCOTypeName></MetaData>",
        b"<MetaData/>",
        b"%PDF-1.7 x",
        b"PK\x03\x04zip",
        b"\x1f\x8bgzip",
        b"hello",
        b"[{}]",
        b"<Envelope><Body/></Envelope>",
        b"<Envelope/>",
        b"<s:Envelope xmlns:s='urn:s'><s:Body><s:Fault/></s:Body></s:Envelope>",
        b"<Envelope><Body><a><SPSCertificate/><SPSCertificate/></a></Body></Envelope>",
        b"<all>" + CHED * 2 + b"</all>",
        b"<all><MetaData>" + RESPONSE + b"</MetaData><MetaData/></all>",
        b"<all><Response/></all>",
    ],
)
def test_unknown(body: bytes) -> None:
    assert refused(body, UnknownFormat).status == 422


@pytest.mark.parametrize("kind", ["851", "657", "852", "856", "999"])
def test_another_certificate_is_named_and_told_where_it_goes(kind: str) -> None:
    """An electronic phytosanitary certificate goes to TRACES; that its date is odd is not the matter."""
    body = CHED.replace(
        b"CHEDP.FR.2026.0000123</ID>", b"EPHYTO.BR.7</ID><TypeCode>%s</TypeCode>" % kind.encode()
    )
    error = refused(body.replace(b"2026-11-22T10:00:00Z", b"jamais"), UnknownFormat)
    assert "TRACES" in error.detail
    assert ("certificat phytosanitaire" in error.detail) == (kind in ("851", "657"))
    assert ("ePhyto" in error.detail) == (kind in ("851", "657"))


def test_a_ched_is_read_whatever_its_type_of_document() -> None:
    """Its reference says what it is."""
    assert read(CHED.replace(b"</StatusCode>", b"</StatusCode><TypeCode>851</TypeCode>")).format == "ched"
