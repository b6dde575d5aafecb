import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.import_report import Options
from reader.importing import import_files, import_samples
from reader.library.ingest import Verdict
from reader.library.store import Store
from reader.model.change import SplitChange, StarChange, StatusChange, TagChange
from reader.model.dates import PartialDate, Precision, parse_iso
from reader.model.identifiers import Identifier
from reader.model.paper import Author, Fields, PaperDraft, SourceRecord, Status, UserState
from reader.model.query import Query
from reader.resources import seeds
from tests.library.states import contents, problems
from tests.strategies import drafts

LONG = "A sufficiently long and telling title of a paper"


def draft(fields, source="arxiv", key="1", **more):
    return PaperDraft((SourceRecord(source, key, "2026-05-07T00:00:00Z", "f", fields),), **more)


def only(store):
    return next(store.papers(store.matching(Query())))


def test_the_sample_shelf(shelf):
    assert shelf.counts()["all"] == 20
    paper = next(shelf.papers([shelf.find("simon2026there")]))
    assert paper.row.title == "There Will Be a Scientific Theory of Deep Learning"
    assert [one.name for one in paper.authors] == [
        "Jamie Simon",
        "Daniel Kunin",
        "Alexander Atanasov",
    ]
    assert paper.author_count == 14
    assert paper.row.byline == "Simon +13"
    assert paper.categories == ("stat.ML",)
    assert paper.row.published == PartialDate("2026-04-23", Precision.YEAR_INFERRED)
    assert {one.source for one in paper.sources} == {"hf-listing", "arxiv-listing"}
    assert paper.counters == {"comments": 1}
    assert len(paper.abstract) == 1909
    said = {one.source: one.fields for one in paper.sources}
    assert said["hf-listing"].published.text == "2026-04-22"
    assert said["hf-listing"].author_count == 14
    cmt = next(shelf.papers([shelf.find("pan2025cmt")]))
    assert "11.4±2.1%" in cmt.abstract
    assert "11.4$\\pm$2.1\\%" in cmt.abstract_source
    assert cmt.author_count is None
    assert shelf.only_samples()


def test_the_order_of_the_files_does_not_matter(tmp_path):
    names = ["arxiv-listing.txt", "huggingface-daily-papers.txt"]
    seen = []
    for order in (names, names[::-1]):
        store = Store(tmp_path / f"{order[0]}.db")
        report = import_files(
            store, [(seeds() / name, name) for name in order], Options(as_of=dt.date(2026, 5, 7))
        )
        assert (report.total(Verdict.NEW), report.total(Verdict.MERGED)) == (20, 1)
        seen.append({row.citekey: row.published for row in store.rows(store.matching(Query()))})
        store.close()
    assert set(seen[0]) == set(seen[1])
    assert "simon2026there" in seen[0]


def test_repeating_an_import_changes_nothing(shelf, library_path):
    before, log = contents(library_path), shelf.log(99)
    report = import_samples(shelf)
    assert report.total(Verdict.UNCHANGED) == 21
    assert report.group is None
    assert (contents(library_path), shelf.log(99)) == (before, log)


def test_an_inferred_year_does_not_drift(store):
    files = [(seeds() / "arxiv-listing.txt", "a")]
    import_files(store, files, Options(as_of=dt.date(2026, 5, 7)))
    again = import_files(store, files, Options(as_of=dt.date(2031, 5, 7)))
    assert again.group is None


