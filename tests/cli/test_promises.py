"""Promises easily broken: nothing widens, nothing the user said is lost, nothing raises."""

import datetime as dt
import errno
import io
import json
import os
import sys
from pathlib import Path

import pytest

from reader.library import swapping
from reader.library.store import Store
from reader.model.query import format_query, parse_query
from reader.model.query.periods import interval
from reader.model.query.tree import Span
from tests.library.states import contents
from tests.tui.world import running


def paper(title, **more):
    value = {"schema": 1, "title": title, "authors": [{"family": "Aa", "given": "B"}], **more}
    return json.dumps(value)


@pytest.fixture
def given(cli, tmp_path):
    def bring(*lines):
        file = tmp_path / "given.jsonl"
        file.write_text("\n".join(lines))
        return cli("import", file)

    return bring


def test_an_older_export_does_not_take_back_what_the_user_said_since(cli, given, tmp_path):
    given(paper("Lattices of cats and others", identifiers={"arxiv": "2501.00002"}))
    cli("edit", "aandlattices", "--set", "remark=OLD")
    old = tmp_path / "old.jsonl"
    cli("export", "--to", "jsonl", "--output", old)
    text = old.read_text()
    old.write_text(text.replace(dt.datetime.now(dt.UTC).strftime("%Y-"), "2020-"))
    cli("edit", "aandlattices", "--set", "venue=NEWVENUE", "--set", "remark=NEWREMARK")
    cli("import", old)
    shown = cli("show", "aandlattices", "--sources")[1]
    assert "NEWREMARK" in shown
    assert "NEWVENUE" in shown


def test_identifiers_corrected_by_hand_survive_a_round_trip(cli, given, tmp_path, monkeypatch):
    given(paper("Lattices of cats and others", identifiers={"arxiv": "2501.00002"}))
    cli("edit", "aandlattices", "--set", "identifiers=2410.12345, 2301.00001")
    given(paper("Quantum dogs and their friends", identifiers={"arxiv": "2501.00002"}))
    target = tmp_path / "all.jsonl"
    cli("export", "--to", "jsonl", "--output", target)
    monkeypatch.setenv("READER_LIBRARY", str(tmp_path / "other.db"))
    assert json.loads(cli("import", target, "--json")[1])["new"] == 2
    kept = json.loads(cli("list", "lattices", "--format", "jsonl")[1])["identifiers"]
    assert kept == {"arxiv": ["2301.00001", "2410.12345"]}


def test_adding_twice_hides_nothing(cli):
    cli("add", "10.1234/a", "--title", "xx", "--set", "venue=V1")
    cli("add", "10.1234/a", "--title", "xx", "--set", "abstract=ABS", "--set", "categories=cs.LG")
    cli("edit", "anonndxx", "--set", "remark=hello")
    shown = cli("show", "anonndxx")[1]
    assert all(word in shown for word in ("ABS", "cs.LG", "V1"))


def test_papers_by_hand_with_one_title_stay_two(cli):
    cli("add", "--title", "On the theory of everything", "--set", "authors=Aa, B")
    cli("add", "--title", "On the theory of everything", "--set", "authors=Zz, C")
    assert len(cli("list", "--format", "keys")[1].split()) == 2


def test_restoring_thrice_in_a_second_keeps_all_three(library_path, shelf):
    copy = shelf.back_up()
    shelf.close()
    now = dt.datetime.now(dt.UTC)
    kept = {swapping.restore(library_path, copy, now) for _ in range(3)}
    assert len(kept) == 3
    assert all(one.exists() for one in kept)


def test_libraries_in_one_folder_have_their_own_copies(cli, tmp_path):
    for name, title in (("one", "Of lattices"), ("two", "Of dogs")):
        library = tmp_path / f"{name}.db"
        cli("--library", library, "add", "--title", title)
        cli("--library", library, "backup")
    assert cli("--library", tmp_path / "one.db", "restore", "latest", "--yes")[0] == 0
    assert "Of lattices" in cli("--library", tmp_path / "one.db", "list")[1]
    assert len(cli("--library", tmp_path / "one.db", "backup", "--list")[1].splitlines()) == 1


def test_what_is_no_backup_is_not_restored(filled, library_path, tmp_path):
    before = contents(library_path)
    (tmp_path / "empty.db").touch()
    for name in ("empty.db", "nothing.db", "~nosuchuser/x", tmp_path):
        assert filled("restore", name if name == "~nosuchuser/x" else tmp_path / name, "--yes")[0]
    assert contents(library_path) == before
    link = tmp_path / "link.db"
    link.symlink_to(library_path)
    assert filled("--library", link, "backup", tmp_path / "copy.db")[0] == 0
    assert filled("--library", link, "restore", tmp_path / "copy.db", "--yes")[0] == 0
    assert link.is_symlink()
    assert contents(library_path) == before
    assert not list(tmp_path.glob("link.db?*")), "its lock and its log have the file's own name"
    assert filled("backup", tmp_path / "no" / "such" / "folder.db")[0] == 5
    assert not (tmp_path / "no").exists()


