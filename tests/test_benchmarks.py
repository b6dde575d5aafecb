"""The benchmarks measure what they say, on a small library; no time is asserted."""

import json

import pytest

from benchmarks.__main__ import main
from benchmarks.figures import Table
from benchmarks.papers import papers
from benchmarks.plot import curves, draw

pytestmark = pytest.mark.heavy

MEASURED = {
    "import": {"plain sqlite3", "reader import", "a day of 2,000"},
    "in and out": {"bibtex", "ris", "csl-json", "jsonl"},
    "a day of feeds": {"new", "known"},
    "change": {"star", "tag 800", "undo 800", "counts", "plain update, one"},
    "search": {"plain prefix", "filter, a letter", "find, a letter", "filters"},
    "start": {
        "python -c pass",
        "one Static",
        "reader",
        "reader again",
        "first j",
        "first /",
        "first ?",
    },
    "key to paint": {"raw echo", "one Static", "j", "j held", "50G", "G, g g"},
    "at rest": {"one Static", "reader"},
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    kept = folder / "kept.json"
    arguments = ["--papers", "400", "--keys", "2", "--rounds", "1", "--rest", "0.1"]
    with pytest.MonkeyPatch.context() as patched:
        for name in ("DATA", "STATE", "CONFIG"):
            patched.setenv(f"XDG_{name}_HOME", str(folder / name))
        tables = main([*arguments, "--save", str(kept), "--folder", str(folder)])
    return tables, json.loads(kept.read_text())


def test_everything_is_measured_and_has_its_curve(run, tmp_path):
    tables, kept = run
    assert {table.title for table in tables} == set(MEASURED) == set(kept["tables"])
    for table in tables:
        assert MEASURED[table.title] <= set(table.rows)
        figures = [value for row in table.rows.values() for value in row.values()]
        assert figures
        assert min(figures) >= 0
    assert kept["papers"] == 400
    pytest.importorskip("matplotlib")
    runs = [kept, {**kept, "papers": 4_000}]
    for panel in curves(runs):
        assert panel.lines, panel.title
        assert all(len(line) == 2 for line in panel.lines.values())
    path = tmp_path / "plot.svg"
    draw(runs, path)
    assert path.read_text().count('<g id="axes_') == len(curves(runs))


def test_a_table_tells_ratios_to_its_base():
    table = Table("t", {"a": {"ms": 2.0}, "b": {"ms": 5.0, "MB": 1_234.0}}, base="a", note="n")
    lines = [line.split() for line in table.text().splitlines()]
    assert lines == [["t", "ms", "MB"], ["a", "2"], ["b", "5", "(2.50x)", "1,234"], ["n"]]


def test_the_papers_are_the_same_every_time():
    assert list(papers(3)) == list(papers(3))
    assert len({one["id"] for one in papers(200)}) == 200
