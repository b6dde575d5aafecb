import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.export import bibtex, jsonl, tex
from reader.import_report import Options
from reader.importing import import_files
from reader.library.store import Store
from reader.model.change import (
    CitekeyChange,
    GroupState,
    SplitChange,
    StarChange,
    StatusChange,
    TagChange,
)
from reader.model.dates import PartialDate, Precision
from reader.model.identifiers import Identifier
from reader.model.paper import Author, Fields, PaperDraft, SourceRecord, Status
from reader.model.query import Query
from tests.strategies import drafts


def export(store):
    return [jsonl.format_paper(one, complete=True) for one in store.papers(store.matching(Query()))]


def reimport(lines, folder):
    (folder / "export.jsonl").write_text("\n".join(lines), "utf-8")
    again = Store(folder / "again.db")
    report = import_files(again, [(folder / "export.jsonl", "e")], Options())
    assert [one.rejected for one in report.files] == [[]]
    return again


def test_the_shelf_survives_export_and_import(shelf, tmp_path):
    one, two = shelf.find("simon2026there"), shelf.find("kamb2024analytic")
    shelf.apply(StarChange((one,), starred=True))
    shelf.apply(StatusChange((two,), Status.READING))
    shelf.apply(TagChange((one, two), add=("theory/learning",)))
    shelf.apply(CitekeyChange(two, "mykey"))
    shelf.mark_seen(one)
    again = reimport(export(shelf), tmp_path)
    assert sorted(export(again)) == sorted(export(shelf))
    again.close()


