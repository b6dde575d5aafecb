from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.importing import import_samples
from reader.library.faults import explained
from reader.library.store import Store
from reader.model.change import StarChange, StatusChange, TagChange
from reader.model.identifiers import Identifier
from reader.model.paper import Author, Fields, PaperDraft, SourceRecord, Status
from reader.model.query import Query, parse_query
from tests.strategies import hostile_text


def found(store, text, *, ranked=False):
    ids = store.matching(replace(parse_query(text), ranked=ranked))
    return [row.citekey for row in store.rows(ids)]


def test_every_word_is_a_prefix_and_all_must_match(shelf):
    assert found(shelf, "creat diff") == ["pan2025cmt", "kamb2024analytic"]
    assert found(shelf, "CREAT convolut") == ["kamb2024analytic"]
    assert found(shelf, "creat nonsense") == []


def test_phrases_authors_and_accents(shelf):
    assert found(shelf, '"convolutional diffusion models"') == ["kamb2024analytic"]
    assert found(shelf, '"surya ganguli"') == ["kamb2024analytic"]
    assert found(shelf, "ganguli") == ["kamb2024analytic"]
    assert found(shelf, "Gángulì") == ["kamb2024analytic"]
    assert found(shelf, "state-of-the-art") == found(shelf, '"state of the art"')


def test_readable_mathematics_is_searchable(shelf):
    assert "kamb2024analytic" in found(shelf, "r² 0.77")


def test_tags_match_by_prefix_of_a_part(shelf):
    paper = shelf.find("anon2020symmetries")
    shelf.apply(TagChange((paper,), add=("physics/Gravity",)))
    assert found(shelf, "gravi flat") == ["anon2020symmetries"]
    assert found(shelf, "physics/gr") == ["anon2020symmetries"]
    assert "anon2020symmetries" in found(shelf, "physics")


def test_identifiers_and_citekeys_are_found(store):
    fields = Fields(title="On lattices", identifiers=(Identifier("arxiv", "2301.00001"),))
    record = SourceRecord("arxiv", "1", "now", "f", fields)
    store.import_drafts([PaperDraft((record,))], "x")
    for text in ("2301.00001", "https://arxiv.org/abs/2301.00001v2", "anonndlattices"):
        assert found(store, text) == ["anonndlattices"]
        assert store.find(text) == 1


def test_views_and_tags_narrow(shelf):
    one, two = shelf.find("simon2026there"), shelf.find("kamb2024analytic")
    shelf.apply(StatusChange((one,), Status.LATER))
    shelf.apply(StarChange((two,), starred=True))
    shelf.apply(TagChange((one,), add=("theory",)))
    shelf.apply(TagChange((two,), add=("theory/learning",)))
    assert found(shelf, "in:later") == ["simon2026there"]
    assert found(shelf, "in:starred") == ["kamb2024analytic"]
    assert len(found(shelf, "in:inbox")) == 19
    assert found(shelf, "theory in:later") == ["simon2026there"]
    assert found(shelf, "tag:theory") == ["simon2026there", "kamb2024analytic"]
    assert found(shelf, "tag:theory/learning") == ["kamb2024analytic"]
    assert [(tag.name, tag.papers) for tag in shelf.tags()] == [
        ("theory", 2),
        ("theory/learning", 1),
    ]


def said(store, *papers):
    """Undated papers with these titles, abstracts and authors, which keep their order."""
    records = [
        PaperDraft((SourceRecord("arxiv", fields["title"], "now", "f", Fields(**fields)),))
        for fields in papers
    ]
    store.import_drafts(records, "x")


def titles(store, text):
    ids = store.matching(replace(parse_query(text), ranked=True))
    return [row.title for row in store.rows(ids)]


def test_find_puts_the_best_match_first(store):
    said(
        store,
        {"title": "Nothing of it here", "abstract": "a lattice, a lattice and a lattice"},
        {"title": "By an author of it", "authors": (Author("Lattice", "Ann"),)},
        {"title": "Much else that leads at last to a lattice"},
        {"title": "The same", "abstract": "a lattice"},
        {"title": "On lattices"},
    )
    best = ["On lattices", "Much else that leads at last to a lattice", "By an author of it",
            "The same", "Nothing of it here"]  # fmt: skip
    assert titles(store, "lattice") == best
    assert titles(store, "title:lattice") == best[:2]
    assert titles(store, "lattice -much") == [best[0], *best[2:]]
    either = titles(store, "lattice | nothing")
    assert sorted(either) == sorted(best)
    assert {either[0], either[1]} == {best[0], best[-1]}


