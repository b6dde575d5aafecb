"""`import`, `export`, `cite`, `merge` and `split` as people call them."""

import json

import pytest

from reader.library.store import Store
from reader.model.paper import Status
from reader.model.query import parse_query
from tests.library.states import contents
from tests.sources.fixtures import BIBTEX, CSL, FIXTURES, MARKDOWN_LIST, PAPIS, RIS
from tests.sources.reading import told

TWINS = """@article{one, title = {A rather long title of a paper}, author = {Doe, Jane},
  doi = {10.1234/one}, year = 2020}
@article{two, title = {A rather long title of a paper}, author = {Doe, Jane},
  doi = {10.1234/two}, year = 2020}
"""


@pytest.fixture
def bib(tmp_path):
    path = tmp_path / "refs.bib"
    path.write_text(BIBTEX, "utf-8")
    return path


def test_a_dry_run_keeps_nothing(cli, bib, library_path, tmp_path):
    cli("import", bib)
    before = contents(library_path)
    more = tmp_path / "more.bib"
    more.write_text(BIBTEX.replace("year = {2019}", "year = {2019}, note = {5 pages}")
                    + "@misc{new, title = {Something new}}", "utf-8")  # fmt: skip
    code, out, err = cli("import", "--dry-run", more)
    assert code == 0
    assert "+ new  Something new" in out
    assert "~ eprint  A Preprint\n    remark: (nothing) → 5 pages" in out
    assert "would be: 1 new, 1 merged, 3 unchanged; nothing was kept" in err
    assert contents(library_path) == before
    report = json.loads(cli("import", "-n", "--json", more)[1])
    assert report["preview"]["new"] == [{"citekey": "new", "title": "Something new"}]
    assert report["preview"]["merged"][0]["changes"] == {"remark": ["", "5 pages"]}
    assert report["change"] is None
    assert contents(library_path) == before


def test_a_dry_run_of_a_new_library(cli, bib):
    code, out, _ = cli("import", "-n", bib)
    assert (code, out.count("+ ")) == (0, 4)
    assert cli("list")[0] == 1


def test_folders_are_imported_with_what_is_meant(cli, tmp_path):
    folder = tmp_path / "library"
    (folder / "papis" / "one").mkdir(parents=True)
    (folder / "papis" / "one" / "info.yaml").write_text(PAPIS)
    (folder / "refs.bib").write_text(TWINS)
    (folder / "a.ris").write_text(RIS)
    (folder / "reading.md").write_text(MARKDOWN_LIST)
    (folder / "paper.tex").write_text("see 10.1234/some, a DOI")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / ".git").mkdir()
    (folder / ".git" / "x.bib").write_text("@misc{git, title = {Not this one}}")
    code, out, err = cli("import", folder, "--json")
    report = json.loads(out)
    assert code == 0, err
    assert [one["format"] for one in report["files"]] == ["ris", "markdown", "bibtex", "papis"]
    assert len(report["left_out"]) == 2
    assert "Not this one" not in cli("list")[1]
    assert "left out" in cli("import", folder)[2]


def test_one_bad_file_does_not_stop_the_others(cli, tmp_path):
    paths = []
    for number in range(100):
        path = tmp_path / f"{number}.bib"
        path.write_text(f"@misc{{k{number}, title = {{Paper number {number} of these}}}}")
        paths.append(path)
    paths[50].write_text("nothing at all")
    code, _, err = cli("import", *paths)
    assert code == 6
    assert "50.bib: line 1: not recognised" in err
    assert len(cli("list", "--format", "keys")[1].split()) == 99


def test_tags_status_and_encodings(cli, tmp_path, library_path):
    path = tmp_path / "latin.bib"
    path.write_bytes("@misc{m, title = {Café society}, author = {Müller, Ä.}}".encode("cp1252"))
    code, _, err = cli("import", path, "--tag", "Thesis", "--status", "later")
    assert (code, "read as cp1252" in err) == (0, True)
    with_store = Store(library_path)
    (row,) = with_store.rows(with_store.matching(parse_query("")))
    assert (row.title, row.tags, row.status) == ("Café society", ("thesis",), Status.LATER)
    with_store.close()
    assert cli("import", path, "--tag", "a,b")[0] == 2


def test_problems_name_file_line_and_field(cli, tmp_path):
    path = tmp_path / "broken.bib"
    path.write_text("@misc{a, title = {One}, doi = {nonsense}}\n@misc{b, title = {Two\n")
    code, out, err = cli("import", path)
    assert code == 6
    assert f"{path}:1: not a DOI (doi): nonsense" in err
    assert f"{path}:2: the entry b is broken" in err
    assert out == ""


