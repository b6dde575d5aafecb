"""What formats tell besides the obvious: groups, files, suffixes, braces, damaged neighbours."""

import base64
import csv
import io
import plistlib

import pytest

from reader.export import bibtex, csl_json, ris, tables
from reader.model.latex import convert
from reader.model.paper import Author, Status
from reader.model.query import Query
from tests.sources.reading import told, told_text
from tests.sources.test_formats import zotero_library


@pytest.fixture
def read(tmp_path):
    return lambda text, **how: told_text(tmp_path, text, **how)


@pytest.fixture
def imported(store, tmp_path):
    """The one paper of a library into which a text was imported."""

    def paper(text):
        path = tmp_path / "in"
        path.write_text(text)
        store.import_drafts(told(path).drafts, "x")
        (only,) = store.papers(store.matching(Query()))
        return only

    return paper


ENDNOTE = (
    "<?xml version='1.0' encoding='UTF-8'?>\n<xml><records>\n"
    "<record><titles><title>The first</title></titles></record>\n"
    "<record><titles><title>The second</titel></titles></record>\n"
    "<record><titles><title>The third</title></titles>\n"
    "<record><titles><title>The fourth</title></titles></record>\n"
    "</records></xml>\n"
)


def test_a_damaged_record_of_xml_costs_itself(read):
    found = read(ENDNOTE)
    assert found.titles == ["The first", "The fourth"]
    assert [(one.line, one.record) for one in found.rejected] == [(4, 2), (5, 3)]
    assert "mismatched tag" in found.rejected[0].reason
    assert "The second" in found.rejected[0].raw


def test_records_of_namespaces_and_of_records_within(read):
    found = read(
        "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords>"
        + "".join(
            f"<record><metadata><arXiv xmlns='http://arxiv.org/OAI/arXiv/'><id>2301.0000{n}</id>"
            f"<title>Number {n}{'<b' if n == 2 else ''}</title></arXiv></metadata></record>"
            for n in (1, 2, 3)
        )
        + "</ListRecords></OAI-PMH>"
    )
    assert found.titles == ["Number 1", "Number 3"]
    assert len(found.rejected) == 1


def test_a_file_whose_end_is_missing_tells_nothing(tmp_path):
    with pytest.raises(Exception, match="no valid XML"):
        told_text(tmp_path, ENDNOTE[:-20])


def test_single_bytes_of_windows_in_utf8(tmp_path):
    text = "TY  - JOUR\nTI  - Über die Größe naïver Cafés – é\nER  - \n".encode()
    found = told_text(tmp_path, text.replace("– é".encode(), b"\x96 \xe9"))
    assert found.titles == ["Über die Größe naïver Cafés – é"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Codes over {0,1}^n", "Codes over {0,1}^n"),
        ("The set {a, b} and {x}", "The set {a, b} and {x}"),
        ("{DNA} repair in {Wi-Fi 6}", "DNA repair in Wi-Fi 6"),
        ("On $\\mathbb{R}$ and {0,1}", "On ℝ and 0,1"),
        ("{\\'E}tudes", "Études"),
    ],
)
def test_braces_of_a_plain_format(read, text, shown):
    title = read(f"TY  - JOUR\nTI  - {text}\nER  - \n").titles[0]
    assert convert(title).text == shown


def test_groups_of_mendeley_jabref_and_bibdesk(read):
    groups = plistlib.dumps([{"group name": "Thesis", "keys": "k,other"}]).decode()
    found = read(
        "@article{k, title={On engines}, mendeley-groups={To cite,Maths/Sums}, "
        "keywords={Physics > Optics, a>b}}\n"
        f"@comment{{BibDesk Static Groups{{\n{groups}\n}}}}\n"
    )
    tags = found.drafts[0].user.tags
    assert set(tags) == {"physics/optics", "a>b", "to cite", "maths/sums", "thesis"}


@pytest.mark.parametrize(
    "stored",
    [
        {"relativePath": "Papers/e.pdf"},
        {"$archiver": "NSKeyedArchiver", "$objects": [
            "$null", {"NS.keys": [plistlib.UID(2)], "NS.objects": [plistlib.UID(3)]},
            "relativePath", "Papers/e.pdf"]},
    ],
    ids=["a bookmark", "an alias"],
)  # fmt: skip
def test_files_of_bibdesk(read, stored):
    content = plistlib.dumps(stored, fmt=plistlib.FMT_BINARY)
    field = base64.b64encode(content).decode()
    entry = f"@article{{k, title={{On engines}}, bdsk-file-1={{{field}}}, bdsk-file-2={{%%%}}}}"
    assert read(entry).fields[0].files == ("Papers/e.pdf",)