@settings(max_examples=25)
@given(st.lists(drafts(), max_size=12))
def test_any_import_is_idempotent_and_undoable(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("any") / "library.db"
    store = Store(path)
    empty = contents(path)
    store.import_drafts(records, "x")
    after = contents(path)
    group, taken = store.import_drafts(records, "x")
    assert (contents(path), group, taken.new) == (after, None, 0)
    assert problems(path) == []
    while store.undo().group:
        pass
    assert contents(path) == empty
    while store.redo().group:
        pass
    assert contents(path) == after
    store.close()


def test_a_shared_identifier_is_the_same_paper(store):
    arxiv, doi = Identifier("arxiv", "2301.00001", 1), Identifier("doi", "10.1/x")
    store.import_drafts([draft(Fields(title="One", identifiers=(arxiv, doi)))], "a")
    newer = Fields(title="Entirely renamed", identifiers=(Identifier("arxiv", "2301.00001", 3),))
    _, taken = store.import_drafts([draft(newer, "hf-listing", "2")], "b")
    assert taken.merged == 1
    paper = only(store)
    assert paper.identifiers == (Identifier("arxiv", "2301.00001", 3), doi)
    assert paper.row.title == "One"


def test_what_is_unsure_is_kept_apart_and_listed(store):
    one = Fields(title=LONG, abstract="We show this.", published=parse_iso("2020"))
    two = Fields(title=LONG, abstract="We show that.", published=parse_iso("2021"))
    _, taken = store.import_drafts([draft(one, key="1"), draft(two, key="2")], "x")
    assert (taken.new, len(taken.unsure)) == (2, 1)
    assert store.possible_duplicates() == [("anon2021sufficiently", "anon2020sufficiently")]
    _, again = store.import_drafts([draft(one, key="1"), draft(two, key="2")], "x")
    assert again.unchanged == 2


def test_conflicting_identifiers_are_never_merged(store):
    fields = [
        Fields(title=LONG, abstract="Same.", identifiers=(Identifier("arxiv", f"2301.0000{n}"),))
        for n in (1, 2)
    ]
    store.import_drafts([draft(one, key=str(n)) for n, one in enumerate(fields)], "x")
    assert store.counts()["all"] == 2
    assert len(store.possible_duplicates()) == 1


def test_a_bulk_record_keeps_no_second_copy_and_still_merges(store, library_path):
    arxiv = Identifier("arxiv", "2301.00001", 1)
    fields = Fields(title=LONG, abstract="With $x^2$.", authors=(Author("Kim", "A."),),
                    author_count=1, authors_complete=True, identifiers=(arxiv,))  # fmt: skip
    record = draft(fields, "arxiv", "2301.00001", digest="one")
    store.import_drafts([record], "snapshot")
    assert contents(library_path)["sources"][0][6].startswith("#")
    assert only(store).sources[0].fields == fields
    assert store.import_drafts([record], "snapshot")[0] is None
    listed = Fields(title=LONG, abstract="With $x^2$.", counters={"comments": 3})
    store.import_drafts([draft(listed, "hf-listing", "9")], "page")
    paper = only(store)
    assert paper.row.comments == 3
    assert [one.fields for one in paper.sources] == [fields, listed]


def test_an_import_never_lowers_what_the_user_did(store):
    fields = Fields(title=LONG, identifiers=(Identifier("arxiv", "2301.00001"),))
    store.import_drafts([draft(fields)], "a")
    paper = only(store).row.id
    store.apply(StarChange((paper,), starred=True))
    store.apply(StatusChange((paper,), Status.READ))
    store.apply(TagChange((paper,), add=("mine",)))
    user = UserState(status=Status.LATER, tags=("theirs",), citekey="other")
    store.import_drafts([draft(fields, key="1", user=user)], "b")
    row = only(store).row
    assert (row.starred, row.status, row.tags) == (True, Status.READ, ("mine", "theirs"))
    assert row.citekey == "anonndsufficiently"


def test_newest_first_by_date_of_publication(shelf):
    dates = [row.published.text for row in shelf.rows(shelf.matching(Query()))]
    assert dates == sorted(dates, reverse=True)


def test_long_imports_are_committed_in_batches(store, monkeypatch):
    monkeypatch.setattr("reader.library.taking.BATCH", 5)
    records = [draft(Fields(title=f"{LONG} {n}"), key=str(n)) for n in range(12)]
    group, taken = store.import_drafts(records, "many")
    assert (taken.new, group.papers, len(store.log(9))) == (12, 12, 1)
    store.undo()
    assert store.counts()["all"] == 0


def test_an_unfinished_import_can_be_undone(store, monkeypatch):
    monkeypatch.setattr("reader.library.taking.BATCH", 5)

    def broken():
        yield from (draft(Fields(title=f"{LONG} {n}"), key=str(n)) for n in range(7))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.import_drafts(broken(), "many")
    assert store.counts()["all"] == 5
    store.undo()
    assert store.counts()["all"] == 0


def test_a_paper_told_of_twice_in_one_file_counts_once(store, library_path):
    twice = [draft(Fields(title=LONG, counters={"comments": n}), key="1") for n in (1, 2)]
    _, taken = store.import_drafts(twice, "x")
    assert (taken.new, taken.unchanged) == (1, 1)
    assert store.import_drafts(twice, "x")[0] is None
    assert only(store).row.comments == 1


def test_a_tag_made_after_the_paper_of_its_import_is_undone_with_it(store, library_path):
    fields = Fields(title=LONG)
    empty = contents(library_path)
    records = [draft(fields), draft(fields, user=UserState(tags=("theory",)))]
    store.import_drafts(records, "x")
    after = contents(library_path)
    store.undo()
    assert contents(library_path) == empty
    store.redo()
    assert contents(library_path) == after
    store.revert(1)
    assert contents(library_path) == empty


def test_what_a_paper_is_called_in_another_file_still_means_it(store):
    arxiv = Identifier("arxiv", "1810.04805")
    preprint = Fields(title=LONG, authors=(Author("Devlin", "J."),), identifiers=(arxiv,))
    article = Fields(title=LONG, authors=(Author("Devlin", "J."),), venue="Proceedings")
    first = draft(preprint, "bibtex", "a", user=UserState(citekey="devlin2018bert"))
    second = draft(article, "bibtex", "b", user=UserState(citekey="devlin2019bert"))
    store.import_drafts([first, second], "scholar.bib")
    paper = only(store).row.id
    assert only(store).row.citekey == "devlin2018bert"
    assert store.find("devlin2019bert") == store.find("devlin2018bert") == paper
    assert store.import_drafts([first, second], "scholar.bib")[0] is None, "repeated, nothing"
    store.apply(SplitChange(paper, (2,)))
    assert store.find("devlin2019bert") != store.find("devlin2018bert")
    assert {one.row.citekey for one in store.papers(store.matching(Query()))} == {
        "devlin2018bert", "devlin2019bert"}  # fmt: skip


def test_a_citekey_that_came_free_is_given_to_whom_it_was_given_by(store):
    arxiv = Identifier("arxiv", "2001.00001")
    smith = Author("Smith", "A.")
    date = PartialDate("2020-01-01", Precision.DAY)

    def told(title, *identifiers):
        return Fields(title=title, authors=(smith,), published=date, identifiers=identifiers)

    listed = draft(told("Graphs of trees and what they tell", arxiv), "read-later")
    better = draft(told("Forests and graphs and what they tell", arxiv))
    other = told("Another work, which was cited before")
    theirs = draft(other, "bibtex", user=UserState(citekey="smith2020graphs"))
    store.import_drafts([listed, better, theirs], "x")
    assert {one.row.citekey: one.row.title for one in store.papers(store.matching(Query()))} == {
        "smith2020forests": "Forests and graphs and what they tell",
        "smith2020graphs": other.title,
    }


WORKS = (
    "The first of several works",
    "Another that has nothing of it",
    "And a third, as different",
)


def named(*keys):
    """Works of one author and year, each with the citekey that a file gives it."""
    return [
        draft(
            Fields(title=title, authors=(Author("Poe"),), published=parse_iso("2020")),
            "bibtex" if key else "ris",
            title,
            user=UserState(citekey=key),
        )
        for key, title in zip(keys, WORKS, strict=False)
    ]


@pytest.mark.parametrize(
    ("keys", "given", "renamed"),
    [
        (("dup", "dup", "dupa"), ("dup", "dupb", "dupa"), [("dup", "dupb")]),
        (("", "poe2020first"), ("poe2020firsta", "poe2020first"), []),
        (("x", "x", "x"), ("x", "xa", "xb"), [("x", "xa"), ("x", "xb")]),
        (("a", "b", "c"), ("a", "b", "c"), []),
    ],
)
def test_who_is_called_so_gets_the_citekey(store, library_path, keys, given, renamed):
    empty = contents(library_path)
    _, taken = store.import_drafts(named(*keys), "x")
    assert taken.renamed == renamed
    titles = {one.row.title: one.row.citekey for one in store.papers(store.matching(Query()))}
    assert tuple(titles[title] for title in WORKS[: len(keys)]) == given
    after = contents(library_path)
    store.undo()
    assert contents(library_path) == empty
    store.redo()
    assert contents(library_path) == after
    assert store.import_drafts(named(*keys), "x")[0] is None, "repeated, nothing"


def test_a_citekey_that_was_there_before_stays(store):
    store.import_drafts(named("")[:1], "x")
    second = named("", "poe2020first")[1]
    _, taken = store.import_drafts([second], "y")
    assert taken.renamed == [("poe2020first", "poe2020firsta")]


def test_repeating_an_import_does_not_undo_what_was_decided_since(store):
    fields = Fields(title=LONG, identifiers=(Identifier("arxiv", "2301.00001"),))
    told = UserState(status=Status.READ, starred=True, tags=("theirs",))
    store.import_drafts([draft(fields, "bibtex", "k", user=told)], "a")
    paper = only(store).row.id
    store.apply(StarChange((paper,), starred=False))
    store.apply(StatusChange((paper,), Status.UNREAD))
    store.apply(TagChange((paper,), remove=("theirs",)))
    assert store.import_drafts([draft(fields, "bibtex", "k", user=told)], "a")[0] is None
    row = only(store).row
    assert (row.starred, row.status, row.tags) == (False, Status.UNREAD, ())
    more = replace(told, tags=("theirs", "new"))
    store.import_drafts([draft(fields, "bibtex", "k", user=more)], "a")
    assert only(store).row.tags == ("new", "theirs"), "what the file says anew is taken"
    assert store.import_drafts([draft(fields, "bibtex", "k", user=more)], "a")[0] is None


def test_what_else_a_file_calls_a_paper_means_it_but_is_no_proof_that_it_is_it(store):
    first, second, _ = named("a", "b", "c")
    both = replace(
        first.records[0], fields=replace(first.records[0].fields, details={"ids": "x, y"})
    )
    other = replace(
        second.records[0], fields=replace(second.records[0].fields, details={"ids": "y"})
    )
    drafts = [replace(first, records=(both,)), replace(second, records=(other,))]
    _, taken = store.import_drafts(drafts, "f")
    assert (taken.new, store.find("x"), store.find("y")) == (2, store.find("a"), store.find("a"))
    assert store.import_drafts(drafts, "f")[0] is None, "repeated, nothing"
