"""What is one work and what is two, and that it can be taken back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import UsageError
from reader.library.store import Store
from reader.model.change import ApartChange, MergeChange, SplitChange, StatusChange, TagChange
from reader.model.details import details_of
from reader.model.identifiers import Identifier
from reader.model.paper import Author, Fields, PaperDraft, SourceRecord, Status, UserState
from reader.model.query import parse_query
from tests.library.states import contents, problems
from tests.strategies import drafts

TITLE = "A rather long title of a paper"
DOE, ROE = (Author("Doe", "Jane"),), (Author("Roe", "Richard"),)


def draft(key, source="bibtex", citekey="", **told):
    fields = Fields(**{"title": TITLE, "authors": DOE, **told})
    record = SourceRecord(source, key, "2026-01-01T00:00:00Z", "f", fields)
    return PaperDraft((record,), UserState(citekey=citekey) if citekey else None)


def doi(value):
    return (Identifier("doi", f"10.1234/{value}"),)


def arxiv(value):
    return (Identifier("arxiv", value),)


def told(**fields):
    return fields


def take(store, *records):
    return store.import_drafts(records, "x")[1]


@pytest.fixture
def pair(store):
    """Two papers that may be one: the same title and author, two DOIs."""
    take(store, draft("one", citekey="one", identifiers=doi("a"), venue="J. of X"),
         draft("two", citekey="two", identifiers=doi("b"), venue="J. of Y"))  # fmt: skip
    return store.find("one"), store.find("two")


def duplicates(store):
    return list(store.matching(parse_query("is:dup")))


def test_a_merge_loses_nothing(store, pair):
    one, two = pair
    assert sorted(duplicates(store)) == sorted(pair)
    store.apply(StatusChange((two,), Status.READ))
    store.apply(TagChange((two,), add=("theirs",)))
    store.apply(TagChange((one,), add=("ours",)))
    before = contents(store.path)
    store.apply(MergeChange(one, (two,)))
    paper = store.paper(one)
    assert store.paper(two) is None
    assert (paper.row.status, paper.row.tags) == (Status.READ, ("ours", "theirs"))
    assert {one.value for one in paper.identifiers} == {"10.1234/a", "10.1234/b", "two"}
    assert len(paper.sources) == 2
    assert (store.find("two"), store.find("10.1234/b")) == (one, one)
    assert duplicates(store) == []
    assert problems(store.path) == []
    store.undo()
    assert contents(store.path) == before
    store.redo()
    assert store.paper(two) is None


def test_importing_again_after_a_merge_changes_nothing(store, pair):
    one, two = pair
    store.apply(MergeChange(one, (two,)))
    again = take(store, draft("one", citekey="one", identifiers=doi("a"), venue="J. of X"))
    assert (again.new, again.merged) == (0, 0)
    again = take(store, draft("two", citekey="two", identifiers=doi("b"), venue="J. of Y"))
    assert again.new == 0
    assert store.counts()["all"] == 1


def test_a_split_makes_two_again_that_stay_two(store, pair):
    one, two = pair
    store.apply(MergeChange(one, (two,)))
    before = contents(store.path)
    done = store.apply(SplitChange(one, (2,)))
    assert [row.citekey for row in store.rows(done.papers)] == ["one", "two"]
    assert duplicates(store) == []
    records = [draft("one", citekey="one", identifiers=doi("a"), venue="J. of X"),
               draft("two", citekey="two", identifiers=doi("b"), venue="J. of Y")]  # fmt: skip
    again = take(store, *records)
    assert (again.new, again.merged, again.unsure) == (0, 0, [])
    store.undo()
    assert contents(store.path) == before
    assert problems(store.path) == []


def test_a_split_by_a_shared_identifier_stays_too(store):
    take(store, draft("one", identifiers=doi("a")), draft("two", "ris", identifiers=doi("a")))
    (paper,) = store.matching(parse_query(""))
    store.apply(SplitChange(paper, (2,)))
    assert store.counts()["all"] == 2
    again = take(store, draft("two", "ris", identifiers=doi("a")))
    assert (again.new, again.merged, store.counts()["all"]) == (0, 0, 2)


def test_kept_apart_for_good(store, pair):
    store.apply(ApartChange(pair))
    assert (duplicates(store), store.look_alikes(pair[0])) == ([], [])
    take(store, draft("one", citekey="one", identifiers=doi("a"), venue="J. of X", remark="new"))
    assert duplicates(store) == []
    store.undo()
    store.undo()
    assert sorted(duplicates(store)) == sorted(pair)
    assert store.look_alikes(pair[0]) == [pair[1]]


@pytest.mark.parametrize(
    "change",
    [
        lambda one, two: MergeChange(one, (one,)),
        lambda one, two: MergeChange(one, (999,)),
        lambda one, two: SplitChange(one, (1,)),
        lambda one, two: SplitChange(one, (7,)),
        lambda one, two: SplitChange(one, ()),
    ],
)
def test_what_cannot_be_regrouped(store, pair, change):
    before = contents(store.path)
    with pytest.raises(UsageError):
        store.apply(change(*pair))
    assert contents(store.path) == before


@pytest.mark.parametrize(
    ("ours", "theirs", "papers", "unsure"),
    [
        (told(identifiers=doi("a")), told(identifiers=doi("a")), 1, 0),
        # One DOI, another title and another author: chapters of a book, or a slip.
        (told(identifiers=doi("a")),
         told(identifiers=doi("a"), title="Another long title entirely", authors=ROE), 2, 1),
        # One DOI, two arXiv ids: never one paper by itself.
        (told(identifiers=doi("a") + arxiv("2101.00001")),
         told(identifiers=doi("a") + arxiv("2101.00002")), 2, 1),
        # The same arXiv id is the same paper, whatever the DOI says.
        (told(identifiers=doi("a") + arxiv("2101.00001")),
         told(identifiers=doi("b") + arxiv("2101.00001")), 1, 0),
        # A preprint and its published version.
        (told(identifiers=arxiv("2101.00001")), told(identifiers=doi("b")), 1, 0),
        (told(identifiers=doi("a")), told(identifiers=doi("b")), 2, 1),
        (told(details={"volume": "1"}), told(details={"volume": "Vol. 2"}), 2, 1),
        (told(details={"volume": "1"}), told(details={"volume": "Vol. 1"}), 1, 0),
        (told(title="Editorial"), told(title="Editorial"), 2, 0),
        (told(), told(authors=ROE), 2, 0),
    ],
)  # fmt: skip
def test_the_same_paper(store, ours, theirs, papers, unsure):
    taken = take(store, draft("one", **ours), draft("two", "ris", **theirs))
    assert store.counts()["all"] == papers
    assert len(taken.unsure) == unsure
    again = take(store, draft("one", **ours), draft("two", "ris", **theirs))
    assert (again.new, again.merged, again.unsure) == (0, 0, [])


def test_the_same_citekey_with_the_same_title_is_the_same_paper(store):
    take(store, draft("x", citekey="ed2020", title="Editorial", venue="J. of X"))
    again = take(store, draft("y", "ris", citekey="ed2020", title="Editorial", remark="more"))
    assert (again.new, again.merged) == (0, 1)
    other = take(store, draft("z", "ris", citekey="ed2020", title="Another"))
    assert other.new == 1


def test_details_of_both_are_kept(store):
    ours, theirs = {"volume": "1"}, {"volume": "2", "issue": "3"}
    take(store, draft("one", identifiers=doi("a"), details=ours, notes=("mine",)),
         draft("two", "crossref", identifiers=doi("a"), details=theirs))  # fmt: skip
    (paper,) = store.papers(store.matching(parse_query("")))
    found = details_of(paper.sources)
    assert dict(found.values) == {"volume": "2", "issue": "3"}
    assert found.notes == ("mine",)


@settings(max_examples=25)
@given(st.lists(drafts(), min_size=2, max_size=6), st.data())
def test_any_regrouping_can_be_taken_back(tmp_path_factory, records, data):
    store = Store(tmp_path_factory.mktemp("any") / "library.db")
    take(store, *records)
    papers = [int(one) for one in store.matching(parse_query(""))]
    states = [contents(store.path)]
    for _ in range(data.draw(st.integers(1, 3))):
        kept, other = data.draw(st.sampled_from(papers)), data.draw(st.sampled_from(papers))
        change = data.draw(st.sampled_from([
            MergeChange(kept, (other,)), SplitChange(kept, (1,)), SplitChange(kept, (2,)),
            ApartChange((kept, other))]))  # fmt: skip
        try:
            done = store.apply(change)
        except UsageError:
            continue
        if done.group:
            states.append(contents(store.path))
    assert problems(store.path) == []
    for state in reversed(states[:-1]):
        store.undo()
        assert contents(store.path) == state
    store.close()


def test_what_is_gone_is_not_kept_apart(store, pair):
    store.apply(MergeChange(pair[0], (pair[1],)))
    with pytest.raises(UsageError, match="gone"):
        store.apply(ApartChange(pair))


def test_a_mended_title_in_the_same_file_is_the_same_paper(store):
    take(store, draft("doe", citekey="doe", title="A rather lnog title"))
    take(store, draft("doe", citekey="doe", title="A rather long title"))
    assert [store.paper(one).row.title for one in store.matching(parse_query(""))] == [
        "A rather long title"
    ]
    take(store, draft("doe", citekey="doe", title="Something else", authors=ROE))
    assert len(store.matching(parse_query(""))) == 2


def test_a_mistyped_arxiv_id_does_not_join_strangers(store):
    take(store, draft("one", identifiers=arxiv("2101.00001")))
    take(store, draft("two", identifiers=arxiv("2101.00001"), title="Strange", authors=ROE))
    assert len(duplicates(store)) == 2