def test_keywords_and_groups_of_web_of_science(read):
    found = read(
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT C\nAU Lovelace, A\nCA Engine Circle\n"
        "TI On engines\nDE engines; sums;\n   analytical\nID PLUS\nPY 1843\nER\n\nEF\n"
    )
    assert found.drafts[0].user.tags == ("engines", "sums", "analytical")
    assert found.fields[0].authors[1] == Author("Engine Circle", whole=True)
    assert found.fields[0].details["keywords"] == "PLUS"
    assert found.fields[0].kind == "paper-conference"


@pytest.mark.parametrize(
    "text",
    ["TY  - JOUR\nTI  - On engines\nPY  - in press\nER  - \n",
     "%0 Journal Article\n%T On engines\n%D in press\n"],
    ids=["ris", "enw"],
)  # fmt: skip
def test_in_press(read, text):
    assert read(text).fields[0].details["year"] == "in press"


PEOPLE = (Author("King Jr.", "Martin Luther"), Author("van der Berg III", "Jan"),
          Author("Institute of Sums", whole=True))  # fmt: skip


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json", "csv"])
def test_suffixes_and_groups_go_out_and_come_back(imported, tmp_path, form):
    paper = imported(
        "@article{k, title={On engines}, year=1843, journal={Sums},"
        "author={King, Jr., Martin Luther and van der Berg, III, Jan and {Institute of Sums}}}"
    )
    assert paper.authors == PEOPLE
    write = {"bibtex": bibtex.format_paper, "ris": ris.format_paper,
             "csl-json": lambda one: "\n".join(csl_json.format_papers([one])),
             "csv": lambda one: "\n".join(tables.format_csv([one]))}[form]  # fmt: skip
    text = write(paper)
    assert told_text(tmp_path, text, name="again").fields[0].authors == PEOPLE
    told_apart = {"bibtex": "King, Jr., Martin Luther", "ris": "King, Martin Luther, Jr.",
                  "csl-json": '"suffix": "Jr."', "csv": "King Jr., Martin Luther"}  # fmt: skip
    assert told_apart[form] in text


def test_a_name_in_reading_order_with_a_suffix(read):
    found = read("@misc{k, title={A dream}, author={Martin Luther King Jr.}}")
    assert found.fields[0].authors == (PEOPLE[0],)


def test_a_span_of_dates_goes_out_as_it_came(imported):
    paper = imported("@book{k, title={On engines}, date={1842/1843}}")
    assert "date          = {1842/1843}" in bibtex.format_biblatex(paper)
    assert "year          = {1842}" in bibtex.format_paper(paper)


def test_our_own_table_comes_back(imported, tmp_path):
    paper = imported(
        "@inproceedings{k, title={=SUM of engines}, author={Lovelace, Ada and others}, year=1843, "
        "month=9, day=3, booktitle={Proceedings}, doi={10.1000/x}, readstatus={skimmed}, "
        "ranking={rank5}, keywords={engines}, timestamp={2020-05-06}}"
    )
    text = "\n".join(tables.format_csv([paper]))
    assert next(csv.DictReader(io.StringIO(text)))["authors"] == "Lovelace, Ada; et al."
    found = told_text(tmp_path, text, name="again")
    fields, user = found.fields[0], found.drafts[0].user
    assert (fields.title, fields.published.text) == ("=SUM of engines", "1843-09-03")
    assert (fields.kind, fields.venue) == ("paper-conference", "Proceedings")
    assert not fields.authors_complete
    assert (user.status, user.starred, user.tags) == (Status.READING, True, ("engines",))
    assert (user.citekey, user.added) == ("k", "2020-05-06T00:00:00Z")


