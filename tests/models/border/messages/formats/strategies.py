"""Well-formed contents for the properties: what the formats can carry, and nothing else."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from models.border.passage.content import (
    Check,
    Ched,
    Coarri,
    Container,
    ContainerMovement,
    CustomsError,
    CustomsResponse,
    CustomsStatement,
    Decision,
    Goods,
    Package,
    Party,
    Quantity,
    ReferencedDocument,
    StepEvent,
    Transport,
)
from models.border.passage.units import UNITS
from models.border.passage.vocabulary import CheckResult, ChedType, StepKind, StepStatus
from models.kernel.legible import is_legible

# What nobody sees is left out where messages are read (models/kernel/legible.py).
_CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
texts = st.text(_CHARACTERS, max_size=20).filter(is_legible).map(lambda text: " ".join(text.split()))
names = texts.filter(bool)
codes = st.from_regex(r"[A-Z0-9_]{1,12}", fullmatch=True)
countries = st.from_regex(r"[A-Z]{2}", fullmatch=True)
moments = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
seconds = moments.map(lambda at: at.replace(microsecond=0))
weights = st.decimals(Decimal(0), Decimal(10**9 - 1), places=6, allow_nan=False) | st.none()
quantities = st.builds(
    Quantity,
    st.decimals(Decimal("0.000001"), Decimal(10**9 - 1), places=6, allow_nan=False),
    st.sampled_from(sorted(UNITS)),
)
posts = st.from_regex(r"[A-Z]{5}[1-4]", fullmatch=True)
other_posts = st.from_regex(r"[A-Z]{5}[5-9]", fullmatch=True)
places = st.sampled_from(["", "Le Havre", "Roissy-en-France Cedex", "Saint-Denis (La Réunion)"])
cheds = st.builds(
    "{}.{}.{}.{:07d}".format,
    st.sampled_from(ChedType),
    countries,
    st.integers(1000, 9999),
    st.integers(0, 10**8 - 1),
)
mrns = st.from_regex(r"[0-9]{2}[A-Z]{2}[A-Z0-9]{14}", fullmatch=True)
containers = st.from_regex(r"[A-Z]{4}[0-9]{7}", fullmatch=True)

packages = st.lists(st.builds(Package, codes, texts, st.integers(0, 10**6)), max_size=2).map(tuple)
parties = st.builds(
    Party,
    role=st.sampled_from(["consignor", "consignee", "delivery", "responsible", "importer"]),
    name=names,
    country=countries | st.just(""),
    city=texts,
    postcode=texts,
    address=texts,
    identifier=names,
    identifier_scheme=codes | st.just(""),
)
transports = st.builds(
    Transport, st.sampled_from(["sea", "rail", "road", "air", "other"]), identifier=texts, name=texts
)
papers = st.builds(
    ReferencedDocument,
    type_code=st.sampled_from(["851", "380", "705"]),
    type_name=texts,
    reference=names,
    issued_on=st.dates() | st.none(),
    country=countries | st.just(""),
)
decisions = st.builds(
    Decision,
    conclusion=st.sampled_from(["ACCEPTABLE_FOR_INTERNAL_MARKET", "NOT_ACCEPTABLE"]),
    at=moments,
    measure=codes | st.just(""),
    measure_extent=codes | st.just(""),
    refusal_reasons=st.lists(codes, max_size=2).map(tuple),
    remarks=texts,
)


@st.composite
def goods_lines(draw: st.DrawFn) -> tuple[Goods, ...]:
    line = st.builds(
        Goods,
        sequence=st.just(1),
        description=texts,
        scientific_name=texts,
        common_name=texts,
        cn_code=codes,
        cn_label=texts,
        eppo_code=codes | st.just(""),
        product_type=codes | st.just(""),
        origin_country=countries | st.just(""),
        net_weight=weights,
        gross_weight=weights,
        quantity=quantities | st.none(),
        packages=packages,
    )
    return tuple(draw(st.lists(line, max_size=3)))


@st.composite
def checks(draw: st.DrawFn) -> tuple[Check, ...]:
    found = []
    for kind in (StepKind.DOCUMENTARY, StepKind.IDENTITY, StepKind.PHYSICAL, StepKind.LABORATORY):
        if draw(st.booleans()):
            result = draw(st.sampled_from(CheckResult) | st.none())
            at = draw(moments | st.none()) if result else None
            method = draw(st.sampled_from(["", "SEAL_CHECK", "FULL_CHECK"]))
            found.append(Check(kind, result, at, method, draw(codes | st.just(""))))
    return tuple(found)


@st.composite
def well_formed_cheds(draw: st.DrawFn) -> Ched:
    reference = draw(cheds)
    lines = draw(goods_lines())
    origins = {line.origin_country for line in lines}
    # The origin of the whole is that of its lines when nothing else is said.
    common = origins.pop() if len(origins) == 1 else ""
    return Ched(
        reference=reference,
        ched_type=ChedType(reference.partition(".")[0]),
        status=draw(st.sampled_from(["1", "42", "70", "41"])),
        issued_at=draw(moments),
        post_code=draw(posts),
        post_name=draw(places),
        post_town=draw(places),
        post_others=tuple(draw(st.lists(other_posts, max_size=1))),
        submitted_at=draw(moments | st.none()),
        arrival_expected_at=draw(moments | st.none()),
        local_reference=draw(texts).removeprefix(reference),
        mrn=draw(mrns | st.just("")),
        purpose=draw(codes | st.just("")),
        origin_country=draw(countries) if draw(st.booleans()) else common,
        export_country=draw(countries | st.just("")),
        net_weight=draw(weights),
        gross_weight=draw(weights),
        quantity=draw(quantities | st.none()),
        packages=draw(packages),
        parties=tuple(draw(st.lists(parties, max_size=3))),
        goods=tuple(
            Goods(**{name: getattr(line, name) for name in Goods.__slots__} | {"sequence": rank})
            for rank, line in enumerate(lines, 1)
        ),
        containers=tuple(
            draw(
                st.lists(st.builds(Container, containers, st.lists(names, max_size=2).map(tuple)), max_size=2)
            )
        ),
        transports=tuple(draw(st.lists(transports, max_size=2))),
        documents=tuple(draw(st.lists(papers, max_size=2))),
        checks=draw(checks()),
        decision=draw(decisions | st.none()),
        replaced_by=draw(cheds.filter(lambda other: other != reference) | st.just("")),
    )


pointers = st.lists(
    st.from_regex(r"[0-9A-Z]{2,4}(\[[0-9]{1,3}\])?(:[A-Z0-9]{2,4})?", fullmatch=True), max_size=3
).map("/".join)
responses = st.builds(
    CustomsResponse,
    function=st.sampled_from(["01", "03", "05", "08", "09", "10"]),
    issued_at=seconds,
    reference=texts,
    mrn=mrns,
    local_reference=texts,
    cited_cheds=st.lists(cheds, max_size=3, unique=True).map(tuple),
    version=st.integers(0, 999),
    accepted_at=seconds | st.none(),
    statements=st.lists(st.builds(CustomsStatement, codes | st.just(""), names), max_size=2).map(tuple),
    errors=st.lists(st.builds(CustomsError, codes, texts, pointers), max_size=2).map(tuple),
)

movements = st.builds(
    ContainerMovement,
    container=containers,
    movement=st.sampled_from(["discharged", "loaded"]),
    at=seconds
    | st.integers(-7200, 7200).map(lambda s: datetime(2026, 10, 25, 1, tzinfo=UTC) + timedelta(seconds=s)),
    port=st.from_regex(r"[A-Z]{5}", fullmatch=True) | st.just(""),
    vessel=texts,
    voyage=texts,
    seals=st.lists(names, max_size=2).map(tuple),
)
reports = st.builds(
    Coarri, interchange=codes, movements=st.lists(movements, min_size=1, max_size=4).map(tuple)
)

events = st.builds(
    StepEvent,
    consignment=cheds,
    step=st.sampled_from([kind for kind in StepKind if kind is not StepKind.NOTIFICATION]),
    status=st.sampled_from(list(StepStatus)[1:-1]),
    at=moments,
    authority=texts,
    post=texts,
    detail=st.text(_CHARACTERS | st.sampled_from("\n\t"), max_size=50).filter(is_legible),
)
