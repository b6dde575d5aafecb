import sqlite3
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import ImportFileError
from reader.model.details import SHORT_VENUE, details_of
from reader.model.feed import Followed
from reader.model.formats import IMPORTS
from reader.model.paper import Author, PaperDraft, Priority, Rejected, Status
from reader.sources import formats
from reader.sources.encodings import detect
from reader.sources.lists.markdown import MANAGED
from tests.sources import fixtures
from tests.sources.fixtures import FIXTURES
from tests.sources.fixtures_more import REFWORKS, ZOTERO_RDF
from tests.sources.reading import told, told_text

TITLE = "On engines of difference"


def ids(fields):
    return {f"{one.scheme}:{one.value}" + (f"v{one.version}" if one.version else "")
            for one in fields.identifiers}  # fmt: skip


def names(fields):
    return [one.name for one in fields.authors]


@pytest.fixture
def read(tmp_path):
    return lambda text, **how: told_text(tmp_path, text, **how)


def test_every_format_has_a_name_and_an_importer():
    assert set(formats.FORMATS) == set(IMPORTS)
    for name in formats.FORMATS:
        assert name == formats.importer(name).NAME


@pytest.mark.parametrize("name", FIXTURES)
def test_a_format_is_recognised_by_its_content(tmp_path, name):
    found = told_text(tmp_path, FIXTURES[name], "no.extension")
    assert found.format == name
    assert found.drafts or name == "opml"


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["crlf", "bom", "utf-16", "no line end"],
)
def test_line_ends_and_encodings_do_not_matter(tmp_path, name, change):
    plain = told_text(tmp_path, FIXTURES[name])
    if name in ("acl", "dblp") and change(FIXTURES[name])[:2] == b"\xff\xfe":
        return  # one declares itself UTF-8, one has names for characters
    found = told_text(tmp_path, change(FIXTURES[name]))
    assert [one.title for one in found.fields] == [one.title for one in plain.fields]
    assert found.format == name


def test_bibtex(read):
    found = read(fixtures.BIBTEX)
    ada, child, eprint, whole = found.fields
    assert names(ada)[:2] == ["Ada Lovelace", "Jan van der Berg"]
    assert ada.authors[2] == Author("The Difference Collaboration", whole=True)
    assert (ada.authors_complete, ada.author_count) == (False, None)
    assert ada.venue == "Journal of Made-up Learning (Series B)"
    assert ada.published.text == "2021-03-04"
    assert ids(ada) == {"doi:10.1234/made.up"}
    assert ada.details["pages"] == "11-29"
    assert (ada.details["issue"], ada.details["custom-field"]) == ("2", "kept")
    assert ada.abstract == "First line.\n\nSecond paragraph."
    assert (ada.remark, ada.notes, ada.files) == ("To appear", ("mine",), ("papers/ada2021.pdf",))
    user = found.drafts[0].user
    assert (user.status, user.starred, user.priority) == (Status.READ, True, Priority.A)
    assert (user.tags, user.citekey) == (("engines", "numbers", "thesis"), "ada2021")
    assert (child.venue, child.published.text, child.kind) == (
        "Proceedings of Something", "1999", "paper-conference")  # fmt: skip
    assert (ids(eprint), eprint.categories) == ({"arxiv:1901.00001v2"}, ("math.RA",))
    assert whole.title == "Proceedings of Something"
    assert found.rejected == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("eprint = {2101.00002}, eprinttype = {arXiv}, eprintclass = {cs.GL}", "2101.00002"),
        ("eprint = {2101.00002}", "2101.00002"),
        ("eprint = {0611800}, archiveprefix = {arXiv}, primaryclass = {math}", "math/0611800"),
        ("journal = {arXiv preprint arXiv:2101.00002}", "2101.00002"),
        ("journal = {CoRR}, volume = {abs/2101.00002}", "2101.00002"),
        ("note = {arXiv:2101.00002 [cs.GL]}", "2101.00002"),
        ("howpublished = {\\url{https://arxiv.org/abs/2101.00002}}", "2101.00002"),
        ("url = {http://arxiv.org/pdf/2101.00002v1.pdf}", "2101.00002"),
        ("doi = {10.48550/arXiv.2101.00002}", "2101.00002"),
    ],
)
def test_arxiv_ids_in_all_the_ways_that_bibtex_writes_them(read, fields, expected):
    (paper,) = read(f"@misc{{x, title = {{A title}}, {fields}}}").fields
    assert [one.value for one in paper.identifiers if one.scheme == "arxiv"] == [expected]
    assert paper.kind == "article"
    assert paper.venue == ""