def test_a_restore_that_was_begun_is_set_aside_not_deleted(filled, library_path):
    waiting = swapping.waiting(library_path)
    waiting.write_bytes(library_path.read_bytes())
    assert filled("doctor")[0] == 6
    assert filled("doctor", "--fix")[0] == 0
    assert list(library_path.parent.glob("*-not-restored-*.db"))


def test_the_limit_of_a_view_holds_wherever_it_is_named(filled):
    filled("views", "add", "top2", "sort:title limit:2")
    two = set(filled("list", "--view", "top2", "--format", "keys")[1].split())
    assert len(two) == 2
    assert set(filled("list", "in:top2", "--format", "keys")[1].split()) == two
    inside = set(filled("list", "--view", "top2", "a", "--format", "keys")[1].split())
    assert inside <= two


WIDE = (
    "in:all", "no:pdf", "-has:pdf", "limit:1000000", "is:unread 🎉", "is:unread survey OR review)",
    "-(survey is:unread", '-"survey is:unread', "sort:title", "-in:exp is:unread", "auther:x -b",
)  # fmt: skip


@pytest.mark.parametrize("query", WIDE)
def test_what_may_mean_more_than_was_written_changes_nothing(filled, library_path, query):
    filled("views", "add", "exp", "is:expired")
    before = contents(library_path)
    assert filled("skip", "--query", query)[0] == 4
    assert contents(library_path) == before


def test_a_negated_query_is_a_value_of_its_option(filled):
    assert filled("later", "--query", "-scaling")[0] == 0
    assert len(filled("list", "is:later", "--format", "keys")[1].split()) == 13


@pytest.mark.parametrize("text", [
    "year:>", "year:<", "year:>=", "year:..", "votes:>", "comments:<", "date:>=", "date:..",
    "year:>9999", "year:9999", "year:1000..9999", "added:9999y", "date:9999y", "authors:>999999999",
    "é (x OR 10.1234/ab)", "(https://doi.org/10.1000/a(b)c)", "id:10.1234/ab,c",
    'id:10.1234/ab" none', "a|b", "is:unread −survey", "is:unread –survey", "in:top", 'tag:q"uote',
])  # fmt: skip
def test_odd_ends_are_understood_or_refused(filled, text):
    query = parse_query(text)
    if not query.errors:
        assert parse_query(format_query(query)) == query
    code, _, err = filled("list", text)
    assert code in (0, 1, 2)
    assert "Traceback" not in err


def test_signs_and_bars_mean_what_they_look_like():
    assert parse_query("a −b").tree == parse_query("a -b").tree
    assert parse_query("a|b").tree == parse_query("a OR b").tree
    assert parse_query("(10.1234/ab) c").tree == parse_query("10.1234/ab c").tree
    east = dt.timezone(dt.timedelta(hours=9))
    begin = interval(Span("9999y"), dt.datetime(2026, 3, 1, 3, tzinfo=east)).start
    assert begin.astimezone(dt.UTC)


def test_views_that_multiply_are_refused(filled):
    filled("views", "add", "v0", "x OR is:starred")
    codes = [filled("views", "add", f"v{number}",
                    " ".join([f"-(in:v{number - 1} is:later)"] * 10))[0]
             for number in range(1, 5)]  # fmt: skip
    assert codes[-1] == 2
    assert filled("views")[0] == 0


def test_views_that_name_each_other_are_kept(filled, tmp_path, monkeypatch):
    filled("views", "add", "base", "is:later")
    filled("views", "add", "child", "in:base theory")
    filled("views", "move", "child", "1")
    filled("views", "rename", "base", "the base")
    assert 'in:"the base" theory' in filled("views")[1]
    target = tmp_path / "all.jsonl"
    filled("export", "--to", "jsonl", "--output", target)
    with target.open("a") as file:
        file.write('{"schema": 1, "record": "view", "view": "bad", "query": "is:unred"}\n')
    monkeypatch.setenv("READER_LIBRARY", str(tmp_path / "other.db"))
    code, _, err = filled("import", target)
    assert code == 6
    assert "view bad" in err
    own = [json.loads(line) for line in filled("views", "--json")[1].splitlines()]
    assert {one["view"] for one in own if one["position"]} == {"child", "the base"}


def test_nothing_done_leaves_redo_as_it_was(filled):
    filled("star", "pan2025cmt")
    filled("undo")
    assert filled("tag", "+zz", "--query", "nosuchword")[0] == 1
    assert filled("redo")[2].startswith("redid: starred")


