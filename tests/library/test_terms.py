"""A few words stand for a prefix while one types; the whole prefix is asked behind them."""

from array import array
from dataclasses import replace

import pytest

from reader.library import compiling, driving, terms
from reader.library.store import Store
from reader.model.change import StarChange, StatusChange, TagChange, TrashChange
from reader.model.paper import Fields, PaperDraft, SourceRecord, Status
from reader.model.query import parse_query
from reader.model.query.tree import And


def draft(number, title):
    return PaperDraft((SourceRecord("arxiv", str(number), "now", "f", Fields(title=title)),))


TITLES = [f"models of everything {n}" for n in range(30)] + ["Modules", "Modèles", "motion"] * 2


@pytest.fixture
def store(library_path, monkeypatch):
    monkeypatch.setattr(terms, "FROM", 10)
    store = Store(library_path)
    store.import_drafts([draft(n, title) for n, title in enumerate(TITLES)], "made")
    yield store
    store.close()


def test_the_commonest_continuations_stand_for_a_prefix(store, monkeypatch):
    monkeypatch.setattr(terms, "MOST", 2)
    connection = store._connection
    assert terms.beginning(connection, "Mod")[0] == "models"
    assert terms.beginning(connection, "MODE") == ["models", "modeles"]
    assert terms.beginning(connection, "modè") == ["models", "modeles"]
    assert terms.beginning(connection, "zz") == terms.beginning(connection, "a-b") == []
    assert len(terms.beginning(connection, "m")) == 2


def test_the_first_papers_are_some_of_all_and_all_where_no_word_is_left_out(store):
    everything = store.matching(parse_query("m"))
    assert store.first_matching(parse_query("m"), 99) == everything
    with store.write():
        store._connection.execute("DELETE FROM terms WHERE term <> 'models'")
    first = store.first_matching(parse_query("m"), 99)
    assert len(first) == 30
    assert set(first) < set(everything)
    assert store.count(parse_query("m")) == len(everything) == 36


def test_words_are_counted_anew_when_many_papers_came(store):
    connection = store._connection
    assert not terms.due(connection)
    store.import_drafts([draft(100, "quarks and quarks"), draft(101, "quarks")], "two more")
    assert terms.beginning(connection, "qua") == []
    assert len(store.first_matching(parse_query("qua"), 9)) == 2, "an unknown word is asked whole"
    more = [draft(n, f"quarks again {n}") for n in range(200, 210)]
    store.import_drafts(more, "many more")
    assert terms.beginning(connection, "qua") == ["quarks"]
    store.undo()
    assert len(store.first_matching(parse_query("qua"), 9)) == 2


def test_a_hardly_begun_word_is_not_ranked_and_a_longer_one_is(store):
    store.import_drafts([draft(300, "a motion about motion and motion")], "one")
    ranked = replace(parse_query("motion"), ranked=True)
    assert store.first_matching(ranked, 9) == store.matching(ranked)
    begun = replace(parse_query("mo"), ranked=True)
    assert store.first_matching(begun, 99) == store.matching(parse_query("mo"))


def test_the_first_matches_of_find_keep_their_order_when_all_are_known(store):
    for text in ("model", "mod", "models lear", "title:mod", "mod -learning", "cat:cs mod"):
        query = replace(parse_query(text), ranked=True)
        first, every = store.first_matching(query, 30), store.matching(query)
        few = set(first)
        assert first == array(first.typecode, filter(few.__contains__, every)), text
        assert sorted(every) == sorted(store.matching(parse_query(text)))


def test_find_counts_a_rare_word_more_and_one_that_is_new_as_any(store):
    told = [("A scarce title", "everything"), ("Everything now", "scarce")]
    drafts = [
        PaperDraft((SourceRecord("x", title, "now", "f", Fields(title=title, abstract=text)),))
        for title, text in told
    ]
    store.import_drafts(drafts, "two")
    query = replace(parse_query("everything scarce"), ranked=True)
    assert [row.title for row in store.rows(store.matching(query))] == [told[0][0], told[1][0]]
    newest = PaperDraft((SourceRecord("x", "m", "now", "f", Fields(title="Mod")),))
    store.import_drafts([newest], "one")
    best = store.rows(store.matching(replace(parse_query("mod"), ranked=True))[:1])
    assert best[0].title == "Mod"


def test_what_few_papers_have_is_asked_first(store, monkeypatch):
    ids = tuple(store.matching(parse_query("models"))[:5])
    store.apply(TagChange(ids, add=("x",)))
    store.apply(StarChange(ids[:2], starred=True))

    def driver(text):
        tree = parse_query(text).tree
        found = driving.driver_of(
            store._connection, tree.parts if isinstance(tree, And) else [tree]
        )
        return found and found.papers

    assert driver("#x is:unread") == 5
    assert driver("#x is:starred") == 2
    assert driver("models year:2020..") is None
    monkeypatch.setattr(driving, "FEW", 3)
    assert driver("#x is:unread") is None
    for text in ("#x models", "#x is:unread", "is:starred models", "is:unread #x sort:title"):
        few = store.explain(parse_query(text)).sql
        found = store.matching(parse_query(text))
        with monkeypatch.context() as patched:
            patched.setattr(driving, "FEW", 20_000)
            assert store.explain(parse_query(text)).sql != few or "starred" in text
            assert store.matching(parse_query(text)) == found
        assert len(found) == (2 if "starred" in text else 5)


@pytest.mark.parametrize("status", ["inbox", "unread", "later", "read", "starred"])
@pytest.mark.parametrize("more", ["", " year:2020..", " models", " #x"])
def test_papers_of_a_status_are_read_in_its_order(store, monkeypatch, status, more):
    """As they are, so that the first rows of a view come without looking at all of them."""
    ids = tuple(store.matching(parse_query("models"))[:9])
    store.apply(TagChange(ids[:6], add=("x",)))
    store.apply(StarChange(ids[2:7], starred=True))
    store.apply(StatusChange(ids[1:3], Status.LATER))
    store.apply(StatusChange(ids[3:8], Status.READ))
    query = parse_query(f"is:{status}{more}")
    found = store.matching(query)
    explained = store.explain(query)
    plan = store._connection.execute(f"EXPLAIN QUERY PLAN {explained.sql}", explained.values)
    steps = " / ".join(row[3] for row in plan)
    in_order = "#x" not in more or status not in {"inbox", "unread"}  # which are more than #x
    assert ("papers_live_st" in steps) is in_order, steps
    assert ("TEMP B-TREE" in steps) is not in_order, steps
    with monkeypatch.context() as patched:
        patched.setattr(driving, "FEW", -1)
        assert store.matching(query) == found


@pytest.mark.parametrize("few", [0, 3, 1_000])
@pytest.mark.parametrize("text", ["", "models", "is:unread", "#x models", "is:trash", "sort:title"])
def test_which_of_some_papers_a_query_finds(store, monkeypatch, few, text):
    monkeypatch.setattr(compiling, "FEW_TEXTS", few)
    everyone = store.matching(parse_query(""))
    store.apply(TagChange(tuple(everyone[3:9]), add=("x",)))
    store.apply(TrashChange(tuple(everyone[5:7]), trashed=True))
    query = parse_query(text)
    found = set(store.matching(query))
    assert found
    for some in ([], everyone[4:6], everyone):
        assert store.among(query, some) == found.intersection(some)