def test_of_equally_good_matches_the_kept_and_then_the_newer_come_first(store):
    said(store, *({"title": f"A lattice {number}"} for number in range(5)))
    kept = store.matching(parse_query('title:"lattice 3"'))[0]
    store.apply(StarChange((kept,), starred=True))
    assert titles(store, "lattice") == [f"A lattice {number}" for number in (3, 0, 1, 2, 4)]


def test_what_only_a_tag_says_and_what_must_not_be_there_count_for_nothing(store):
    said(store, {"title": "Tagged so"}, {"title": "Lattices"}, {"title": "Bad lattices"})
    store.apply(TagChange(tuple(store.matching(parse_query("tagged"))), add=("lattice",)))
    assert titles(store, "lattice") == ["Lattices", "Bad lattices", "Tagged so"]
    assert titles(store, "lattice | -(bad nothing)") == ["Lattices", "Bad lattices", "Tagged so"]
    assert titles(store, "nothing is:starred") == []


def test_letters_without_a_decomposition_are_found_in_titles(store):
    said(
        store,
        {"title": "Newer", "abstract": "Łukasiewicz and Ørsted in the straße"},
        {"title": "Łukasiewicz and Ørsted in the straße"},
    )
    for word in ("Łukasiewicz", "ørs", "straße", '"Ørsted in"'):
        assert titles(store, word)[1:] == ["Newer"], word


def test_find_of_a_few_are_the_best_of_all(store):
    said(store, *({"title": f"Filler {n}", "abstract": "lattice"} for n in range(9)),
         {"title": "Lattice"})  # fmt: skip
    few = replace(parse_query("lattice limit:3"), ranked=True)
    assert titles(store, "lattice limit:3") == ["Lattice", "Filler 0", "Filler 1"]
    assert store.first_matching(few, 9) == store.matching(few)


def test_rows_by_window_at_once_and_by_search_agree(shelf):
    ids = shelf.matching(Query())
    whole = shelf.rows(ids)
    pages = [row for start in range(0, 20, 7) for row in shelf.rows(ids[start : start + 7])]
    assert whole == pages
    assert list(shelf.first_matching(Query(), 5)) == list(ids[:5])
    assert [row.id for row in whole] == [paper.row.id for paper in shelf.papers(ids)]


@pytest.fixture(scope="module")
def shared_shelf(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("search") / "library.db")
    import_samples(store)
    yield store
    store.close()


@given(
    hostile_text
    | st.sampled_from(['"', "a OR", "NEAR(a b)", "title:x", "*", "a*b", "(", "-x", "\\"])
)
def test_any_text_can_be_searched_for(shared_shelf, text):
    for ranked in (False, True):
        query = replace(parse_query(text), ranked=ranked)
        if not query.errors:
            shared_shelf.matching(query)


def test_a_query_that_is_too_deep_for_the_index_is_refused(shared_shelf):
    shared_shelf.matching(parse_query("(a (b | " * 8 + "c" + "))" * 8))
    deep = parse_query("(a (b | " * 19 + "c" + "))" * 19)
    assert not deep.errors
    for ask in (shared_shelf.matching, shared_shelf.count):
        with pytest.raises(QueryError, match="nested too deeply"), explained(shared_shelf.path):
            ask(deep)


def test_a_very_long_query_is_refused(shared_shelf):
    for text in ("word " * 20_000, '"' + "word " * 20_000, "w " * 201):
        with pytest.raises(QueryError):
            shared_shelf.matching(parse_query(text))


def test_a_rebuilt_index_finds_the_same(shelf):
    before = found(shelf, "theory")
    shelf.rebuild_search()
    assert found(shelf, "theory") == before
    assert shelf.check() == []


def test_authors_of_a_group_are_found(store):
    fields = Fields(title="Observation", authors=(Author("LHCb Collaboration", whole=True),))
    store.import_drafts([PaperDraft((SourceRecord("arxiv", "1", "now", "f", fields),))], "x")
    assert found(store, "lhcb") == ["lhcbcollaborationndobservation"]