def test_broken_bibtex_costs_its_neighbours_nothing(read):
    found = read(
        "@article{a, title = {One}, year = 2020}\n"
        "@article{b, title = {Two}, year = {2020\n"
        "@article{a, title = {Three}}\n"
        "@article{c, title = {Four}, title = {Other}, keywords = {x}, keywords = {y}}\n"
        "@article{d title = {Five}\n  year = {2020}\n}\n"
        '@article(e, title = "Six {quoted"}", month = undefined)\n'
    )
    titles = [one.title for one in found.fields]
    assert {"One", "Two", "Three", "Four"} <= set(titles)
    assert found.drafts[titles.index("Four")].user.tags == ("x", "y")
    lines = {one.line: one.reason for one in found.rejected}
    assert "broken" in lines[2]
    assert any("given twice" in one.reason and one.field == "title" for one in found.rejected)
    keys = [one.records[0].key for one in found.drafts]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lovelace", ("Lovelace", "Ada")),
        ("de la Vall{\\'e}e Poussin, Charles", ("de la Vallée Poussin", "Charles")),
        ("Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
        ("King, Jr, Martin Luther", ("King Jr", "Martin Luther")),
        ("{NASA and others}", ("NASA and others", "")),
        ("family=Dijk, given=Marten, prefix=van, useprefix=true", ("van Dijk", "Marten")),
        ("Plato", ("Plato", "")),
        ("{\\O}rsted, H. C.", ("Ørsted", "H. C.")),
        ("Erd{\\H o}s, Paul", ("Erdős", "Paul")),
    ],
)
def test_names_as_bibtex_writes_them(read, text, expected):
    (paper,) = read(f"@misc{{x, title = {{T}}, author = {{{text}}}}}").fields
    assert [(one.family, one.given) for one in paper.authors] == [expected]


def test_ris(read):
    found = read(fixtures.RIS)
    (paper,) = found.fields
    assert names(paper) == ["Ada Lovelace", "Charles Babbage"]
    assert (paper.venue, paper.published.text) == ("Annals of Engines", "1843-09-01")
    assert ids(paper) == {"arxiv:2101.00002", "doi:10.1234/engines"}
    assert paper.details["pages"] == "666-731"
    assert paper.abstract == "An abstract that goes on."
    assert found.drafts[0].user.tags == ("engines", "notes")


def test_ris_as_it_should_not_be(read):
    found = read(
        "ty - JOUR\nti - One space\nau - A, B\nTY  - BOOK\nTI  - Two\nSN  - 978-3-16-148410-0"
    )
    assert [one.title for one in found.fields] == ["One space", "Two"]
    assert found.fields[1].details["isbn"] == "978-3-16-148410-0"
    assert [one.line for one in found.rejected] == [1, 4]
    assert all("ER" in one.reason for one in found.rejected)


@pytest.mark.parametrize("name", ["endnote-xml", "enw", "isi", "crossref", "openalex"])
def test_the_same_paper_from_reference_formats(read, name):
    (paper,) = read(FIXTURES[name]).fields
    assert paper.title.startswith(TITLE)
    assert paper.authors[0] == Author("Lovelace", "Ada")
    assert paper.venue.lower() == "annals of engines"
    assert paper.published.text.startswith("1843")
    assert "doi:10.1234/engines" in ids(paper)


@pytest.mark.parametrize(
    "name",
    ["atom", "rss", "oai", "arxiv-mail", "arxiv-list", "huggingface", "semantic-scholar",
     "datacite"],
)  # fmt: skip
def test_the_same_paper_from_arxiv_and_its_friends(read, name):
    (paper,) = read(FIXTURES[name]).fields
    assert paper.title.startswith(TITLE)
    assert paper.authors[0].name in ("Ada Lovelace", "A. Lovélace")
    assert {one.value for one in paper.identifiers if one.scheme == "arxiv"} == {"2101.00002"}
    if name != "arxiv-list":
        assert paper.published.text == "2021-01-05"