def test_from_forces_a_format(cli, tmp_path):
    path = tmp_path / "text"
    path.write_text(CSL)
    report = json.loads(cli("import", path, "--from", "identifiers", "--json")[1])
    assert report["files"][0]["format"] == "identifiers"
    assert cli("import", path, "--from", "nonsense")[0] == 2


def test_the_whole_of_an_import_is_one_change(cli, tmp_path, library_path):
    for name in ("ris", "csl-json", "atom", "zotero-json"):
        (tmp_path / name).write_text(FIXTURES[name], "utf-8")
    cli("import", *(tmp_path / name for name in ("ris", "csl-json", "atom", "zotero-json")))
    store = Store(library_path)
    assert len(store.log(10)) == 1
    (paper,) = store.papers(store.matching(parse_query("")))
    assert {one.source for one in paper.sources} == {"ris", "csl", "arxiv", "zotero"}
    assert set(paper.row.tags) == {"engines", "notes", "mine"}
    store.close()
    cli("undo")
    assert cli("list")[0] == 1


def test_exporting(cli, bib, tmp_path):
    cli("import", bib)
    written = {"x.bib": "@", "x.ris": "TY  - ", "x.json": "[", "x.csv": "citekey",
               "x.html": "<!doctype html>", "x.md": "## ", "x.txt": ""}  # fmt: skip
    for name, begins in written.items():
        assert cli("export", "-o", tmp_path / name)[0] == 0
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert cli("export", "--to", "markdown", "-o", f"{tmp_path}/notes/")[0] == 0
    assert len(list((tmp_path / "notes").iterdir())) == 4
    note = next((tmp_path / "notes").iterdir())
    note.write_bytes(note.read_bytes() + b"mine: caf\xe9\n")
    cli("star", "ada2021")
    cli("later", "--all")
    assert cli("export", "--to", "markdown", "-o", f"{tmp_path}/notes/")[0] == 0
    assert b"mine: caf\xe9\n" in note.read_bytes(), "also where it is no UTF-8"
    assert cli("bib", "rm", "~nosuchuser/x.bib")[0] == 2
    assert cli("export", "-o", tmp_path / "x.unknown")[0] == 2
    assert cli("export")[0] == 2
    assert cli("export", "--to", "bibtex", "nothing-like-this")[0] == 1
    assert cli("export", "--to", "biblatex", "title:preprint")[1].startswith("@online{eprint,")


def test_citing(cli, bib):
    cli("import", bib)
    assert cli("cite", "ada2021", "child")[1] == "\\cite{ada2021,child}\n"
    assert cli("cite", "ada2021", "--style", "md")[1] == "[@ada2021]\n"
    assert "Lovelace" in cli("cite", "ada2021", "--style", "csl:harvard-cite-them-right")[1]
    assert cli("cite", "ada2021", "--style", "nonsense")[0] == 2
    assert cli("cite", "nobody")[0] == 1


def test_merging_and_splitting(cli, tmp_path):
    (tmp_path / "twins.bib").write_text(TWINS)
    _, _, err = cli("import", tmp_path / "twins.bib")
    assert "unsure, kept apart: two may be one" in err
    assert sorted(cli("list", "is:dup", "--format", "keys")[1].split()) == ["one", "two"]
    code, out, _ = cli("merge", "one", "two")
    assert (code, out.startswith("one  A rather long")) == (0, True)
    assert cli("show", "two")[1].startswith("A rather long")
    for query in ("key:two", "two", "key:on"):
        assert cli("list", query, "--format", "keys")[1] == "one\n"
    assert cli("list", "key:tw")[0] == 1
    assert len(cli("split", "one")[1].splitlines()) == 2
    assert cli("split", "one", "2")[0] == 0
    assert cli("list", "is:dup")[0] == 1
    cli("undo")
    cli("undo")
    assert cli("merge", "--apart", "one", "two")[0] == 0
    assert cli("list", "is:dup")[0] == 1
    assert cli("merge", "one", "nobody")[0] == 1
    assert cli("split", "one", "9")[0] == 2


def test_the_doctor_tells_of_an_import_that_stopped(cli, bib, library_path, monkeypatch):
    monkeypatch.setattr("reader.library.taking.BATCH", 2)
    cli("import", bib)
    cli("undo")
    store = Store(library_path)
    drafts = told(bib).drafts

    def dies():
        yield from drafts[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.import_drafts(dies(), "refs.bib")
    store.close()
    assert "stopped half-way" in cli("doctor")[1]
    assert cli("import", bib)[0] == 0
    assert len(cli("list", "--format", "keys")[1].split()) == 4
