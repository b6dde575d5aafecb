"""Real files of every format, held against what their manifest says of them."""

import ast
import csv
import re

import pytest

from reader.errors import ImportFileError
from reader.model.identity import letters_key
from reader.model.latex import convert
from reader.sources.markup import plain_line
from tests.conftest import DATA
from tests.sources.reading import told

CORPUS = DATA / "corpus"

SHORTFALLS = {
    "bib/biblatex-examples.bib": "two @set entries are groups of entries, not works: 90 of 92",
    "csl/citation-js-doi.json": "works by their DOI, four of them: 4, not 1",
    "nbib/jabref-MedlinePlainMultiple.txt": "a record without PMID is one too: 7, not 6",
    "md/dair-ml-papers-older-half.md": "one DOI besides the 369 distinct arXiv ids",
    "zotero/bbt-profile-zotero.sqlite": "54 items, five of them notes and files: 49 works",
}
"""Where our count is another one, and why."""

COUNTS = {
    "csl/citation-js-doi.json": 4, "bib/biblatex-examples.bib": 90,
    "nbib/jabref-MedlinePlainMultiple.txt": 7,
    "md/dair-ml-papers-older-half.md": 370, "zotero/bbt-profile-zotero.sqlite": 49,
}  # fmt: skip

NOT_PAPERS = ("latexml-html", "arxiv-daily-json")


def manifest():
    path = CORPUS / "MANIFEST.tsv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t")
                if row["kind"] not in NOT_PAPERS]  # fmt: skip


def facts_of(row):
    """The titles that the manifest names."""
    found = re.search(r"titles=(\[.*?\])(?: \||$|;)", row["expected_facts_and_notes"])
    return ast.literal_eval(found[1]) if found else []


@pytest.mark.corpus
@pytest.mark.parametrize("row", manifest(), ids=lambda row: row["path"])
def test_a_file_of_the_corpus(data, row):
    found = told(CORPUS / row["path"])
    if row["n_records"]:
        expected = COUNTS.get(row["path"], int(row["n_records"]))
        assert len(found.drafts) == expected, SHORTFALLS.get(row["path"])
    keys = [letters_key(convert(title).text) for title in found.titles]
    for title in facts_of(row):
        if title != "None":
            wanted = letters_key(convert(plain_line(title)).text)
            assert any(key.startswith(wanted) for key in keys), title


@pytest.mark.corpus
def test_ids_of_the_oai_answers(data):
    for row in manifest():
        ids = re.search(r"ids=(\[.*?\])", row["expected_facts_and_notes"])
        if ids:
            found = told(CORPUS / row["path"])
            values = [one.value for fields in found.fields for one in fields.identifiers]
            assert set(ast.literal_eval(ids[1])) <= set(values)


@pytest.mark.corpus
def test_keys_of_the_bibliographies(data):
    for row in manifest():
        keys = re.search(r"keys\[0\.\.2\]=(\[.*?\])", row["expected_facts_and_notes"])
        if not keys:
            continue
        found = told(CORPUS / row["path"])
        known = {one.user.citekey for one in found.drafts if one.user}
        wanted = set(ast.literal_eval(keys[1])) - {"set", "stdmodel"}
        assert wanted <= known, row["path"]


SAMPLES = {
    "acl/2022.naloma.xml": (5, "Strings from neurons to language", "Fernando", "2022-08"),
    "arxiv/api_query_100_2026.xml": (100, "Testing Deep Learning Models", "Ahuja", "2022-02-24"),
    "arxiv/api_oldstyle_id_2026.xml": (1, "", "", ""),
    "arxiv/oai_arXivRaw_1810.09584.xml": (1, "Martingale theory", "Chetrite", "2018-10-22"),
    "arxiv/rss_from_spec.xml": (1, "Mass concentration", "Monteil", "2024-08-23"),
    "arxiv/sample_arxiv_record.xml": (12, "", "", ""),
    "arxiv/sample_arxiv_record0.xml": (1, "Irreversible", "Planck Collaboration", "2016-01-13"),
    "bibtex/jabref_groups_readstatus_Chocolate.bib": (15, "Cocoa and", "Corti", "2009-03"),
    "cff/CffImporterPreferredCitation.cff": (2, "Test", "van Smith", "2000-07-02"),
    "crossref/test_works_with_one_id.json": (1, "Methylphenidate", "Sadasivan", "2012-03-21"),
    "datacite/datacite_doc_01.json": (1, "Ferdinand Gaillard", "Dargenty", "1887"),
    "dblp/example_dblp_article.xml": (1, "Jim Gray, astronomer", "Szalay", "2008"),
    "dblp/search_publ.json": (1, "Attentional Transfer", "Zhang", "2021"),
    "endnote/EndnoteXmlImporterTestArticle.xml": (1, "Trends in the", "Ahmad", "2015-03-03"),
    "hf/daily_papers_2026-06.json": (30, "On the Limits", "Casanova", "2026-05-30"),
    "kaggle/arxiv-metadata-oai-snapshot.first20.jsonl": (21, "", "", ""),
    "nbib/MedlinePlainImporterTestCompleteEntry.txt": (1, "From danger", "Long", "2009"),
    "nbib/NbibImporterTest.nbib": (1, "Proteomics", "Shruthi", "2016"),
    "papis/info.yaml": (1, "Logic and Ontology", "Russell", "1957-04"),
    "pubmed/pubmed_19129924.xml": (1, "", "", ""),
    "ris/RisImporterTestScopus.ris": (1, "A transversely isotropic", "Federico", "2004"),
    "ris/RisImporterCorrupted.ris": (1, "Editorial: Open Source", "Harrison", "2001-09-01"),
    "ris/example_wos.ris": (2, "Interactions stabilizing", "Parkes-Loach", "2004-06-08"),
    "semanticscholar/search_transformer_2026.json": (5, "Swin Transformer", "Liu", "2021"),
    "wallabag_imports/pocket.csv": (7, "You Might Not Need jQuery", "", ""),
    "wallabag_imports/omnivore.json": (20, "Malgré", "Garnier", "2024-10-29"),
    "zotero/webapi_item.json": (1, "Electron Microscopy", "Institute of Physics", "1993"),
    "zotero_misc/items-simple.json": (4, "Foo Bar", "Najdek", "1987"),
    "zotero_misc/book_and_snapshot.rdf": (1, "Test", "", ""),
    "zotero_misc/zotero_rdf.xml": (2, "A", "", ""),
}


@pytest.mark.corpus
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample(data, name):
    number, title, family, date = SAMPLES[name]
    found = told(DATA / "samples" / name)
    first = found.fields[0]
    assert len(found.drafts) == number
    assert first.title.startswith(title)
    assert not family or first.authors[0].family.startswith(family)
    assert not date or first.published.text == date


@pytest.mark.corpus
def test_an_error_that_a_service_sent_is_said(data):
    with pytest.raises(ImportFileError, match="incorrect id format"):
        told(DATA / "samples" / "arxiv" / "api_error_400_2026.xml")