def test_what_arxiv_tells_besides(read):
    (atom,), (rss,), (mail,), (page,) = (read(FIXTURES[name]).fields for name in
                                         ("atom", "rss", "arxiv-mail", "arxiv-list"))  # fmt: skip
    assert atom.abstract == "With n<k and m>2."
    assert (atom.categories, atom.remark) == (("cs.GL", "math.HO"), "7 pages")
    assert (atom.updated.text, ids(atom)) == (
        "2021-03-01", {"arxiv:2101.00002v3", "doi:10.1234/engines"})  # fmt: skip
    assert (rss.abstract, rss.details["announced"]) == ("Where n<k and m>2.", "replace-cross")
    assert ids(mail) == {"arxiv:2101.00002v2", "doi:10.1234/engines"}
    assert (mail.abstract, names(mail)) == (
        "An abstract of two lines.",
        ["A. Lovélace", "C. Babbage"],
    )
    assert (page.categories, page.abstract) == (("cs.GL", "math.HO"), "An abstract.")


def test_services(read):
    hf, crossref, openalex, dblp, pubmed, acl = (
        read(FIXTURES[name]).fields[0]
        for name in ("huggingface", "crossref", "openalex", "dblp", "pubmed", "acl")
    )
    assert (hf.counters, hf.author_count) == ({"upvotes": 12, "comments": 3}, 2)
    assert hf.urls == ("https://github.com/made/up",)
    assert crossref.abstract == "An abstract."
    assert crossref.details[SHORT_VENUE] == "Ann. & Eng."
    assert openalex.abstract == "An abstract of abstract"
    assert names(dblp) == ["Ada Lovelace", "Jörg Babbage"]
    assert "dblp:journals/annals/Lovelace43" in ids(dblp)
    assert (pubmed.title, pubmed.abstract) == ("A study of made-up cells", "Background: Cells.")
    assert ids(pubmed) == {"pmid:12345678", "doi:10.1234/cells"}
    assert (acl.title, acl.published.text) == ("On Engines of difference", "2022-08")
    assert (ids(acl), acl.details["pages"]) == ({"acl:2022.made-1.1"}, "1-9")


def test_csl_json(read):
    found = read(fixtures.CSL)
    (paper,) = found.fields
    assert (paper.title, paper.kind) == (TITLE, "article-journal")
    assert names(paper) == ["Ada Lovelace", "Jan van der Berg", "The Group"]
    assert (paper.published.text, paper.details["editor"]) == ("1843-09-01", "Menabrea, L.")
    assert ids(paper) == {"doi:10.1234/engines", "arxiv:2101.00002"}
    assert paper.remark == "more"
    assert found.drafts[0].user.tags == ("engines", "notes")


def test_zotero_items(read):
    (paper,) = (found := read(fixtures.BETTER_BIBTEX)).fields
    user = found.drafts[0].user
    assert user.tags == ("mine", "zotero/top/below")
    assert (user.status, user.citekey) == (Status.READ, "ada1843")
    assert (paper.details["keywords"], paper.remark) == ("theirs", "kept words")
    assert (paper.notes, paper.files) == (("A note",), ("files/7/a.pdf",))
    assert paper.details["editor"] == "A House"
    (paper,) = read(fixtures.ZOTERO_JSON).fields
    assert (ids(paper), paper.notes, paper.kind) == (
        {"arxiv:2101.00002"}, ("Read it.",), "article")  # fmt: skip


def test_refworks(read):
    found = read(REFWORKS)
    article, book = found.fields
    assert (article.title, article.venue, article.kind) == (
        TITLE, "Annals of Engines", "article-journal")  # fmt: skip
    assert names(article) == ["Ada Lovelace", "Charles Babbage"]
    assert (article.published.text, article.abstract) == ("1843-09-03", "We compute.")
    assert (ids(article), article.urls) == ({"doi:10.1234/engines"}, ("https://annals.example/1",))
    told = {name: article.details[name] for name in ("volume", "issue", "pages")}
    assert told == {"volume": "3", "issue": "2", "pages": "1-9"}
    assert found.drafts[0].user.tags == ("engines", "notes")
    assert (book.title, book.kind, book.authors[0].whole) == ("All engines", "book", True)
    told = {name: book.details[name] for name in ("year", "isbn", "publisher", "place")}
    assert told == {"year": "in press", "isbn": "978-0-00-000000-2", "publisher": "Taylor",
                    "place": "London"}  # fmt: skip
    assert not found.rejected


