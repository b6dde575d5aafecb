"""Files as people and publishers really write them, which no standard describes."""

import time
from pathlib import Path

import pytest

from reader.model.latex import convert
from reader.model.names import parse_people
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
    assert found.titles == ["Über die naïve Größe für Café\N{REPLACEMENT CHARACTER}"]
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