def test_notes_and_files_of_zotero_that_belong_to_no_work_are_told_of(tmp_path):
    path = tmp_path / "zotero.sqlite"
    connection = zotero_library(path)
    connection.executescript(
        """
        INSERT INTO items VALUES (901, 3, '2020-01-02 03:04:05', 1, 'NOTE'),
          (902, 2, '2020-01-02 03:04:05', 1, 'FILE'), (903, 3, '2020-01-02 03:04:05', 1, 'GONE');
        INSERT INTO itemNotes VALUES (901, NULL, '<p>Buy ink</p>'), (903, NULL, 'Gone');
        INSERT INTO itemAttachments VALUES (902, NULL, 'storage:s.pdf');
        INSERT INTO deletedItems VALUES (903);
        """
    )
    connection.close()
    assert [(one.reason, one.raw) for one in told(path).rejected] == [
        ("a note that belongs to no work", "Buy ink"),
        ("a file that belongs to no work", "s.pdf"),
    ]


def test_tables_of_zotero_and_scopus(read):
    found = read(
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","Url","Extra",'
        '"Notes","Editor","Place","Series","File Attachments","Automatic Tags"\n'
        '"A","conferencePaper","1843","Lovelace, Ada; Babbage, Charles","On engines",'
        '"Proc. of Sums","http://a.example/1","arXiv: 2101.00002","<p>Read it.</p>","House, A.",'
        '"London","Sums","/a/b.pdf; /a/c.pdf","theirs"\n'
        '"B","bookSection","1844","Lovelace, Ada","Of one engine","All engines","http://a.example/2"\n'
    )
    paper, chapter = found.fields
    assert (paper.kind, chapter.kind) == ("paper-conference", "chapter")
    assert (paper.authors_complete, paper.author_count) == (True, 2)
    assert paper.identifiers[0].value == "2101.00002"
    assert (paper.notes, paper.files) == (("Read it.",), ("/a/b.pdf", "/a/c.pdf"))
    told_of = {name: paper.details[name] for name in ("editor", "place", "series", "keywords")}
    assert told_of == {"editor": "House, A.", "place": "London", "series": "Sums",
                       "keywords": "theirs"}  # fmt: skip
    scopus = read("Authors,Title,Year,Source title,Cited by,DOI,Document Type\n"
                  '"Roe A., Doe B.","On sums",2020,"Sums",7,10.1000/x,Article\n')  # fmt: skip
    (scopus,) = scopus.fields
    assert (scopus.kind, scopus.counters, scopus.author_count) == (
        "article-journal", {"citations": 7}, 2)  # fmt: skip


@pytest.mark.parametrize("form", ["ris", "csl-json"])
def test_what_only_bibtex_keeps_apart_goes_out_whole(imported, tmp_path, form):
    paper = imported(
        "@phdthesis{k, title={On engines}, subtitle={and sums}, author={Lovelace, A. and others}, "
        "school={Sum College}, year={in press}, version={3}}"
    )
    write = {"ris": ris.format_paper,
             "csl-json": lambda one: "\n".join(csl_json.format_papers([one]))}[form]  # fmt: skip
    back = told_text(tmp_path, write(paper), name="again").fields[0]
    assert back.title == "On engines: and sums"
    assert (back.details["publisher"], back.details["year"]) == ("Sum College", "in press")
    assert (len(back.authors), back.authors_complete) == (1, False)
    assert form == "ris" or back.details["version"] == "3"


def test_a_thesis_of_other_formats_has_its_school(imported):
    paper = imported("%0 Thesis\n%T On engines\n%A Lovelace, Ada\n%I Sum College\n%D 1843\n")
    assert "school        = {Sum College}" in bibtex.format_paper(paper)


def test_paths_go_out_as_they_are(store, tmp_path):
    path = tmp_path / "in.bib"
    path.write_text(
        r"@misc{k, title={On engines}, file={a/b c%20d.pdf;Snap:C\:\\Users\\me\\f.html:text/html}}"
    )
    files = told(path).fields[0].files
    assert files == ("a/b c%20d.pdf", r"C:\Users\me\f.html")
    store.import_drafts(told(path).drafts, "x")
    (paper,) = store.papers(store.matching(Query()))
    assert told_text(tmp_path, bibtex.format_paper(paper), name="again").fields[0].files == files


def test_a_former_citekey_is_known_to_biblatex(store, tmp_path):
    for key in ("pre", "pub"):
        path = tmp_path / f"{key}.bib"
        path.write_text(f"@misc{{{key}, title={{On engines}}, eprint={{2101.00002}}}}")
        store.import_drafts(told(path).drafts, "x")
    (paper,) = store.papers(store.matching(Query()))
    assert "ids           = {pub}" in bibtex.format_biblatex(paper)