def test_zotero_rdf(read):
    found = read(ZOTERO_RDF)
    article, chapter = found.fields
    assert (article.title, article.venue, article.kind) == (
        TITLE, "Annals of Engines", "article-journal")  # fmt: skip
    assert names(article) == ["Ada Lovelace", "The Group"]
    assert article.authors[1].whole
    assert (article.published.text, article.abstract) == ("1843-09", "We compute.")
    assert ids(article) == {"doi:10.1234/engines"}
    told = {name: article.details[name] for name in ("volume", "pages", "issn", "keywords")}
    assert told == {"volume": "3", "pages": "1-9", "issn": "1234-5678", "keywords": "theirs"}
    assert article.notes == ("A note",)
    assert article.files[0].endswith("/files/5/a.pdf")
    assert article.urls == ("https://annals.example/1",)
    user = found.drafts[0].user
    assert (user.tags, user.citekey) == (("mine", "zotero/top/below"), "ada1843")
    assert (chapter.title, chapter.venue, chapter.kind) == (
        "Of one engine", "All engines", "chapter")  # fmt: skip
    told = {name: chapter.details[name] for name in ("series", "isbn", "publisher", "place")}
    assert told == {"series": "Sums", "isbn": "978-0-00-000000-2",
                    "publisher": "Taylor", "place": "London"}  # fmt: skip
    assert [one.raw for one in found.rejected] == ["note: Buy ink"]
    itself = '<dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/><dc:title>Annals'
    assert len(read(ZOTERO_RDF.replace("<dc:title>Annals", itself)).fields) == 2
    often = itself.partition("<dc:title>")[0] * 500
    assert len(read(ZOTERO_RDF.replace("<dc:title>Annals", f"{often}<dc:title>Annals")).fields) == 2


