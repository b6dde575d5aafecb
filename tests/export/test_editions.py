"""A work of preprint and published version is cited as what was published."""

import json

import pytest

from reader.export import bibtex, citations, csl_json, markdown, ris, tables, web
from reader.model.dates import PartialDate, Precision
from reader.model.edition import as_published
from reader.model.identifiers import Identifier
from reader.model.paper import Author, Fields, PaperDraft, SourceRecord
from reader.model.query import Query

PREPRINT = SourceRecord(
    "arxiv", "2301.00001", "2026-01-01T00:00:00Z", "f",
    Fields(
        title="How deep networks learn hierarchies of features", kind="article",
        authors=(Author("Doe", "A."),), author_count=1, authors_complete=True,
        published=PartialDate("2023-01-02", Precision.DAY), abstract="We ask.",
        identifiers=(Identifier("arxiv", "2301.00001"),), categories=("cs.LG",),
        details={"publisher": "arXiv", "msc-class": "68T07"}, notes=("Seen at a talk.",),
    ),
)  # fmt: skip
ARTICLE = SourceRecord(
    "bibtex", "doe", "2026-01-02T00:00:00Z", "f",
    Fields(
        title="How Deep Networks Learn Hierarchies of Features", kind="article-journal",
        authors=(Author("Doe", "Ada"), Author("Roe", "Bea")), author_count=2,
        authors_complete=True, published=PartialDate("2024", Precision.YEAR),
        venue="Journal of Learning", identifiers=(Identifier("arxiv", "2301.00001"),),
        details={"volume": "7"},
    ),
)  # fmt: skip


@pytest.fixture
def both(store):
    store.import_drafts([PaperDraft((PREPRINT,)), PaperDraft((ARTICLE,))], "x")
    (number,) = store.matching(Query())
    return store.paper(number)


def test_the_library_shows_the_first_day(both):
    assert both.row.published.text == "2023-01-02"


def test_bibtex_has_the_article(both):
    entry = bibtex.format_paper(both)
    assert entry.startswith("@article{")
    assert "year          = {2024}" in entry
    assert "month" not in entry
    assert "Doe, Ada and Roe, Bea" in entry
    assert "eprint        = {2301.00001}" in entry
    assert "volume        = {7}" in entry
    assert "publisher" not in entry
    assert "68T07" in entry
    assert "Seen at a talk." in entry
    assert "We ask." in entry


def test_the_other_formats_agree(both):
    assert "PY  - 2024\n" in ris.format_paper(both)
    assert json.loads(csl_json.format_paper(both))["issued"] == {"date-parts": [[2024]]}
    assert citations.plain(both).startswith("Ada Doe, Bea Roe (2024).")
    assert ",2024,2024,article-journal,Journal of Learning," in list(tables.format_csv([both]))[1]
    assert "Ada Doe, Bea Roe · 2024 · Journal of Learning" in markdown.note(both)
    assert "Ada Doe, Bea Roe · 2024 · Journal of Learning" in web.format_paper(both)


def test_what_the_user_says_stands_above_both(store):
    told = Fields(title="My own title", published=PartialDate("2022", Precision.YEAR))
    mine = SourceRecord("user", "", "2026-01-03T00:00:00Z", "", told)
    store.import_drafts([PaperDraft((PREPRINT, ARTICLE, mine))], "x")
    (number,) = store.matching(Query())
    paper = as_published(store.paper(number))
    assert (paper.row.title, paper.row.published.text) == ("My own title", "2022")


def test_a_paper_of_one_version_is_as_it_was(store):
    store.import_drafts([PaperDraft((PREPRINT,))], "x")
    (number,) = store.matching(Query())
    paper = store.paper(number)
    assert as_published(paper) is paper