def test_tags_with_odd_names_are_found(filled):
    filled("tag", '+q"uote', "+with space", "+50%_off", "pan2025cmt")
    for query in ("tag:quote", "#quote", 'tag:"with space"', "tag:50%_off", '"with space"'):
        assert filled("list", query, "--format", "keys")[1].split() == ["pan2025cmt"], query
    assert "pan2025cmt" in filled("list", "spac", "--format", "keys")[1].split()
    assert filled("list", "--tag", 'q"uote', "--format", "keys")[1].split() == ["pan2025cmt"]


@pytest.mark.parametrize("wrap", ["{keys.foo}", "{keys[a]}", "{keys:>99}", "{0}", "{{keys}}", "{"])
def test_wraps_that_cannot_be_filled_are_named(cli, tmp_path, monkeypatch, wrap):
    file = tmp_path / "c.toml"
    file.write_text(f"[cite]\nwrap = {json.dumps(wrap)}\n")
    monkeypatch.setenv("READER_CONFIG", str(file))
    assert cli("config", "check")[0] == 2
    assert cli("config", "set", "cite.wrap", wrap)[0] == 2


def test_odd_configurations_are_said_and_passed_over(filled, tmp_path):
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    for file in (loop, "/dev/zero", tmp_path):
        assert filled("--config", file, "list", "scaling")[0] == 0
        assert filled("--config", file, "config", "check")[0] == 2
    assert filled("--config", "~nosuchuser/x", "list")[0] == 2
    assert filled("config", "edit")[0] in (2, 4)


@pytest.mark.parametrize("arguments", [
    ("views", "move", "inbox", "9" * 30), ("backup", "~nosuchuser/x"), ("list", "--limit", "-3"),
    ("import", "x", "--as-of", "foo"), ("list", "--limit", "9" * 30),
])  # fmt: skip
def test_odd_arguments_are_usage(filled, arguments):
    code, _, err = filled(*arguments)
    assert code == 2
    assert "_positive" not in err
    assert "_day" not in err


def test_an_export_of_nothing_replaces_nothing(filled, tmp_path):
    target = tmp_path / "kept.jsonl"
    target.write_text("mine")
    assert filled("export", "--to", "jsonl", "nosuchword", "--output", target)[0] == 1
    assert target.read_text() == "mine"
    filled("trash", "pan2025cmt")
    assert "20 papers exported" in filled("export", "--to", "jsonl")[2]


async def test_a_view_that_is_not_there_is_refused_in_the_prompt(library_path):
    async with running(library_path) as world:
        await world.keys("f")
        await world.write("scaling in:top9")
        assert "in:top9: no view is called so" in world.screen()
        await world.keys("enter")
        assert world.main.prompt.mode == "f"
        for text in ("year:>", "votes:<", "year:>9999"):
            await world.keys("ctrl+u")
            await world.write(text)
        assert world.main.prompt.mode == "f"
    store = Store(library_path)
    assert store.undo().group is None
    store.close()


@pytest.mark.parametrize("command", [("show", "-"), ("cite", "-"), ("star", "-"), ("star", " ")])
def test_no_paper_named_is_no_paper_meant(filled, monkeypatch, command):
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    code, out, err = filled(*command)
    assert (code, out) == (1, "")
    assert "no paper is named" in err


def test_an_empty_name_is_not_the_folder_one_is_in(filled):
    code, _, err = filled("import", "")
    assert code == 2
    assert "an empty name means no file" in err


def test_a_folder_that_cannot_be_read_is_named(filled, tmp_path, monkeypatch):
    """As root reads every folder, `os.scandir` refuses what it refuses others."""
    scan = os.scandir

    def refuse(path):
        if Path(path).name == "shut":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scan(path)

    (tmp_path / "open" / "shut").mkdir(parents=True)
    (tmp_path / "open" / "one.bib").write_text("@misc{one, title={One that is told of here}}")
    monkeypatch.setattr(os, "scandir", refuse)
    assert filled("import", tmp_path / "open" / "shut")[0] == 2
    code, _, err = filled("import", tmp_path / "open")
    assert code == 6
    assert "shut: the folder cannot be read" in err
    assert filled("show", "one")[0] == 0


def test_a_library_that_cannot_be_written_is_sound_and_can_be_copied(
    filled, library_path, tmp_path, monkeypatch
):
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode, **how: mode != os.W_OK and access(path, mode, **how)
    )
    code, out, _ = filled("doctor")
    assert "search index not checked" in out
    assert "attempt to write" not in out
    assert filled("backup", tmp_path / "copy.db")[0] == 0
    assert filled("backup")[0] == 5
    monkeypatch.undo()
    assert filled("--library", tmp_path / "copy.db", "doctor")[0] == code