def test_a_brace_too_many_is_told_of(read):
    found = read(
        "@article{u, title={Unbalanced }} close}, author={U, V}, year=2010}\n\n"
        "@misc{v, title={Another}}\n"
    )
    assert "Another" in found.titles
    assert ["brace too many" in one.reason for one in found.rejected] == [True]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Smith, J.; Doe, K.; Roe, L.", ["J. Smith", "K. Doe", "L. Roe"]),
        ("Smith, J., Doe, K., Roe, L.", ["J. Smith", "K. Doe", "L. Roe"]),
        ("John Smith AND Jane Doe and", ["John Smith", "Jane Doe"]),
        ("World Health Organization", ["World Health Organization"]),
    ],
)
def test_lists_of_authors_without_and(read, text, people):
    found = read(f"@misc{{k, title={{On engines}}, author={{{text}}}}}")
    assert [one.name for one in found.fields[0].authors] == people


def test_keywords_in_braces_and_with_signs(read):
    found = read("@misc{k, title={On engines}, keywords={{one, two}, C#, C}}")
    assert found.drafts[0].user.tags == ("one two", "c#", "c")


def test_a_book_and_its_chapter_are_two(store, tmp_path):
    path = tmp_path / "in.bib"
    path.write_text(
        "@book{b, author={Knuth, D}, title={Seminumerical algorithms and others}, year=1981}\n"
        "@inbook{c, author={Knuth, D}, title={Seminumerical algorithms and others}, "
        "year=1981, pages={10--20}}"
    )
    _, taken = store.import_drafts(told(path).drafts, "x")
    assert (taken.new, len(taken.unsure)) == (2, 1)


def test_titles_with_ensured_formulas_and_entities(store, tmp_path):
    path = tmp_path / "in.bib"
    path.write_text(
        r"@misc{a, title={{Planck 5{\ensuremath{\sigma}} in Mpc s$^{-1}$}}}"
        "\n@misc{b, title={Single \\& double &lt;5 things}}\n@misc{c, title={On |a| < b}}"
    )
    store.import_drafts(told(path).drafts, "x")
    entries = [bibtex.format_paper(one) for one in store.papers(store.matching(Query()))]
    titles = "\n".join(line for entry in entries for line in entry.split("\n") if "title" in line)
    assert r"{Planck 5{{$\sigma$}} in Mpc s{$^{-1}$}}" in titles
    assert r"\textless{}5 things" in titles
    assert r"On \textbar{}a\textbar{} \textless{} b" in titles


def test_the_venue_behind_a_preprints_journal(read):
    found = read(
        '{"paperId": "abd0", "externalIds": {"ArXiv": "1706.03762"}, "title": "On engines", '
        '"authors": [], "venue": "Annals of Engines", '
        '"journal": {"name": "ArXiv", "volume": "abs/1706.03762"}}'
    )
    assert found.fields[0].venue == "Annals of Engines"
    assert "volume" not in found.fields[0].details


def test_the_main_title_of_several(read):
    found = read(
        '{"data": {"attributes": {"doi": "10.1000/x", "creators": [], "schemaVersion": "4", '
        '"titles": [{"title": "and sums", "titleType": "Subtitle"}, {"title": "On engines"}]}}}'
    )
    assert (found.titles, found.fields[0].details["subtitle"]) == (["On engines"], "and sums")


def test_formulas_with_alphabets_of_packages(store, tmp_path):
    path = tmp_path / "in.bib"
    path.write_text(r"@misc{a, title={On $\mathbb{R}^n$ and $x_{ij}$}, abstract={In $x_{ij}$ ℝ}}")
    store.import_drafts(told(path).drafts, "x")
    (paper,) = store.papers(store.matching(Query()))
    entry = bibtex.format_paper(paper)
    assert r"On {$\mathbf{R}^n$} and {$x_{ij}$}" in entry
    assert r"x\ensuremath{_{i}}\ensuremath{_{j}} \ensuremath{\mathbf{R}}" in entry


@pytest.mark.parametrize("file", ["http://a.b/c.pdf", "ftp://a.b/c", "/a/b:c.pdf"])
def test_files_by_address_come_back(imported, tmp_path, file):
    paper = imported(f"TY  - JOUR\nTI  - On engines\nL1  - {file}\nER  - \n")
    assert told_text(tmp_path, bibtex.format_paper(paper), name="again").fields[0].files == (file,)


