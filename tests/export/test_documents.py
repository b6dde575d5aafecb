import csv
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.cli.exporting import cited, write_notes
from reader.errors import UsageError
from reader.export import bibtex, csl_json, markdown, ris, tables, web
from reader.export.formats import DOCUMENTS, SUFFIXES
from reader.import_report import Options
from reader.importing import import_files
from reader.library.store import Store
from reader.model import details as names
from reader.model.change import StarChange, StatusChange, TagChange
from reader.model.dates import PartialDate, Precision
from reader.model.details import details_of
from reader.model.formats import EXPORTS
from reader.model.identifiers import Identifier
from reader.model.latex import convert
from reader.model.paper import Author, Fields, PaperDraft, SourceRecord, Status
from reader.model.query import Query
from reader.model.text import clean
from tests import strategies
from tests.sources.reading import told_text
from tests.strategies import HOSTILE

KINDS = (names.ARTICLE, names.CONFERENCE, names.BOOK, names.CHAPTER, names.REPORT)
SHARED_DETAILS = (names.VOLUME, names.ISSUE, names.PAGES, names.PUBLISHER, names.PLACE,
                  names.EDITION, names.SERIES, names.LANGUAGE)  # fmt: skip

plain_words = st.text(st.characters(codec="latin-1", categories=("L", "N")), min_size=1,
                      max_size=9)  # fmt: skip


def whole(store):
    return list(store.papers(store.matching(Query())))


def stored(store, *many, key="1"):
    records = [PaperDraft((SourceRecord("bibtex", f"{key}{n}", "2026-01-01T00:00:00Z", "f", one),))
               for n, one in enumerate(many)]  # fmt: skip
    store.import_drafts(records, "x")
    return whole(store)


FULL = Fields(
    title="On engines & their 100% {odd} notes: α ≤ β₂ of BERT_x",
    abstract="First.\n\nSecond with $ and #.",
    authors=(Author("Lovelace", "Ada"), Author("van der Berg", "Jan"),
             Author("The Group and Others", whole=True)),
    author_count=3, authors_complete=True,
    published=PartialDate("1843-09-01", Precision.DAY),
    venue="Annals of Engines", kind=names.ARTICLE,
    identifiers=(Identifier("arxiv", "2101.00002"), Identifier("doi", "10.1234/a_b(c)")),
    details={"volume": "3", "issue": "2", "pages": "666-731", "publisher": "Press & Sons",
             "issn": "1234-5678", "language": "en", "editor": "Menabrea, Luigi"},
    notes=("50% of x_1 & {a}\n\nthat ~ is",), files=("papers/a.pdf",), remark="To appear",
)  # fmt: skip


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_what_a_format_can_hold_comes_back(store, tmp_path, form):
    (paper,) = stored(store, FULL)
    store.apply(TagChange((paper.row.id,), add=("engines", "a/b")))
    (paper,) = whole(store)
    found = told_text(tmp_path, "\n".join(DOCUMENTS[form]([paper])))
    assert found.rejected == []
    again = Store(tmp_path / "again.db")
    again.import_drafts(found.drafts, "again")
    (back,) = whole(again)
    assert (back.row.title, back.authors) == (paper.row.title, paper.authors)
    assert (back.row.published, back.venue) == (paper.row.published, paper.venue)
    assert back.row.citekey == paper.row.citekey
    assert set(back.identifiers) == set(paper.identifiers)
    assert set(back.row.tags) == {"engines", "a/b"}
    assert " ".join(back.abstract.split()) == " ".join(paper.abstract.split())
    ours, theirs = details_of(paper.sources), details_of(back.sources)
    assert ours.kind == theirs.kind
    assert {**theirs.values, **ours.values} == theirs.values
    assert " ".join(ours.notes[0].split()) in {" ".join(one.split()) for one in theirs.notes}
    assert form == "csl-json" or theirs.files == ("papers/a.pdf",)
    again.close()


@st.composite
def publications(draw):
    """Papers with what BibTeX, RIS and CSL-JSON can all hold."""
    title = " ".join(draw(st.lists(plain_words, min_size=1, max_size=6)))
    people = st.builds(Author, plain_words.filter(str.isalpha), plain_words.filter(str.isalpha))
    authors = tuple(draw(st.lists(people, min_size=1, max_size=4)))
    return Fields(
        title=title, authors=authors, author_count=len(authors), authors_complete=True,
        published=draw(strategies.dates), venue=draw(plain_words),
        kind=draw(st.sampled_from(KINDS)),
        identifiers=tuple(draw(strategies.identifiers)),
        details=draw(st.dictionaries(st.sampled_from(SHARED_DETAILS), plain_words)),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["bibtex", "biblatex", "ris", "csl-json"]), publications())
def test_any_publication_comes_back(tmp_path_factory, form, fields):
    folder = tmp_path_factory.mktemp("any")
    store = Store(folder / "library.db")
    (paper,) = stored(store, fields)
    found = told_text(folder, "\n".join(DOCUMENTS[form]([paper])), format_name=None)
    (back,) = found.fields
    assert " ".join(convert(back.title).text.split()) == paper.row.title
    assert [one.name for one in back.authors] == [one.name for one in paper.authors]
    assert back.published.text == paper.row.published.text or paper.row.published.year < 1400
    assert back.venue == paper.venue
    wanted = dict(fields.details)
    if fields.kind in ("thesis", "report") and "publisher" in wanted and "bib" in form:
        wanted["institution"] = wanted.pop("publisher")  # as BibTeX calls it
    assert {**back.details, **wanted} == dict(back.details)
    assert set(back.identifiers) == set(paper.identifiers)
    store.close()


