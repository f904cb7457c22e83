"""The list's address, both ways (SES-01)."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from models.border.follow_up.filters import decode_cursor
from models.border.passage.vocabulary import ChedType
from state.border.address import MINE, STATE_WORDS, Address
from tests.state.world import World
from tests.support.accounts import NOW

_words = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=1, max_size=12)
_searches = st.lists(_words, max_size=3).map(lambda words: " ".join(" ".join(words).split())[:40].strip())
_cursors = st.text(st.characters(codec="ascii", categories=("L", "N")), max_size=40)
addresses = st.builds(
    Address,
    post=st.text("ABCDEFR0123456789", max_size=12),
    ched_type=st.sampled_from(["", *map(str, ChedType)]),
    state=st.sampled_from(["", MINE, *STATE_WORDS.values()]),
    search=_searches,
    sort=st.sampled_from(["urgent", "recent", "ancien"]),
    all_dates=st.booleans(),
    after=_cursors,
    before=_cursors,
)


def query_of(link: str) -> dict[str, str]:
    """What a browser would send back."""
    return dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))


@settings(deadline=None)
@given(addresses)
def test_ses_01_a_link_reads_back_as_it_was(address: Address) -> None:
    """SES-01: shared, or reached by the back button, a link shows the same list."""
    link = address.link(after=address.after, before=address.before)
    assert Address.read(query_of(link)) == address


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["q", "poste", "type", "etat", "tri", "periode", "apres", "avant", "x"]), st.text()
    )
)
def test_nonsense_is_ignored(query: dict[str, str]) -> None:
    """Whatever somebody typed there, the list has filters that mean something, and a page."""
    address = Address.read(query)
    filters = address.filters(NOW)
    assert address.sort in ("urgent", "recent", "ancien")
    assert address.ched_type in {"", *ChedType}
    assert len(address.search) <= 200
    assert address.state in {"", MINE, *STATE_WORDS.values()}
    decode_cursor(address.after, filters.sort)
    assert Address.read(query_of(address.link())) == Address.read(
        query_of(Address.read(query_of(address.link())).link())
    )


@settings(deadline=None)
@given(st.sampled_from(["post", "ched_type", "sort", "search"]), st.text(max_size=80))
def test_no_link_leaves_the_portal(name: str, value: str) -> None:
    """An address is ours whatever a client puts into a filter: no open redirect."""
    link = Address().link(**{name: value})
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("", "", "/suivi", "")
    assert link.isascii()
    assert link.isprintable()


async def test_redirects_of_the_handlers_stay_here(world: World) -> None:
    """SES-01: no argument, and no address of a tab, sends a browser elsewhere."""
    elsewhere = (
        "//evil.example",
        "https://evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "\r\nX: y",
    )
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    for value in elsewhere:
        for name in ("post", "type", "sort", "period", "link", "after"):
            await tab.send("FollowUp.narrow", {"name": name, "value": value})
        await tab.send("FollowUp.search", {"form": {"q": value, "next": value}})
    assert len(tab.redirects) == len(elsewhere) * 5
    assert {urlsplit(path).path for path in tab.redirects} == {"/suivi"}
    assert not any(urlsplit(path).netloc or urlsplit(path).scheme for path in tab.redirects)
    nobody = await world.tab(None)
    for path in ("//evil.example/suivi", "https://evil.example/suivi"):
        await nobody.connect(path)
        await nobody.send("FollowUp.load")
    assert nobody.redirects
    assert all(urlsplit(path)[:3] == ("", "", "/connexion") for path in nobody.redirects)


async def test_ses_01_what_a_search_finds_is_counted_and_said(world: World) -> None:
    """SES-01: the count is announced; the first search is a step that Back undoes, what follows it takes its place."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    assert tab.shown["FollowUp"]["filtering"]["found"] == ""
    await tab.send("FollowUp.search", {"form": {"q": "Aster\u200b"}})
    await tab.go(tab.redirects[-1])
    assert tab.shown["FollowUp"]["filtering"]["found"] == "1\u00a0envoi pour «\u00a0Aster\u00a0»"
    await tab.send("FollowUp.search", {"form": {"q": "cedrus"}})
    await tab.go(tab.redirects[-1])
    assert tab.shown["FollowUp"]["filtering"]["found"] == "Aucun envoi pour «\u00a0cedrus\u00a0»"
    await tab.go("/suivi?q=%25")
    assert tab.shown["FollowUp"]["filtering"]["found"] == "Aucun envoi pour «\u00a0%\u00a0»"
    await tab.go("/suivi?q=as")
    assert (tab.shown["FollowUp"]["filtering"]["found"], len(tab.shown["FollowUp"]["rows"])) == ("", 2)
    assert tab.shown["FollowUp"]["filtering"]["hint"].startswith("Tapez au moins 3 caractères")
    sent = [one["payload"] for one in tab.asked if one["name"] == "_redirect"]
    assert [(one["path"], one["replace"]) for one in sent] == [
        ("/suivi?q=Aster", False),
        ("/suivi?q=cedrus", True),
    ]


async def test_pages_with_a_broken_cursor_begin_at_the_beginning(world: World) -> None:
    """SES-01: a link cut short, or forged, shows the first page."""
    for cursor in (
        "x",
        "W10",
        "W251bGwsbnVsbF0",
        "WzEsICIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjU5IiwgMV0",
        "WzksIjk5OTktMTItMzFUMjM6NTk6NTktMjM6NTkiLDFd",
    ):
        for name in ("apres", "avant"):
            tab = await world.tab("importateur")
            await tab.connect(f"/suivi?{name}={cursor}")
            assert tab.shown["FollowUp"]["loaded"], cursor
            assert tab.shown["FollowUp"]["refusal"] == ""