def zotero_library(path):
    """The tables of a Zotero library that are read, with one paper and some rubbish."""
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE items(itemID INTEGER PRIMARY KEY, itemTypeID, dateAdded, libraryID, key);
        CREATE TABLE itemTypes(itemTypeID INTEGER PRIMARY KEY, typeName);
        CREATE TABLE fields(fieldID INTEGER PRIMARY KEY, fieldName);
        CREATE TABLE itemDataValues(valueID INTEGER PRIMARY KEY, value);
        CREATE TABLE itemData(itemID, fieldID, valueID);
        CREATE TABLE creators(creatorID INTEGER PRIMARY KEY, firstName, lastName, fieldMode);
        CREATE TABLE creatorTypes(creatorTypeID INTEGER PRIMARY KEY, creatorType);
        CREATE TABLE itemCreators(itemID, creatorID, creatorTypeID, orderIndex);
        CREATE TABLE tags(tagID INTEGER PRIMARY KEY, name);
        CREATE TABLE itemTags(itemID, tagID, type);
        CREATE TABLE collections(collectionID INTEGER PRIMARY KEY, collectionName,
                                 parentCollectionID);
        CREATE TABLE collectionItems(collectionID, itemID);
        CREATE TABLE itemNotes(itemID, parentItemID, note);
        CREATE TABLE itemAttachments(itemID, parentItemID, path);
        CREATE TABLE itemAnnotations(itemID, parentItemID, text, comment, pageLabel, sortIndex);
        CREATE TABLE deletedItems(itemID); CREATE TABLE feedItems(itemID);
        CREATE TABLE syncedSettings(setting, libraryID, value);
        INSERT INTO itemTypes VALUES (1, 'journalArticle'), (2, 'attachment'), (3, 'note');
        INSERT INTO items VALUES (1, 1, '2020-01-02 03:04:05', 1, 'AAAA1111'),
          (2, 2, '2020-01-02 03:04:05', 1, 'BBBB2222'), (3, 3, '2020-01-02 03:04:05', 1, 'CCCC'),
          (4, 1, '2020-01-02 03:04:05', 1, 'TRASH'), (5, 1, '2020-01-02 03:04:05', 1, 'FEED');
        INSERT INTO deletedItems VALUES (4); INSERT INTO feedItems VALUES (5);
        INSERT INTO fields VALUES (1, 'title'), (2, 'date'), (3, 'DOI'), (4, 'publicationTitle');
        INSERT INTO itemDataValues VALUES (1, 'On engines of difference'),
          (2, '1843-09-00 September 1843'), (3, '10.1234/engines'), (4, 'Annals of Engines');
        INSERT INTO itemData VALUES (1, 1, 1), (1, 2, 2), (1, 3, 3), (1, 4, 4), (4, 1, 1),
          (5, 1, 1);
        INSERT INTO creators VALUES (1, 'Ada', 'Lovelace', 0), (2, '', 'The Group', 1);
        INSERT INTO creatorTypes VALUES (1, 'author');
        INSERT INTO itemCreators VALUES (1, 1, 1, 0), (1, 2, 1, 1);
        INSERT INTO tags VALUES (1, 'Mine'), (2, 'auto');
        INSERT INTO itemTags VALUES (1, 1, 0), (1, 2, 1);
        INSERT INTO collections VALUES (1, 'Top', NULL), (2, 'Below', 1);
        INSERT INTO collectionItems VALUES (2, 1);
        INSERT INTO itemNotes VALUES (3, 1, '<div><p>A note.</p></div>');
        INSERT INTO itemAttachments VALUES (2, 1, 'storage:a.pdf');
        INSERT INTO itemAnnotations VALUES (9, 2, 'marked words', 'why', '3', '1');
        INSERT INTO syncedSettings
          VALUES ('tagColors', 1, '[{"name": "Mine", "color": "#FF6666"}]');
        """
    )
    connection.commit()
    return connection


def test_the_database_of_zotero(tmp_path):
    path = tmp_path / "anything"
    connection = zotero_library(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("INSERT INTO itemTags VALUES (1, 1, 0)")
    connection.executescript(
        "INSERT INTO collections VALUES (3, 'Thrown away', NULL);"
        "INSERT INTO collectionItems VALUES (3, 1);"
        "CREATE TABLE deletedCollections(collectionID); INSERT INTO deletedCollections VALUES (3);"
    )
    connection.commit()
    found = told(path)
    (paper,) = found.fields
    assert (paper.title, names(paper)) == (TITLE, ["Ada Lovelace", "The Group"])
    assert (paper.published.text, ids(paper)) == ("1843-09", {"doi:10.1234/engines"})
    assert paper.notes == ("A note.", "“marked words” why (p. 3)")
    assert paper.files[0].endswith("storage/BBBB2222/a.pdf")
    assert found.drafts[0].user.tags == ("mine", "zotero/top/below")
    assert found.drafts[0].user.added == "2020-01-02T03:04:05Z"
    assert [(one.name, one.colour, one.pinned) for one in found.labels] == [("mine", "red", 1)]
    connection.close()


def test_other_databases_are_refused(tmp_path):
    connection = sqlite3.connect(tmp_path / "other.sqlite")
    connection.execute("CREATE TABLE things(id)")
    connection.close()
    with pytest.raises(ImportFileError, match="not Zotero's"):
        told(tmp_path / "other.sqlite")


def test_cff_and_papis(read, tmp_path):
    software, article = read(fixtures.CFF).fields
    assert (software.kind, software.title) == ("software", "Engine")
    assert (article.title, names(article), article.published.text) == (
        TITLE, ["Charles Babbage"], "1843-09")  # fmt: skip
    found = read(fixtures.PAPIS)
    assert names(found.fields[0]) == ["Ada Lovelace", "Charles Babbage"]
    assert found.drafts[0].user.tags == ("engines", "notes")
    assert found.fields[0].files == (str(tmp_path / "a.pdf"),)


def test_yaml_bombs_are_refused(read):
    bomb = "title: x\nauthor: y\nref: z\na: &a [x, x]\nb: &b [*a, *a]\n"
    with pytest.raises(ImportFileError, match="aliases"):
        read(bomb, format_name="papis")


def test_markdown(read):
    found = read(fixtures.MARKDOWN)
    (paper,) = found.fields
    assert names(paper) == ["Ada Lovelace", "Charles Babbage"]
    assert (paper.notes, ids(paper)) == (("My own words on it.",), {"arxiv:2101.00002"})
    assert (found.drafts[0].user.tags, found.drafts[0].user.status) == (
        ("engines", "notes"), Status.READING)  # fmt: skip
    one, two = (found := read(fixtures.MARKDOWN_LIST)).fields
    assert (one.title, ids(one)) == (TITLE, {"arxiv:2101.00002v4"})
    assert (two.title, ids(two)) == ("Another one", {"arxiv:2101.00003v2"})
    assert found.drafts[0].user.status is Status.READ
    assert MANAGED.sub("", "<!-- paper-reader:begin -->\nours\n<!-- paper-reader:end -->\n") == ""


def test_read_later_exports(read):
    (paper,) = read(fixtures.READWISE).fields
    assert paper.notes == ("The engine has no pretensions.\ntrue", "It weaves algebra.")
    one, two = (found := read(fixtures.INSTAPAPER)).drafts
    assert (one.user.status, one.user.tags) == (Status.READ, ("engines",))
    assert one.user.added == "2020-09-17T06:06:28Z"
    assert (two.user.status, found.fields[1].urls) == (Status.LATER, ("https://example.org/x",))


def test_text_pages_and_json(read):
    found = read(fixtures.TEXT)
    assert [ids(one) for one in found.fields] == [
        {"arxiv:2101.00002v2"}, {"doi:10.1234/engines"}, {"arxiv:hep-th/9901001"}]  # fmt: skip
    (page,) = read(fixtures.PAGE).fields
    assert (page.title, page.published.text) == ("On engines & differences", "1843-09-01")
    found = read(fixtures.PLAIN_JSON)
    assert len(found.drafts) == 1
    assert [(one.record, one.field) for one in found.rejected] == [(2, "title"), (3, "")]
    assert read(fixtures.OPML).labels == [Followed("cs.GL", "cs.GL")]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Café".encode(), "utf-8"), ("Café".encode("cp1252"), "cp1252"),
        ("\x81Café".encode("latin-1"), "latin-1"),
        ("凯撒二〇一三 abc".encode("gb18030"), "gb18030"),
        ("naïve “quotes” and fiancé".encode("cp1252"), "cp1252"), (b"plain", "utf-8"),
        ("plain words".encode("utf-16-le"), "utf-16-le"),
        ("plain words".encode("utf-16-be"), "utf-16-be"),
        ("x".encode("utf-16"), "utf-16"), (b"\xef\xbb\xbfx", "utf-8-sig"),
    ],
)  # fmt: skip
def test_encodings(content, encoding):
    assert detect(content, final=True) == encoding


def test_a_paper_without_a_title_is_called_by_its_identifier(store, tmp_path):
    found = told_text(tmp_path, "arXiv:2101.00002")
    store.import_drafts(found.drafts, "x")
    assert [row.title for row in store.rows([1])] == ["arXiv:2101.00002"]
    better = told_text(tmp_path, fixtures.RIS.replace("DO  - 10.1234/engines\n", ""))
    store.import_drafts(better.drafts, "y")
    assert [row.title for row in store.rows([1])] == [TITLE]


def test_details_come_from_the_most_trusted_source(tmp_path):
    ris, crossref = (told_text(tmp_path, FIXTURES[name]).drafts[0].records[0]
                     for name in ("ris", "crossref"))  # fmt: skip
    both = details_of([ris, crossref])
    assert both.values["volume"] == "3"
    assert both.values["pages"] == "666-731"


mutations = st.lists(
    st.tuples(st.integers(0, 4_000), st.integers(0, 40), st.sampled_from(
        ["", "\x00", "{", "}", "<", ">", '"', "\n", "\\", "&#0;", "\ufeff", "🙂", "null"])),
    max_size=6,
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FIXTURES)), mutations)
def test_no_damage_to_a_file_makes_an_importer_fail(tmp_path, name, changes):
    text = FIXTURES[name]
    for place, length, put in changes:
        text = text[:place] + put + text[place + length :]
    with suppress(ImportFileError):
        found = told_text(tmp_path, text.encode("utf-8", "replace"), "damaged", name)
        assert all(isinstance(one, PaperDraft) for one in found.drafts)
        assert all(isinstance(one, Rejected) and one.reason for one in found.rejected)