def test_state_comes_back_by_bibtex(store, tmp_path):
    one, two = stored(store, Fields(title="One of the papers"), Fields(title="Two of the papers"))
    store.apply(StatusChange((one.row.id,), Status.READ))
    store.apply(StarChange((one.row.id,), starred=True))
    found = told_text(tmp_path, "\n".join(map(bibtex.format_paper, whole(store))))
    states = {draft.records[0].fields.title: draft.user for draft in found.drafts}
    assert states["One of the papers"].status is Status.READ
    assert states["One of the papers"].starred
    assert states["Two of the papers"].status is Status.UNREAD
    assert two.row.citekey == states["Two of the papers"].citekey


def test_exporting_and_importing_changes_nothing_in_the_same_library(store, tmp_path):
    stored(store, FULL, Fields(title="Another paper with a long title"))
    for form in ("bibtex", "ris", "csl-json", "jsonl"):
        path = tmp_path / f"file.{form}"
        path.write_text("\n".join(DOCUMENTS[form](whole(store))), "utf-8")
        first = import_files(store, [(path, "f")], Options())
        assert first.files[0].new == 0
        again = import_files(store, [(path, "f")], Options())
        assert (again.files[0].new, again.files[0].merged) == (0, 0)


def hostile_papers(store):
    texts = (
        *map(clean, HOSTILE),
        r"\input{/etc/passwd} \write18{id}",
        "=cmd|'/c calc'!A1",
        "@SUM(1)",
        "-1+1",
    )
    return stored(store, *(
        Fields(title=f"Number {n} {text}", venue=text,
               authors=(Author(text or "x"),), urls=(f"https://x.example/{n}",),
               notes=(text,), details={"publisher": text, "editor": text})
        for n, text in enumerate(texts)
    ))  # fmt: skip


def test_bibtex_is_balanced_and_harmless_whatever_is_in_it(store):
    for paper in hostile_papers(store):
        for form in (bibtex.format_paper, bibtex.format_biblatex):
            entry = form(paper)
            assert entry.count("{") == entry.count("}")
            commands = set(re.findall(r"\\([A-Za-z]+)", entry))
            assert commands <= {"textbackslash", "textbraceleft", "textbraceright", "ensuremath",
                                "textasciitilde", "textasciicircum", "textless", "textgreater",
                                "textbar"}  # fmt: skip


def test_tables_cannot_be_formulas(store):
    papers = hostile_papers(store)
    for form, delimiter in ((tables.format_csv, ","), (tables.format_tsv, "\t")):
        rows = list(csv.reader(io.StringIO("\n".join(form(papers))), delimiter=delimiter))
        assert rows[0] == list(tables.COLUMNS)
        assert len(rows) == len(papers) + 1
        assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_a_page_shows_hostile_text_as_text(store):
    stored(store, Fields(title="<script>alert(1)</script> & more", urls=("javascript:alert(1)",)))
    page = "\n".join(web.format_papers(whole(store)))
    assert "<script" not in page
    assert "javascript:" not in page
    assert "&lt;script&gt;" in page


def test_ris_and_csl_hold_a_record_a_paper(store):
    papers = hostile_papers(store)
    text = "\n".join(map(ris.format_paper, papers))
    assert text.count("\nER  - ") + text.startswith("ER") == len(papers)
    assert len(json.loads("\n".join(csl_json.format_papers(papers)))) == len(papers)
    assert json.loads("\n".join(csl_json.format_papers([]))) == []


def test_notes_keep_what_the_user_wrote(store, tmp_path):
    (paper,) = stored(store, FULL)
    folder = tmp_path / "notes"
    write_notes([paper], folder)
    (path,) = folder.iterdir()
    assert path.name == "@lovelace1843engines.md"
    mine = path.read_text("utf-8").replace("---\n", "---\nrating: 5\nmore:\n  - x\n", 1)
    path.write_text(mine + "My words.\n\n[[a link]]\n", "utf-8")
    store.apply(TagChange((paper.row.id,), add=("new",)))
    write_notes(whole(store), folder)
    after = path.read_text("utf-8")
    assert "rating: 5\nmore:\n  - x\n" in after
    assert after.endswith("My words.\n\n[[a link]]\n")
    assert 'tags: ["new"]' in after
    assert after.count(markdown.BEGIN) == 1
    (back,) = told_text(tmp_path, after).fields
    assert (back.title, back.notes) == (paper.row.title, ("My words.\n\n[[a link]]",))


def test_note_names_stay_in_their_folder(store):
    (paper,) = stored(store, Fields(title="x y z"))
    assert re.fullmatch(r"@[\w.+-]+\.md", markdown.note_name(paper))


def test_citations(store):
    (paper,) = stored(store, FULL)
    key = paper.row.citekey
    assert cited([paper], "latex") == [f"\\cite{{{key}}}"]
    assert cited([paper, paper], "md") == [f"[@{key}; @{key}]"]
    assert cited([paper], "typst") == [f"#cite(<{key}>)"]
    assert cited([paper], "org") == [f"[cite:@{key}]"]
    (text,) = cited([paper], "text")
    assert text.startswith("Ada Lovelace, Jan van der Berg")
    (styled,) = cited([paper], "csl:harvard-cite-them-right")
    assert "(1843)" in styled
    assert "Annals of Engines" in styled
    for style in ("nonsense", "csl:no-such-style", "csl:/no/such.csl"):
        with pytest.raises(UsageError):
            cited([paper], style)


def test_every_format_is_named():
    assert set(DOCUMENTS) == set(EXPORTS)
    assert set(SUFFIXES.values()) <= set(EXPORTS)