def test_rows_of_our_table_are_told_apart_by_their_keys(read):
    head = "citekey,title,authors,year,kind\n"
    found = read(f'{head}b,"The {{0,1}} art","Knuth, D.",1970,book\n'
                 f'c,"The {{0,1}} art","Knuth, D.",1970,chapter\n')  # fmt: skip
    assert [one.records[0].key for one in found.drafts] == ["b", "c"]
    assert convert(found.titles[0]).text == "The {0,1} art"


def test_what_scopus_and_ieee_call_things(read):
    scopus = read(
        "Authors,Title,Year,Source title,Art. No.,DOI,Abstract,EID\n"
        "[No author name available],On sums,in press,Sums,104,10.1/x,"
        "[No abstract available],2-s2.0-1\n"
    ).fields[0]
    assert (scopus.authors, scopus.abstract) == ((), "")
    told_of = {name: scopus.details[name] for name in ("number", "scopus_id", "year")}
    assert told_of == {"number": "104", "scopus_id": "2-s2.0-1", "year": "in press"}
    ieee = read("Document Title,Authors,Publication Year,DOI,Document Identifier\n"
                "On sums,A. Roe,2020,10.1/x,IEEE Conferences\n").fields[0]  # fmt: skip
    assert ieee.kind == "paper-conference"


def test_a_small_table_is_one(read):
    found = read('Title,Authors,Year,Number\nOn engines,"Doe, Jane",2001,\n'
                 'On sums,"Roe, Rob",2002,arXiv:2101.00001\n')  # fmt: skip
    assert found.titles == ["On engines", "On sums"]
    assert found.fields[1].identifiers[0].value == "2101.00001"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("A. Adams, B. Brown and C. Clark", ["A. Adams", "B. Brown", "C. Clark"]),
        ("Ann Adams, Bob Brown, Cy Clark", ["Ann Adams", "Bob Brown", "Cy Clark"]),
        ("van der Berg, III, Jan", ["Jan van der Berg III"]),
        ("Adams, Ann B. and Brown, Bob", ["Ann B. Adams", "Bob Brown"]),
    ],
)
def test_commas_where_bibtex_wants_and(read, text, people):
    found = read(f"@misc{{k, title={{On engines}}, author={{{text}}}}}")
    assert [one.name for one in found.fields[0].authors] == people


def test_fields_of_biblatex_go_out_as_they_came(imported):
    paper = imported(
        "@manual{k, title={On engines}, organization={Sums}, date={1843~}, eprint={4HIW}, "
        "eprinttype={googlebooks}, editor={Roe, R. and others}, author={A, B}}"
    )
    entry = bibtex.format_biblatex(paper)
    wanted = {"institution": "Sums", "date": "1843~", "eprint": "4HIW",
              "eprinttype": "googlebooks", "editor": "Roe, R. and others"}  # fmt: skip
    for name, value in wanted.items():
        assert f"{name:<13} = {{{value}}}" in entry


def test_dates_that_are_more_than_a_day(imported, read):
    item = '[{"id": "k", "type": "book", "title": "On engines", "issued": %s}]'
    span = '{"date-parts": [[2020, 1, 1], [2020, 1, 3]]}'
    paper = imported(item % span)
    assert (paper.row.published.text, paper.sources[0].fields.details["date"]) == (
        "2020-01-01", "2020-01-01/2020-01-03")  # fmt: skip
    assert csl_json.item(paper)["issued"] == {"date-parts": [[2020, 1, 1], [2020, 1, 3]]}
    assert "date          = {2020-01-01/2020-01-03}" in bibtex.format_biblatex(paper)
    told_of = [
        read(item % date).fields[0].details
        for date in ('{"date-parts": [[1990]], "circa": true, "season": 2}',
                     '{"date-parts": [[-350]]}')
    ]  # fmt: skip
    assert told_of == [{"date": "1990~", "season": "2"}, {"year": "-350"}]
    assert read("TY  - BOOK\nTI  - On engines\nPY  - 2001-2003\nER  - \n").fields[0].details == {
        "date": "2001-2003"
    }


def test_a_key_that_cannot_be_cited_is_told_of(read):
    found = read("@misc{key with blanks, title={On engines}}\n@misc{fine, title={Another}}")
    assert [(one.field, one.raw) for one in found.rejected] == [("key", "key with blanks")]
    assert found.titles == ["On engines", "Another"]
