"""Files as people and publishers really write them, which no standard describes."""

import time
from pathlib import Path

import pytest

from reader.model.latex import convert
from reader.model.names import parse_people
from reader.model.paper import Status
from tests.sources.reading import told, told_text

MOST_SECONDS = 5
"""What a hostile file may take; in time quadratic in its length, these take minutes."""


@pytest.fixture
def read(tmp_path):
    return lambda text, **how: told_text(tmp_path, text, **how)


def names(found):
    return [one.name for one in found.fields[0].authors]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Lovelace, Ada; Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("Lovelace A.; Babbage C.P.", ["A. Lovelace", "C.P. Babbage"]),
        ("Lovelace, Ada and Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("Lovelace, A., Babbage, C. & Jacquard, J.-M.",
         ["A. Lovelace", "C. Babbage", "J.-M. Jacquard"]),
        ("Lovelace, Ada", ["Ada Lovelace"]),
        ("Ada Lovelace, Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace, Charles Babbage and Joseph Jacquard",
         ["Ada Lovelace", "Charles Babbage", "Joseph Jacquard"]),
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("", []),
    ],
)  # fmt: skip
def test_lists_of_names(text, people):
    assert [one.name for one in parse_people(text)] == people


@pytest.mark.parametrize(
    "entry",
    [
        "@article{k\n  title = {On engines},\n  author = {Lovelace, Ada},\n  year = 1843\n}",
        "@article{k,\n  title = {On engines}\n  author = {Lovelace, Ada}\n  year = 1843\n}",
        "@article{,\n  title = {On engines},\n  author = {Lovelace, Ada},\n  year = 1843\n}",
        "@article{title = {On engines}, author = {Lovelace, Ada}, year = 1843}",
    ],
    ids=["behind the key", "between fields", "no key", "no key and comma"],
)
def test_bibtex_without_a_comma_or_key(read, entry):
    found = read(f"{entry}\n\n@book{{next, title={{Another}}}}\n")
    assert found.titles == ["On engines", "Another"]
    assert names(found) == ["Ada Lovelace"]
    assert found.fields[0].published.text == "1843"
    assert not found.rejected


@pytest.mark.parametrize(
    "text",
    [
        "@article{k" + "\n" * 200_000 + "}",
        "@article{k, note = {x}" + "\nnote = {x}" * 40_000 + "}",
        "@article{k, title = {T}, author = {A" + " " * 200_000 + "B}}",
        "Title,Url,Author\nT,https://arxiv.org/abs/2101.00002,A" + " " * 200_000 + "B\n",
        "@article{k, title = {<i" + " " * 100_000 + "</i" + " a=b" * 20_000 + "}}",
    ],
    ids=["empty lines", "fields", "a name", "a table", "tags"],
)
def test_repairs_take_time_linear_in_the_length(read, text):
    start = time.process_time()
    read(text)
    assert time.process_time() - start < MOST_SECONDS


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\DJ}or{\dj}evi{\'c} and {\TH}or", "Đorđević and Þor"),
        (r"H\textsubscript{2}O", "H₂O"),
        (r"10\textsuperscript{3} \texteuro{}", "10³ €"),
        (r"\enquote{quoted} don\textquotesingle t", "“quoted” don't"),
        (r"\foreignlanguage{german}{Zauberberg}", "Zauberberg"),
        (r"\noopsort{1980a}Sorted", "Sorted"),
    ],
)
def test_commands_of_bibliographies(source, text):
    assert convert(source).text == text


def test_tags_of_publishers_and_angle_brackets_of_authors(read):
    found = read(
        "TY  - JOUR\nTI  - <i>Drosophila</i> with H<sub>2</sub>O\nER  - \n"
        "TY  - JOUR\nTI  - The product <i and j> is a<b\nER  - \n"
    )
    assert found.titles == ["Drosophila with H2O", "The product <i and j> is a<b"]


def test_a_damaged_byte_does_not_change_the_encoding(read):
    text = "TY  - JOUR\nTI  - Über die naïve Größe für Café?\nER  - \n"
    found = read(text.encode().replace(b"?", b"\xe9"))
    assert found.encoding == "utf-8"
    assert found.titles == ["Über die naïve Größe für Caféé"]
    assert read(text.encode("cp1252")).encoding == "cp1252"