@settings(max_examples=25)
@given(st.lists(drafts(), max_size=10))
def test_any_library_survives_export_and_import(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("any")
    store = Store(folder / "library.db")
    store.import_drafts(records, "x")
    if lines := export(store):
        again = reimport(lines, folder)
        assert sorted(export(again)) == sorted(lines)
        again.close()
    store.close()


def test_of_two_papers_that_tell_of_one_identifier_the_same_one_has_it(store, tmp_path):
    arxiv = (Identifier("arxiv", "2301.00001"),)
    drafts = [
        PaperDraft((SourceRecord("arxiv", "0", "2026-01-01T00:00:00Z", "f", Fields(
            title=title, authors=(Author(name, "A."),), identifiers=arxiv,
            published=PartialDate(day, Precision.DAY))),))
        for title, name, day in (("First of them", "Doe", "1999-01-01"),
                                 ("Something else", "Roe", "2000-01-01"))
    ]  # fmt: skip
    store.import_drafts(drafts, "x")
    lines = export(store)
    assert len(lines) >= 2
    again = reimport(lines, tmp_path)
    assert sorted(export(again)) == sorted(lines)
    again.close()


def test_the_object_of_a_paper(shelf):
    (paper,) = shelf.papers([shelf.find("kamb2024analytic")])
    value = json.loads(jsonl.format_paper(paper))
    assert value["schema"] == 1
    assert value["authors"][0] == {"family": "Kamb", "given": "Mason"}
    assert (value["published"], value["date_precision"]) == ("2024-12-28", "day")
    assert "r² ∼ 0.77" in value["abstract"]
    assert "$r^2 \\sim 0.77$" in value["abstract_source"]
    assert "title_source" not in value
    others = "author_count identifiers venue urls tags starred status sources counters added"
    assert set(others.split()) <= set(value)


def test_bibtex(shelf):
    (paper,) = shelf.papers([shelf.find("simon2026there")])
    entry = bibtex.format_paper(paper)
    assert entry.startswith("@misc{simon2026there,\n")
    assert (
        "author        = {Simon, Jamie and Kunin, Daniel and Atanasov, Alexander and others}"
        in entry
    )
    assert "month         = apr" in entry


def test_papers_that_were_split_or_kept_apart_stay_so(store, tmp_path):
    doi = (Identifier("doi", "10.1234/a"),)
    ours, theirs = (
        PaperDraft((SourceRecord(source, "k", "2026-01-01T00:00:00Z", "f", Fields(
            title="A rather long title of a paper", authors=(Author("Doe", "Jane"),),
            identifiers=doi)),))
        for source in ("bibtex", "ris")
    )  # fmt: skip
    store.import_drafts([ours, theirs], "x")
    (paper,) = store.matching(Query())
    store.apply(SplitChange(paper, (2,)))
    lines = [*export(store), *jsonl.format_pairs(store.kept_apart())]
    lines += jsonl.format_history(store.log(-1))
    again = reimport(lines, tmp_path)
    assert again.counts()["all"] == 2
    assert again.possible_duplicates() == []
    assert sorted(export(again)) == sorted(export(store))
    report = import_files(again, [(tmp_path / "export.jsonl", "e")], Options())
    assert (report.files[0].new, report.files[0].merged, report.group) == (0, 0, None)
    again.close()


def version(number, title):
    fields = Fields(title=title, identifiers=(Identifier("arxiv", "2611.00001", number),))
    return PaperDraft((SourceRecord("arxiv", "k", "2026-11-20T00:00:00Z", "f", fields),))


def test_earlier_versions_survive_and_are_added_to_a_paper_that_is_there(store, tmp_path):
    store.import_drafts([version(1, "A title of the first version")], "one")
    store.import_drafts([version(2, "A title of the second version")], "two")
    lines = export(store)
    assert json.loads(lines[0])["revised"] is True
    again = reimport(lines, tmp_path)
    assert export(again) == lines
    (paper,) = again.matching(Query())
    (earlier,) = again.versions(paper)
    assert (earlier.number, earlier.fields.title) == (1, "A title of the first version")
    again.undo()
    again.import_drafts([version(2, "A title of the second version")], "two")
    import_files(again, [(tmp_path / "export.jsonl", "e")], Options())
    (paper,) = again.matching(Query())
    assert [one.number for one in again.versions(paper)] == [1]
    again.undo()
    assert again.versions(paper) == []
    again.close()


def test_what_was_done_is_kept_to_be_looked_up_and_goes_with_the_import(shelf, tmp_path):
    shelf.apply(StarChange((shelf.find("simon2026there"),), starred=True))
    shelf.apply(StatusChange((shelf.find("kamb2024analytic"),), Status.READ))
    shelf.undo()
    history = list(jsonl.format_history(reversed(shelf.log(-1))))
    again = reimport([*export(shelf), *history], tmp_path)
    told = again.log(-1)
    assert [(one.id == 0, one.state) for one in told] == [
        (False, GroupState.DONE), (True, GroupState.PAST), (True, GroupState.PAST),
    ]  # fmt: skip
    assert told[1].summary.startswith("starred"), "what was undone is not told"
    assert again.log(2) == told[:2]
    exported = [json.loads(one) for one in jsonl.format_history(reversed(told))]
    assert [one["state"] for one in exported] == ["past", "past", "done"]
    report = import_files(again, [(tmp_path / "export.jsonl", "e")], Options())
    assert report.group is None, "it is not told twice"
    again.undo()
    assert again.counts()["all"] == 0
    assert [one.state for one in again.log(-1)] == [GroupState.UNDONE]
    again.redo()
    assert len(again.log(-1)) == 3
    again.close()


def test_links_keep_what_they_mean(store):
    url = "http://a.org/~bob/x%20y.pdf#page=2"
    odd = "http://a.org/{x}\\input^^5c"
    fields = Fields(title="A title that is long enough", urls=(url, odd))
    store.import_drafts([PaperDraft((SourceRecord("bibtex", "k", "2026-01-01T00:00:00Z", "f",
                                                  fields),))], "x")  # fmt: skip
    (paper,) = store.papers(store.matching(Query()))
    entry = bibtex.format_paper(paper)
    assert f"{{{url}}}" in entry
    assert tex.verbatim(odd) == "http://a.org/%7Bx%7D%5Cinput%5E%5E5c"


@pytest.mark.parametrize("to", [bibtex.format_paper, bibtex.format_biblatex])
def test_a_year_that_is_none_goes_out_as_it_came(store, tmp_path, to):
    path = tmp_path / "a.bib"
    path.write_text("@article{k, title={On engines}, author={Ada Lovelace}, year={in press}}")
    import_files(store, [(path, "a.bib")], Options())
    (paper,) = store.papers(store.matching(Query()))
    assert "{in press}" in to(paper)
