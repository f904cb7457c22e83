"""Recognition by content, and refusal of all the rest (contract: 400 unreadable, 422 unknown)."""

import codecs

import pytest

from models.messages.content import UnknownFormat, UnreadableMessage
from models.messages.formats.recognise import read
from tests.models.messages.formats.refusals import refused

EVENT = b'{"type":"step","consignment":"CHEDP.FR.2026.0000123","step":"arrival","status":"done","at":"2026-11-22T09:00:00Z"}'
RESPONSE = b"<Response><FunctionCode>1</FunctionCode><IssueDateTime><DateTimeString formatCode='304'>20261122090000Z</DateTimeString></IssueDateTime><Declaration><ID>26FRABCDEFGHIJKLM1</ID></Declaration></Response>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (EVENT, "event"),
        (codecs.BOM_UTF8 + b"\n  " + EVENT, "event"),
        (RESPONSE, "wco"),
        (b"<?xml version='1.0'?><!-- x -->" + RESPONSE, "wco"),
        (codecs.BOM_UTF8 + RESPONSE, "wco"),
        (RESPONSE.decode().encode("utf-16"), "wco"),
        (b"<MetaData><WCOTypeName>RES</WCOTypeName>" + RESPONSE + b"</MetaData>", "wco"),
    ],
)
def test_recognised(body: bytes, expected: str) -> None:
    assert read(body).format == expected


@pytest.mark.parametrize(
    "body",
    [b"", b"  \n\t", codecs.BOM_UTF8, b"\x00\x01\x02\xff", b"\xfe\x80binary", b"UNH+1+COARRI:D:95B:UN'"],
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
    ],
)
def test_unknown(body: bytes) -> None:
    assert refused(body, UnknownFormat).status == 422