def test_front_matter_as_people_write_it(read):
    found = read(
        '---\nTitle: Engines: a difference\nAuthors: "[[Ada Lovelace]], [[Charles Babbage]]"\n'
        "Tags: [engines, sums]\narXiv: 2101.00002\n---\nMy words.\n"
    )
    assert found.format == "markdown"
    assert found.titles == ["Engines: a difference"]
    assert names(found) == ["Ada Lovelace", "Charles Babbage"]
    assert found.drafts[0].user.tags == ("engines", "sums")
    linked = read("---\ntitle: Engines\nauthors:\n  - [[Lovelace, Ada]]\n  - '[[Babbage]]'\n---\n")
    assert names(linked) == ["Ada Lovelace", "Babbage"]


def test_a_list_of_bare_links(read):
    found = read(
        "# To read\n- **On engines** by A. L. https://arxiv.org/abs/2101.00002\n"
        "- [2101.00003] A second engine indeed https://arxiv.org/abs/2101.00003\n"
        "See https://arxiv.org/abs/2101.00004 for a third.\n"
    )
    assert found.format == "markdown"
    assert found.titles == ["On engines", "A second engine indeed", ""]


def test_a_table_of_references(read):
    found = read(
        '"Key","Publication Year","Author","Title","Publication Title","DOI","Url","Date",'
        '"Pages","Volume","Manual Tags"\n"A1","1843","Lovelace, Ada; Babbage, Charles",'
        '"On engines","Memoirs","10.1234/engines","https://example.org/x","1843-09-01",'
        '"1-10","3","engines; sums"\n'
    )
    fields = found.fields[0]
    assert names(found) == ["Ada Lovelace", "Charles Babbage"]
    assert (fields.venue, fields.published.text) == ("Memoirs", "1843-09-01")
    assert fields.details == {"volume": "3", "pages": "1-10"}
    assert found.drafts[0].user.tags == ("engines", "sums")
    assert fields.urls == ("https://example.org/x",)


@pytest.mark.parametrize(
    "issued", ['{"date-parts":[1843,9]}', '"1843-09"', '{"year":1843,"month":"9"}']
)
def test_shapes_of_csl_dates(read, issued):
    found = read(f'[{{"id":"a","type":"book","title":"Engines","author":[],"issued":{issued}}}]')
    assert [one.published.text for one in found.fields] == ["1843-09"]


def test_a_page_called_by_arxivs_id_and_one_of_dublin_core(read):
    found = read(
        '<html><meta name="citation_title" content="[2101.00002] On engines">'
        '<meta name="citation_authors" content="Lovelace, Ada; Babbage, Charles"></html>'
    )
    assert found.titles == ["On engines"]
    assert [one.value for one in found.fields[0].identifiers] == ["2101.00002"]
    assert names(found) == ["Ada Lovelace", "Charles Babbage"]
    core = read(
        '<html><meta name="DC.title" content="On engines"><meta name="DC.creator" '
        'content="Lovelace, Ada"><meta name="DC.identifier" content="doi:10.1234/engines"></html>'
    )
    assert core.titles == ["On engines"]
    assert names(core) == ["Ada Lovelace"]
    assert [one.value for one in core.fields[0].identifiers] == ["10.1234/engines"]


def test_notes_are_read_as_titles_are(read):
    found = read("@book{k, title={T}, annote={A \\texttt{book}, 50\\% of {\\'e}t\\'e}}\n")
    assert found.fields[0].notes == ("A book, 50% of été",)


ENDNOTE = (
    "<xml><records>{}<record><ref-type name='Journal Article'>17</ref-type><titles>"
    "<title>Notes on engines</title></titles><abstract>{}</abstract></record></records></xml>"
)
PLAIN = "<record><titles><title>Before it</title></titles></record>"


@pytest.mark.parametrize("text", ["a&#xB;b", "a&#11;b", "a\x0bb", "a\x01b"])
def test_characters_that_xml_forbids_cost_nothing(read, text):
    found = read(ENDNOTE.format(PLAIN, text), name="library.xml")
    assert found.titles == ["Before it", "Notes on engines"]
    assert found.fields[1].abstract == "ab"


def test_an_ampersand_that_begins_nothing_is_one(read):
    found = read(ENDNOTE.format(PLAIN, "Bell & Howell &lt; A&amp;B"), name="library.xml")
    assert found.fields[1].abstract == "Bell & Howell < A&B"


def test_links_to_files_hold_wherever_one_stands(tmp_path, monkeypatch):
    (tmp_path / "papers" / "one").mkdir(parents=True)
    info = tmp_path / "papers" / "one" / "info.yaml"
    info.write_text("title: On engines\nauthor: Ada Lovelace\nfiles: [paper.pdf]\n")
    monkeypatch.chdir(tmp_path)
    told_files = {told(path).fields[0].files for path in (Path("papers/one/info.yaml"), info)}
    assert told_files == {(str(tmp_path / "papers" / "one" / "paper.pdf"),)}


