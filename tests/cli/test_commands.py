import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.resources import seeds

HF, ARXIV = (str(seeds() / name) for name in ("huggingface-daily-papers.txt", "arxiv-listing.txt"))


def test_importing_the_seeds(cli):
    code, out, _err = cli("import", HF, ARXIV, "--json", "--as-of", "2026-05-07")
    report = json.loads(out)
    assert code == 0
    assert (report["schema"], report["new"], report["merged"], report["unchanged"]) == (1, 20, 1, 0)
    assert report["rejected"] == []
    assert [(one["format"], one["new"], one["merged"]) for one in report["files"]] == [
        ("listing", 18, 0),
        ("listing", 2, 1),
    ]
    again = json.loads(cli("import", HF, ARXIV, "--json")[1])
    assert (again["new"], again["merged"], again["unchanged"], again["change"]) == (0, 0, 21, None)


def test_a_library_made_by_a_command_holds_only_what_it_was_given(cli):
    code, out, err = cli("list")
    assert (code, out, "no library at" in err) == (5, "", True)
    cli("import", ARXIV)
    assert len(cli("list", "--format", "keys")[1].split()) == 3


def test_listing(filled):
    code, out, _ = filled("list", "creat", "diff", "--format", "jsonl")
    assert code == 0
    found = [json.loads(line) for line in out.splitlines()]
    assert [one["citekey"] for one in found] == ["pan2025cmt", "kamb2024analytic"]
    merged = json.loads(filled("list", "mechanics", "--format", "jsonl", "--limit", "1")[1])
    assert merged["citekey"] == "simon2026there"
    assert (merged["published"], merged["date_precision"]) == ("2026-04-23", "year_inferred")
    assert (merged["author_count"], len(merged["authors"])) == (14, 3)
    assert sorted(merged["sources"]) == ["arxiv-listing", "hf-listing"]
    assert merged["counters"] == {"comments": 1}
    code, out, err = filled("list", "xyzzy")
    assert (code, out, err) == (1, "", "no paper matches “xyzzy”\n")
    assert "\x1b" not in filled("list")[1]
    assert filled("list", "--view", "nonsense")[0] == 2
    for form in ("table", "tsv", "keys", "ids", "bibtex", "jsonl"):
        assert filled("list", "--format", form)[0] == 0


def test_changing_and_taking_back(filled):
    assert filled("star", "simon2026there", "kamb2024analytic")[0] == 0
    assert filled("list", "--view", "starred", "--format", "keys")[1].split() == [
        "simon2026there",
        "kamb2024analytic",
    ]
    for verb, status in [("later", "later"), ("reading", "reading"), ("done", "read"),
                         ("skip", "skipped"), ("unread", "unread")]:  # fmt: skip
        filled(verb, "simon2026there")
        row = json.loads(filled("list", "mechanics", "--format", "jsonl", "--limit", "1")[1])
        assert row["status"] == status
    filled("tag", "+theory", "+a/b", "simon2026there")
    code, _, err = filled("tag", "-theory", "+c", "simon2026there")
    assert (code, "tagged +c -theory" in err) == (0, True)
    assert filled("list", "--tag", "a", "--format", "keys")[1].split() == ["simon2026there"]
    log = [json.loads(line) for line in filled("log", "--json")[1].splitlines()]
    assert [one["verb"] for one in log][:2] == ["tag", "tag"]
    assert filled("undo", "9")[2].count("undid") == 9
    assert "nothing to undo" in filled("undo")[2]
    assert filled("list")[0] == 1
    assert "redid: imported" in filled("redo")[2]
    assert filled("redo", "99")[0] == 0
    star = next(one["id"] for one in log if one["verb"] == "star")
    assert "reverted: starred" in filled("revert", star)[2]


