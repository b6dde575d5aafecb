"""Hostile files: what is taken of them, what is said, and that nothing else happens."""

import json
import re
import resource
import subprocess
import sys
import time

import pytest

from reader.import_report import Options
from reader.importing import import_files
from reader.library.store import Store
from reader.model.query import Query
from tests.conftest import DATA

HOSTILE = DATA / "hostile"
KINDS = ("bibtex", "ris", "json", "atom", "rss", "oai", "html", "pdf", "atom+gzip")
HEAVY = ("s09", "s10", "s18", "s20", "s30", "s32", "s38")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

OTHERWISE = {
    "s10_string_bomb.bib": "the macro and the field that is too long are named besides",
    "s28_option_links.xml": "four links that no browser should be given are named",
}
"""Where more is said than is expected, and what."""


def expected():
    path = HOSTILE / "EXPECTED.json"
    files = json.loads(path.read_text("utf-8"))["files"] if path.is_file() else []
    return [one for one in files if one["kind"] in KINDS]


def permitted(one):
    """The numbers of papers that may be taken."""
    numbers = {one["imports"]}
    for other in one.get("also_acceptable", ()):
        if found := re.match(r"(?:imports|partial) (\d)(?:\.\.(\d))?", other):
            numbers |= set(range(int(found[1]), int(found[2] or found[1]) + 1))
        elif other.startswith("rejected"):
            numbers.add(0)
    return numbers


@pytest.mark.corpus
@pytest.mark.parametrize("one", expected(), ids=lambda one: one["file"])
def test_a_hostile_file(data, tmp_path, one):
    store = Store(tmp_path / "library.db")
    began = time.monotonic()
    report = import_files(store, [(HOSTILE / one["file"], one["file"])], Options())
    assert time.monotonic() - began < 5
    file = report.files[0]
    assert file.new + file.merged in permitted(one)
    assert store.counts()["all"] == file.new
    if one.get("errors_reported"):
        told = json.dumps([[p.line, p.record, p.field, p.reason, p.raw] for p in file.problems])
        told += file.error + (f" line {file.problems[0].line}" if file.problems else "")
        assert file.problems
        wanted = one.get("error_mentions_any", [""])
        places = [f"line {problem.line}" for problem in file.problems]
        places += [f"record {problem.record}" for problem in file.problems]
        assert any(word in told or word in places for word in wanted), told
    for paper in store.papers(store.matching(Query())):
        text = json.dumps([paper.row.title, paper.abstract, paper.venue, *paper.links,
                           *(author.name for author in paper.authors)])  # fmt: skip
        assert not FORBIDDEN.search(json.loads(json.dumps(paper.row.title)))
        assert not FORBIDDEN.search("".join(json.loads(text)))
    titles = " ".join(paper.row.title + " ".join(a.name for a in paper.authors)
                      for paper in store.papers(store.matching(Query())))  # fmt: skip
    for word in one.get("library_must_contain", ()):
        assert word in titles
    assert store.check() == []
    store.close()


@pytest.mark.corpus
@pytest.mark.heavy
@pytest.mark.parametrize("name", HEAVY)
def test_bombs_take_neither_time_nor_memory(data, tmp_path, name):
    (path,) = HOSTILE.glob(f"{name}_*")
    command = [sys.executable, "-m", "reader", "--library", tmp_path / "l.db", "import", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (0, 2, 6)
    assert "Traceback" not in done.stderr
    assert not FORBIDDEN.search(done.stdout + done.stderr.replace("\n", ""))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak * (1 if sys.platform != "darwin" else 1 / 1024) < 512 * 1024