def test_the_table_of_ieee_xplore(read):
    found = read(
        '"Document Title",Authors,"Publication Title","Publication Year","Volume","Start Page",'
        '"End Page","Abstract",ISBNs,"DOI","Author Keywords"\n'
        '"On engines","A. Lovelace; C. Babbage","Annals","1843","7","1","9","It works.","","",""\n'
    )
    (fields,) = found.fields
    assert (fields.title, names(found), fields.venue) == (
        "On engines", ["A. Lovelace", "C. Babbage"], "Annals")  # fmt: skip
    assert (fields.published.text, fields.details["pages"]) == ("1843", "1-9")


def test_names_of_older_tables_of_scopus():
    people = parse_people("Smith J., van Dyk B., García-López J.-M.")
    assert [(one.family, one.given) for one in people] == [
        ("Smith", "J."), ("van Dyk", "B."), ("García-López", "J.-M."),
    ]  # fmt: skip


def test_bookmarks_of_a_browser(read):
    found = read(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>\n"
        "<DL><p><DT><H3>ML</H3><DL><p><DT><A HREF='https://arxiv.org/abs/1706.03762' "
        "ADD_DATE='1512345678' TAGS='nets,x'>[1706.03762] Attention Is All You Need</A>\n"
        "<DT><A HREF='https://news.example/'>News &amp; more</A></DL></DL>", name="bookmarks.html",
    )  # fmt: skip
    (draft,) = found.drafts
    assert found.titles == ["Attention Is All You Need"]
    assert draft.records[0].fields.identifiers[0].value == "1706.03762"
    assert set(draft.user.tags) == {"ml", "nets", "x"}
    assert draft.user.added == "2017-12-04T00:01:18Z"
    assert [one.raw for one in found.rejected] == ["News & more https://news.example/"]


def test_the_last_export_of_pocket(read):
    found = read(
        "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>"
        "<li><a href='https://arxiv.org/abs/1706.03762' time_added='1512345678' tags='ml,to read'>"
        "Attention</a></li></ul><h1>Read Archive</h1><ul><li><a href='https://arxiv.org/pdf/"
        "1810.04805.pdf' tags=''>BERT</a></li></ul></body></html>", name="ril_export.html",
    )  # fmt: skip
    assert found.titles == ["Attention", "BERT"]
    assert [one.user.status for one in found.drafts] == [Status.LATER, Status.READ]


@pytest.mark.parametrize(
    ("remark", "encoding", "name"),
    [
        ("% Encoding: Cp1250", "cp1250", "Źródła żółte"),
        ("% Encoding: windows-1251", "cp1251", "Исследование"),
        ("%Encoding: KOI8-R", "koi8-r", "Исследование"),
        ("%% Saved with string encoding Western (Mac OS Roman) ", "mac-roman", "Über Käse"),
        ("% Encoding: UTF-8", "utf-8", "Über Käse"),
        ("% Encoding: UTF-8", "cp1252", "Über Käse"),
        ("% Encoding: rot13", "utf-8", "Über Käse"),
        ("% Encoding: UTF-16", "utf-8", "Über Käse"),
    ],
)
def test_the_encoding_that_a_bibliography_names(read, remark, encoding, name):
    found = read(f"{remark}\n\n@misc{{k, title={{{name} of it}}}}\n", encoding=encoding)
    assert found.titles == [f"{name} of it"]


def test_an_abstract_of_two_paragraphs_ends_no_endnote_record(read):
    found = read(
        "%0 Journal Article\n%A Lovelace, Ada\n%T On engines\n%X One.\n\nTwo.\n%K gears\n\n"
        "%0 Book\n%T Another\n"
    )
    assert found.titles == ["On engines", "Another"]
    assert found.fields[0].abstract.split() == ["One.", "Two."]
    assert found.drafts[0].user.tags == ("gears",)
    assert not found.rejected


@pytest.mark.parametrize(
    ("note", "value"),
    [
        ("arXiv:1706.03762v3 [cs.CL]", "1706.03762"),
        ("https://arxiv.org/abs/1706.03762", "1706.03762"),
        ("see arXiv:1706.03762v3", None),
        ("text overlap with arXiv:1706.03762 by other authors", None),
        ("1706", None),
    ],
)
def test_only_a_note_that_is_an_identifier_says_whose_it_is(read, note, value):
    found = read(f"TY  - JOUR\nTI  - A thing that is cited here\nN1  - {note}\nER  - \n")
    (fields,) = found.fields
    assert [one.value for one in fields.identifiers] == ([value] if value else [])
