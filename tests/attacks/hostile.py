"""Messages from hell: what each is, and what must be answered. 202 where the message is strange but fair."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from demo.writers.contents import write_ched, write_coarri, write_customs_response
from models.border.passage.content import Goods
from tests import factories

MB = 1_000_000
DEEP = 100_000


@dataclass(frozen=True, slots=True)
class Case:
    """Bytes, the status of the answer, and a word of its French sentence."""

    body: Callable[[], bytes]
    status: int
    word: str = ""


def _ched(old: str = "", new: str = "") -> bytes:
    line = Goods(1, cn_code="08044000", origin_country="PE", net_weight=Decimal(12))
    body = write_ched(factories.ched(goods=(line,), net_weight=Decimal(21600))).decode()
    assert not old or old in body
    return body.replace(old, new).encode()


def _many_goods(count: int) -> bytes:
    lines = (
        Goods(number, f"Lot {number}", "Persea americana", cn_code="08044000", net_weight=Decimal(number))
        for number in range(1, count + 1)
    )
    return write_ched(replace(factories.ched(), goods=tuple(lines)))


def _laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY l0 "ha">{lines}]><a>&l9;</a>'.encode()


def _edifact(size: int) -> bytes:
    boxes = [f"OSTU{number:07}" for number in range(size // 80)]
    return write_coarri(factories.coarri(*boxes, at=datetime(2026, 3, 24, 9, tzinfo=UTC)))


def _cut_edifact(part: int) -> bytes:
    body = _edifact(2000)
    return body[: len(body) * part // 100]


def _cut_ched(part: int) -> bytes:
    body = _ched()
    return body[: len(body) * part // 100]


PARTS = (5, 10, 35, 50, 65, 90, 99)
WEIGHT = '<ram:NetWeightMeasure unitCode="KGM">21600</ram:NetWeightMeasure>'


def _weighing(text: str) -> bytes:
    return _ched(WEIGHT, WEIGHT.replace("21600", text))


def _dated(text: str) -> bytes:
    return _ched("2026-03-24T10:00:00+01:00", text)


def _event(at: str = '"2026-03-24T09:00:00Z"', more: str = "") -> bytes:
    return (
        '{"type": "step", "consignment": "CHEDP.FR.2026.0000123", "step": "arrival", "status": "done", '
        f'"at": {at}{more}}}'
    ).encode()


ENTITIES: Mapping[str, Case] = {
    "billion laughs": Case(_laughs, 400, "DOCTYPE"),
    "quadratic blow-up": Case(
        lambda: b'<!DOCTYPE a [<!ENTITY x "' + b"x" * 100_000 + b'">]><a>' + b"&x;" * 100_000 + b"</a>",
        400,
        "DOCTYPE",
    ),
    "file": Case(lambda: b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", 400, "DOCTYPE"),
    "device": Case(lambda: b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///dev/zero'>]><a>&x;</a>", 400, "DOCTYPE"),
    "network": Case(lambda: b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>", 400, "DOCTYPE"),
    "parameter": Case(lambda: b"<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///x'> %p;]><a/>", 400, "DOCTYPE"),
    "in UTF-16": Case(lambda: "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>".encode("utf-16"), 400, "DOCTYPE"),
    "undeclared": Case(lambda: _ched("Kerdrel", "&who;"), 400, "entité"),
    "XInclude": Case(
        lambda: b"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='/etc/passwd' parse='text'/>",
        422,
        "racine",
    ),
}
GIANTS: Mapping[str, Case] = {
    "60 MB of XML": Case(lambda: b"<a>" + b"x" * 60 * MB + b"</a>", 413, "20\u00a0Mo"),
    "60 MB of tags": Case(lambda: b"<a/>" * 15 * MB, 413, "20\u00a0Mo"),
    "60 MB of EDIFACT": Case(lambda: b"UNB+UNOC:3+A+B'" + b"EQD+CN+X'" * 7 * MB, 413, "20\u00a0Mo"),
    "60 MB of zeros": Case(lambda: b"\0" * 60 * MB, 413, "20\u00a0Mo"),
    "12 MB of XML": Case(lambda: b"<a>" + b"x" * 12 * MB + b"</a>", 413, "XML"),
    "5 MB of EDIFACT": Case(lambda: _edifact(5 * MB), 413, "EDIFACT"),
    "2 MB of JSON": Case(lambda: b'{"type": "' + b"x" * 2 * MB + b'"}', 413, "JSON"),
    "10 MB of empty tags": Case(lambda: b"<a>" + b"<b/>" * 2_400_000 + b"</a>", 400, "balises"),
    "8 MB of empty tags": Case(lambda: b"<a>" + b"<b/>" * 1_900_000 + b"</a>", 422, "racine"),
    "10 MB in one attribute": Case(lambda: b"<a b='" + b"x" * 9_900_000 + b"'/>", 422, "racine"),
    "1 MB of attributes": Case(
        lambda: b"<a " + b" ".join(b"a%d='1'" % n for n in range(90_000)) + b"/>", 422, "racine"
    ),
    "10 MB of character references": Case(lambda: b"<a>" + b"&#65;" * 1_900_000 + b"</a>", 422, "racine"),
    "10 MB of open comments": Case(lambda: b"<!--" * 2_400_000, 400, "XML"),
    "10 MB of blanks": Case(lambda: b" " * 9_900_000 + b"<a/>", 422, "racine"),
    "100,000 levels": Case(lambda: b"<a>" * DEEP + b"</a>" * DEEP, 400, "imbriqués"),
    "100,000 levels with wrong prefixes": Case(lambda: b"<p:a>" * DEEP + b"</q:a>" * DEEP, 400, "imbriqués"),
    "100,000 levels of JSON": Case(lambda: b'{"a":' * DEEP + b"1" + b"}" * DEEP, 400, "JSON"),
    "an integer of 100,000 digits": Case(lambda: b'{"type":' + b"9" * DEEP + b"}", 400, "JSON"),
    "a thousand goods lines": Case(lambda: _many_goods(1000), 202),
    "1 MB of containers": Case(lambda: _edifact(900_000), 202),
    "an EDIFACT segment of 1 MB": Case(lambda: b"UNB+UNOC:3+" + b"A" * 900_000 + b"'", 400, "EDIFACT"),
    "1 MB of release characters": Case(lambda: b"UNB+UNOC:3+" + b"?" * 900_000, 400, "EDIFACT"),
    "1 MB of separators": Case(lambda: b"UNB" + b"+" * 900_000 + b"'", 400, "EDIFACT"),
    "1 MB of segments": Case(lambda: b"UNB+UNOC:3+A+B'" + b"A'" * 450_000, 400, "EDIFACT"),
    "a gzip bomb": Case(lambda: b"\x1f\x8b\x08" + b"\0" * 1000, 422, "compressé"),
}
ENCODINGS: Mapping[str, Case] = {
    "UTF-8 that is Latin-1": Case(lambda: b"<?xml version='1.0' encoding='utf-8'?><a>\xe9</a>", 400, "UTF-8"),
    "UTF-16 without mark": Case(lambda: b"<?xml version='1.0' encoding='utf-16'?><a/>", 400, "UTF-16"),
    "UTF-16 cut in a character": Case(lambda: "<a>é</a>".encode("utf-16")[:-1], 400, "UTF-16"),
    "UTF-7": Case(lambda: b"<?xml version='1.0' encoding='utf-7'?><a/>", 400, "utf-7"),
    "a codec of Python's": Case(lambda: b"<?xml version='1.0' encoding='zlib'?><a/>", 400, "zlib"),
    "EBCDIC": Case(lambda: "<?xml version='1.0'?><a/>".encode("cp500"), 400, "texte"),
    "UTF-32": Case(lambda: "<a/>".encode("utf-32"), 422, ""),
    "overlong UTF-8": Case(lambda: b"<a>\xc0\xaf</a>", 400, "UTF-8"),
    "a lone surrogate": Case(lambda: _event(more=', "detail": "\\ud800"'), 400, "JSON"),
    "JSON in UTF-16": Case(lambda: "{}".encode("utf-16"), 422, ""),
    "NUL in XML": Case(lambda: _ched("Kerdrel", "Ker\0drel"), 400, "interdit"),
    "NUL as a reference": Case(lambda: _ched("Kerdrel", "&#0;"), 400, "XML"),
    "NUL in JSON": Case(lambda: _event(more=', "detail": "a\\u0000b"'), 422, "detail"),
    "NUL in EDIFACT": Case(lambda: b"UNB+UNOC:3+A\0+B'", 400, "contrôle"),
    "NUL alone": Case(lambda: b"\0" * 1000, 400, "texte"),
    "random bytes": Case(lambda: bytes(range(256)) * 40, 400, "texte"),
}
VALUES: Mapping[str, Case] = {
    "30 February": Case(lambda: _dated("2026-02-30T10:00:00+01:00"), 422, "impossible"),
    "the year 0": Case(lambda: _dated("0000-03-24T10:00:00+01:00"), 422, "impossible"),
    "the end of time": Case(lambda: _dated("9999-12-31T23:59:59-14:00"), 422, "impossible"),
    "a date of 100,000 digits": Case(lambda: _dated("2" * DEEP), 422, "impossible"),
    "30 February in JSON": Case(lambda: _event('"2026-02-30T09:00:00Z"'), 422, "date"),
    "a number for a date": Case(lambda: _event("1e400"), 422, "date"),
    "30 February in EDIFACT": Case(
        lambda: write_coarri(factories.coarri()).replace(b"202603241000:203", b"202602301000:203"),
        422,
        "impossible",
    ),
    "30 February from customs": Case(
        lambda: write_customs_response(factories.customs()).replace(b"20260324100000Z", b"20260230100000Z"),
        422,
        "",
    ),
    "a negative weight": Case(lambda: _weighing("-1"), 422, "impossible"),
    "no number for a weight": Case(lambda: _weighing("NaN"), 422, "impossible"),
    "an infinite weight": Case(lambda: _weighing("Infinity"), 422, "impossible"),
    "a weight beyond any scale": Case(lambda: _weighing("1e999999999"), 422, "impossible"),
    "a weight of 100,000 digits": Case(lambda: _weighing("9" * DEEP), 422, "impossible"),
}
OTHERS: Mapping[str, Case] = {
    "HTML": Case(lambda: b"<!DOCTYPE html><html><body>502</body></html>", 422, "HTML"),
    "SVG": Case(lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422, "svg"),
    "RSS": Case(lambda: b"<rss version='2.0'><channel/></rss>", 422, "rss"),
    "an error of SOAP": Case(
        lambda: b"<s:Envelope xmlns:s='u'><s:Body><s:Fault/></s:Body></s:Envelope>", 422, "Fault"
    ),
    "another WCO message": Case(
        lambda: b"<MetaData><WCOTypeName>DEC</WCOTypeName><Response/></MetaData>", 422, "DEC"
    ),
    "an empty response": Case(lambda: b"<Response><FunctionCode/></Response>", 422, "fonction"),
    "another EDIFACT message": Case(
        lambda: b"UNB+UNOC:3+A+B+260324:0900+1'UNH+1+BAPLIE:D:95B:UN'UNT+2+1'UNZ+1+1'", 422, "BAPLIE"
    ),
    "impossible separators": Case(lambda: b"UNA++++++UNB+UNOC:3", 400, "séparateurs"),
    **{f"EDIFACT cut at {part} %": Case(partial(_cut_edifact, part), 400, "EDIFACT") for part in PARTS},
    **{f"a CHED cut at {part} %": Case(partial(_cut_ched, part), 400) for part in PARTS},
}
CASES: Mapping[str, Case] = {**ENTITIES, **GIANTS, **ENCODINGS, **VALUES, **OTHERS}