def test_a_dry_run_changes_nothing(filled):
    code, out, err = filled("star", "simon2026there", "--dry-run")
    assert (code, out.split("\t")[0]) == (0, "simon2026there")
    assert "nothing was changed" in err
    assert filled("list", "--view", "starred")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["star", "nope"], 1),
        (["star"], 2),
        (["bogus"], 2),
        (["tag", "+a"], 2),
        (["tag", "+", "simon2026there"], 2),
        (["revert", "99"], 2),
        (["revert", "9" * 30], 2),
        (["show", "\udcff"], 1),
        (["import", "--as-of", "9999-12-31", "x"], 2),
        (["--library", "~nosuchuser/x", "list"], 2),
        (["--library", "x" * 5000, "list"], 2),
        (["list", "--limit", "0"], 2),
        (["export", "--to", "jsonl", "--output", "/nonexistent/x"], 2),
        (["import", "/nonexistent"], 2),
        (["import", "/dev/zero"], 2),
        (["import", "--as-of", "yesterday", "x"], 2),
        (["--version"], 0),
        (["version"], 0),
        (["--help"], 0),
    ],
)
def test_exit_codes(filled, arguments, code):
    assert filled(*arguments)[0] == code


def test_nothing_is_changed_when_one_reference_is_wrong(filled):
    assert filled("star", "simon2026there", "nope")[0] == 1
    assert filled("list", "--view", "starred")[0] == 1


def test_rejections_are_reported_and_the_rest_imported(cli, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_text(Path(HF).read_text("utf-8") + "\n\nA cut off record\n\nwith an abstr")
    none = tmp_path / "none.txt"
    none.write_text("this is no listing\n")
    code, out, _ = cli("import", bad, none, "--json")
    report = json.loads(out)
    assert (code, report["new"], len(report["rejected"])) == (6, 18, 3)
    assert {"file", "line", "record", "field", "reason", "raw"} == set(report["rejected"][0])
    code, _, err = cli("import", none)
    assert (code, "line 1: not recognised" in err) == (2, True)
    assert cli("import", bad)[0] == 6


def test_export_to_a_file_is_whole_or_nothing(filled, tmp_path, library_path):
    target = tmp_path / "out.bib"
    assert filled("export", "--to", "bibtex", "--output", target)[0] == 0
    assert target.read_text("utf-8").count("@misc{") == 20
    for name in ("", "-wal", ".lock"):
        beside = f"{library_path}{name}"
        assert filled("export", "--to", "jsonl", "--output", beside)[0] == 4
    assert filled("export", "--to", "jsonl", "--output", "/dev/null")[0] == 0
    assert Path("/dev/null").is_char_device()
    link = tmp_path / "link.bib"
    link.symlink_to(target)
    assert filled("export", "--to", "bibtex", "--output", link)[0] == 0
    assert link.is_symlink()
    assert filled("list")[0] == 0
    exported = filled("export", "--to", "jsonl")[1]
    assert exported.count('"provenance"') == 20
    assert exported.count("\n") == 21, "behind the papers comes the one change that was made"


def test_the_screen_needs_a_terminal(cli):
    code, out, err = cli()
    assert (code, out, "needs a terminal" in err) == (2, "", True)


def test_other_libraries_are_refused(cli, library_path):
    library_path.write_text("not a library")
    code, _, err = cli("list")
    assert (code, "is not a paper library" in err) == (5, True)


def program(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "reader", *map(str, arguments)],
        capture_output=True, check=False, **options,
    )  # fmt: skip


@pytest.mark.heavy
def test_as_a_process_from_a_pipe_into_a_pipe(library_path):
    text = Path(ARXIV).read_bytes() + b"\n\n" + Path(HF).read_bytes()
    done = program("--library", library_path, "import", "-", "--json", input=text)
    assert (done.returncode, json.loads(done.stdout)["new"]) == (0, 20)
    done = program(
        "star", "-", "--library", library_path, input=b"simon2026there\n\nkamb2024analytic\n"
    )
    assert (done.returncode, b"2 papers" in done.stderr) == (0, True)
    with subprocess.Popen(
        [sys.executable, "-m", "reader", "--library", library_path, "export", "--to", "jsonl"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as exporting:  # fmt: skip
        exporting.stdout.read(10)
        exporting.stdout.close()
        assert b"Traceback" not in exporting.stderr.read()
        assert exporting.wait(30) == 0


@pytest.mark.heavy
def test_without_home_and_utf8(library_path):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0",
                   "PYTHONCOERCECLOCALE": "0", "HOME": "/dev/null"}  # fmt: skip
    done = program("--library", library_path, "import", HF, env=environment)
    assert done.returncode == 0
    done = program("--library", library_path, "list", env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    done = program("list", env=environment)
    assert done.returncode == 5
    assert b"Traceback" not in done.stderr
