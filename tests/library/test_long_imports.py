"""Imports of many papers: others can write meanwhile, and one that died is gone on with."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import closing

import pytest

from reader import importing
from reader.cli.importing_progress import Progress, duration
from reader.import_report import FileReport, Options
from reader.importing import import_files
from reader.library import taking
from reader.library.store import Store
from reader.model.change import StarChange
from reader.model.query import Query, parse_query
from reader.sources.document import Position
from tests.library.states import contents, problems

PAPERS = 230


@pytest.fixture
def snapshot(tmp_path, monkeypatch):
    """A file that counts as long, with batches of ten papers."""
    monkeypatch.setattr(importing, "LONG", 1_000)
    monkeypatch.setattr(taking, "LONG_BATCH", 10)
    path = tmp_path / "snapshot.jsonl"
    with path.open("w") as file:
        for n in range(PAPERS):
            record = {"id": f"2301.{n:05}", "title": f"A made-up paper, number {n} of many",
                      "abstract": f"It tells of {n}.", "categories": "cs.LG",
                      "authors_parsed": [["Author", f"N{n}", ""]]}  # fmt: skip
            file.write(json.dumps(record) + "\n")
    return path


class DiedError(Exception):
    """The program ends in the middle of an import."""


def begun(store, path, papers):
    """Import so many papers and die."""

    def die_at(report):
        if report.done == papers:
            raise DiedError

    with pytest.raises(DiedError):
        import_files(store, [(path, "s")], Options(), die_at)


def test_an_import_that_died_goes_on_behind_its_last_batch(library_path, snapshot):
    with closing(Store(library_path)) as store:
        begun(store, snapshot, 57)
        assert store.count(Query()) == 50
        (stopped,) = store.stopped_imports()
        assert (stopped.file, stopped.line) == (str(snapshot), 50)
        seen = []
        report = import_files(
            store, [(snapshot, "s")], Options(), lambda file: seen.append(file.done)
        )
        assert len(seen) == PAPERS - 50
        assert report.files[0].position.after == 50
        assert report.group.papers == PAPERS
        assert report.group.summary == f"imported s: {PAPERS} new"
        assert len(store.log(9)) == 1
        assert store.stopped_imports() == []
        assert problems(library_path) == []
        store.undo()
        assert store.count(Query()) == 0


def test_it_goes_on_whatever_was_imported_meanwhile(library_path, snapshot, tmp_path):
    """A short import, and a long one that died too."""
    other = tmp_path / "other.jsonl"
    lines = snapshot.read_text().replace("Paper", "Another").splitlines(keepends=True)
    other.write_text("".join(line.replace('"id": "', '"id": "9') for line in lines))
    short = tmp_path / "short.jsonl"
    short.write_text('{"id": "0704.0001", "title": "Brought between", "categories": "cs.LG"}\n')
    with closing(Store(library_path)) as store:
        begun(store, snapshot, 57)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(importing, "LONG", 75_000_000)
            import_files(store, [(short, "short")], Options())
        begun(store, other, 31)
        assert [one.line for one in store.stopped_imports()] == [30, 50]
        for path, behind in ((snapshot, 50), (other, 30)):
            report = import_files(store, [(path, "s")], Options())
            assert report.files[0].position.after == behind
            assert report.group.papers == PAPERS
        assert store.stopped_imports() == store.stopped_changes() == []
        assert len(store.log(9)) == 3
        assert problems(library_path) == []


def test_what_was_undone_or_changed_is_imported_from_its_beginning(library_path, snapshot):
    with closing(Store(library_path)) as store:
        begun(store, snapshot, 57)
        store.undo()
        report = import_files(store, [(snapshot, "s")], Options())
        assert (report.files[0].position.after, report.files[0].new) == (0, PAPERS)
        store.undo()
        begun(store, snapshot, 57)
        os.utime(snapshot, (1, 1))
        report = import_files(store, [(snapshot, "s")], Options())
        assert report.files[0].position.after == 0
        assert (report.files[0].new, report.files[0].unchanged) == (PAPERS - 50, 50)
        again = import_files(store, [(snapshot, "s")], Options())
        assert (again.files[0].unchanged, again.group) == (PAPERS, None)


def test_it_ends_as_one_that_never_died(tmp_path, snapshot, monkeypatch):
    monkeypatch.setattr(importing, "now", lambda: "2026-01-01T00:00:00Z")
    libraries = [tmp_path / "whole.db", tmp_path / "twice.db"]
    for path in libraries:
        with closing(Store(path, clock=lambda: "2026-01-01T00:00:00Z")) as store:
            if path.name == "twice.db":
                begun(store, snapshot, 31)
                begun(store, snapshot, 101)
            import_files(store, [(snapshot, "s")], Options())
    assert contents(libraries[0]) == contents(libraries[1])


@pytest.fixture
def importing_process(library_path, snapshot):
    """Begins an import of a long file, in batches of 50, by another process."""
    snapshot.write_text("".join(
        json.dumps({"id": f"{2000 + n // 10_000}.{n % 10_000:05}", "title": f"Paper {n} of many",
                    "abstract": "x " * 200, "categories": "cs.LG"}) + "\n"
        for n in range(2_000)
    ))  # fmt: skip
    job = (
        "import sys; from reader import cli, importing; from reader.library import taking;"
        "importing.LONG = 1; taking.LONG_BATCH = 50; sys.exit(cli.main(sys.argv[1:]))"
    )

    def begin(store):
        process = subprocess.Popen(
            [sys.executable, "-c", job, "--library", library_path, "import", snapshot],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        while not store.count(Query()):
            time.sleep(0.01)
        return process

    return begin


def test_ctrl_c_says_what_is_kept(library_path, snapshot, importing_process):
    with closing(Store(library_path)) as store:
        importer = importing_process(store)
        importer.send_signal(signal.SIGINT)
        _, told = importer.communicate(timeout=20)
        kept = store.count(Query())
        (stopped,) = store.stopped_imports()
        assert (importer.returncode, 0 < kept < 2_000) == (130, True)
        assert told == (
            "stopped: what came until then is kept; the same command goes on behind line "
            f"{kept:,}, `reader revert {stopped.group}` takes it back\n"
        )
        assert import_files(store, [(snapshot, "s")], Options()).files[0].position.after == kept
        assert store.count(Query()) == 2_000


def test_others_write_while_it_runs(library_path, snapshot, importing_process):
    """Between two batches a change of another process is made."""
    with closing(Store(library_path)) as store:
        importer = importing_process(store)
        for paper in store.matching(Query())[:5]:
            store.apply(StarChange((paper,), starred=True))
        assert importer.poll() is None, "it is still going on"
        importer.send_signal(signal.SIGKILL)
        importer.communicate()
        assert 0 < store.count(Query()) < 2_000
        assert store.counts()["starred"] == 5
        assert problems(library_path) == []
        import_files(store, [(snapshot, "s")], Options())
        assert store.count(Query()) == 2_000


def test_a_packed_snapshot(library_path, snapshot, tmp_path):
    packed = tmp_path / "snapshot.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(snapshot, "folder/snapshot.json")
    several = tmp_path / "several.zip"
    with zipfile.ZipFile(several, "w") as archive:
        archive.writestr("a.json", "{}")
        archive.writestr("b.json", "{}")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(packed.read_bytes()[:-200])
    with closing(Store(library_path)) as store:
        assert import_files(store, [(packed, "z")], Options()).files[0].new == PAPERS
        told = import_files(store, [(several, "several.zip"), (cut, "cut.zip")], Options())
        assert "an archive of 2 files; unpack it first" in told.files[0].error
        assert "cut off or damaged" in told.files[1].error


def test_the_line_of_progress(capsys, monkeypatch):
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    progress, file = Progress(), FileReport("a.jsonl", position=Position(1_000))
    progress(file)
    assert capsys.readouterr().err == "\ra.jsonl: 0 papers\x1b[K"
    file.new, file.position.at, now = 1_234, 100, 105.0
    progress(file)
    line = "\ra.jsonl: 1,234 papers   247 a second   10%   45 s left\x1b[K"
    assert capsys.readouterr().err == line
    now = 105.1
    progress(file)
    assert capsys.readouterr().err == ""
    progress.clear()
    assert capsys.readouterr().err == "\r\x1b[K"
    assert [duration(s) for s in (89, 91, 3_540, 3_905)] == ["89 s", "2 min", "59 min", "1 h 5 min"]


def test_the_doctor_tells_of_one_that_stopped(library_path, snapshot):
    with closing(Store(library_path)) as store:
        begun(store, snapshot, 57)
    run = [sys.executable, "-m", "reader", "--library", library_path, "doctor"]
    told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert f"one of {snapshot} stopped behind line 50: 50 papers are here" in told


def merging(store):
    """From how many segments of a level on the index is merged, and KB of the file in memory."""
    query = "SELECT coalesce((SELECT v FROM search_config WHERE k = 'automerge'), 4)"
    (cache,) = store._connection.execute("PRAGMA cache_size").fetchone()
    return store._connection.execute(query).fetchone()[0], -cache


def segments(store):
    """How many segments the index has; its structure record has their number in its sixth byte."""
    (record,) = store._connection.execute("SELECT block FROM search_data WHERE id = 10").fetchone()
    return record[5]


def test_the_index_is_merged_seldom_while_papers_come_and_often_behind_them(library_path, snapshot):
    with closing(Store(library_path)) as store:
        usual = merging(store)
        seen = set()
        import_files(store, [(snapshot, "s")], Options(), lambda _: seen.add(merging(store)))
        assert seen == {(16, 65_536)}
        assert merging(store) == usual == (4, 8_192)
        assert segments(store) < 4
        assert problems(library_path) == []
        assert len(store.matching(parse_query("number 229 many"))) == 1


def test_one_that_died_leaves_the_index_as_it_is_merged_usually(library_path, snapshot):
    with closing(Store(library_path)) as store:
        usual = merging(store)
        begun(store, snapshot, 157)
        assert merging(store) == usual
        assert problems(library_path) == []
