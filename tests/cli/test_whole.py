"""The commands beyond the first: queries on every verb, organising, editing, safety, settings."""

import datetime as dt
import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reader.config import KEYS, Settings, load_settings
from reader.config_file import commented_copy, read_config
from reader.library.backup import Backup, backups, superfluous
from reader.library.store import Store
from reader.model.change import TagChange
from reader.model.paper import Fields, PaperDraft, SourceRecord
from reader.model.query import Query
from tests.cli.conftest import SEEDS
from tests.journeys.terminal import Terminal
from tests.library.states import contents, problems


def keys(answer):
    return answer[1].split()


# -- queries -------------------------------------------------------------------------------------


def test_verbs_take_a_query(filled):
    assert filled("later", "--query", "title:scaling")[0] == 0
    found = keys(filled("list", "is:later", "--format", "keys"))
    assert found
    assert found == keys(filled("list", "title:scaling", "--format", "keys"))
    assert filled("tag", "+big", "--query", "is:later")[0] == 0
    assert keys(filled("list", "#big", "--format", "keys")) == found
    assert filled("undo", "2")[0] == 0
    assert filled("list", "is:later")[0] == 1


@pytest.mark.parametrize(("arguments", "code"), [
    (("skip", "--query", "is:stared"), 2),
    (("skip", "--query", "year:2o24 is:unread"), 2),
    (("skip", "--query", "in:nowhere"), 2),
    (("skip", "--query", ""), 4),
    (("skip", "--query", "()"), 4),
    (("skip", "--query", "sort:title"), 4),
    (("skip",), 2),
    (("skip", "--query", "scaling", "pan2025cmt"), 2),
    (("skip", "--query", "xyzzy"), 1),
    (("skip", "nosuchpaper"), 1),
])  # fmt: skip
def test_a_query_never_widens(filled, library_path, arguments, code):
    before = contents(library_path)
    assert filled(*arguments)[0] == code
    assert contents(library_path) == before


def test_everything_is_meant_only_when_said(filled):
    assert filled("done", "--all")[0] == 0
    assert len(keys(filled("list", "is:read", "--format", "keys"))) == 20


def test_references_come_from_a_pipe(filled, library_path):
    command = [sys.executable, "-m", "reader", "--library", library_path]
    listed = subprocess.run([*command, "list", "scaling", "--format", "keys", "-0"],
                            capture_output=True, check=True).stdout  # fmt: skip
    assert listed.count(b"\0") == 7
    starred = subprocess.run([*command, "star", "-", "-0"], input=listed, check=False,
                             capture_output=True)  # fmt: skip
    assert starred.returncode == 0
    assert len(keys(filled("list", "is:starred", "--format", "keys"))) == 7


def test_a_pipe_that_closes_early_ends_quietly(filled, library_path):
    program = f"{sys.executable} -m reader --library {library_path}"
    done = subprocess.run(
        ["sh", "-c", f"{program} list | head -1"], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


def test_find_tells_where_and_ranks(filled):
    code, out, _ = filled("find", "creat", "diff")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith("●  kamb2024analytic")
    assert "[title, abstract]" in lines[0]
    assert "creativity" in lines[1]
    marked = filled("--color", "always", "find", "creat", "diff")[1]
    assert "\x1b[1mcreat\x1b[0mivity" in marked
    assert "\x1b" not in filled("find", "creat", "diff")[1]
    plain = filled("--plain", "find", "creat", "diff")[1]
    assert len(plain.splitlines()) == 2


def test_nothing_found_suggests(filled):
    code, _, err = filled("find", "grokkign")
    assert code == 1
    assert "did you mean “grokking”?" in err
    assert "without latex: " in filled("find", "creat", "latex")[2]


def test_negations_are_no_options(filled):
    all_papers = len(keys(filled("list", "--format", "keys")))
    without = len(keys(filled("list", "-scaling", "--format", "keys")))
    assert all_papers == without + 7


def test_query_explains(filled):
    code, out, _ = filled("query", "--explain", "is:unread -survey (a OR b)")
    assert code == 0
    assert "search MATCH ?" in out
    assert "any of" in out
    code, out, err = filled("query", "year:2o24 x")
    assert code == 2
    assert "     ^^^^ error: not a number" in out
    assert "cannot be run" in err
    value = json.loads(filled("query", "--json", "tag:x auther:y")[1])
    assert value["understood"] == "tag:x auther:y"
    assert value["problems"][0]["fix"] == "author"


def test_lists_pick_fields_and_group(filled):
    rows = json.loads(filled("list", "title:grokking", "--format", "json",
                             "--fields", "citekey,year")[1])  # fmt: skip
    assert rows == [{"citekey": "anon2025provable", "year": 2025}]
    assert (
        filled("list", "title:grokking", "--fields", "year,citekey")[1]
        == "2025\tanon2025provable\n"
    )
    assert filled("list", "--format", "json", "--fields", "nonsense")[0] == 2
    line = filled("list", "title:grokking", "--format", "jsonl", "--fields", "kind,files,notes")[1]
    assert json.loads(line) == {"kind": None, "files": [], "notes": []}
    assert filled("list", "group:year")[1].splitlines()[0] == "── 2026"
    assert len(filled("list", "--limit", "3", "sort:title")[1].splitlines()) == 3
    assert filled("-q", "list", "xyzzy")[2] == ""


# -- tags and views ------------------------------------------------------------------------------


def test_tags_are_managed(filled):
    filled("tag", "+rl", "+rl/deep", "--query", "title:scaling")
    filled("tag", "+video", "--query", "video")
    assert filled("tags", "colour", "rl", "red")[0] == 0
    assert filled("tags", "pin", "rl", "3")[0] == 0
    assert filled("tags", "rename", "rl", "learning")[0] == 0
    told = [json.loads(line) for line in filled("tags", "--json")[1].splitlines()]
    assert [(one["tag"], one["colour"], one["pinned"]) for one in told] == [
        ("learning", "red", 3), ("learning/deep", None, None), ("video", None, None),
    ]  # fmt: skip
    assert filled("tags", "rename", "video", "learning")[0] == 2
    assert filled("tags", "merge", "video", "learning")[0] == 0
    assert filled("tags", "rm", "learning")[0] == 0
    assert filled("tags")[1] == ""
    filled("undo", "5")
    assert [line.split()[1] for line in filled("tags")[1].splitlines()] == [
        "rl",
        "rl/deep",
        "video",
    ]
    for wrong in (("rename", "none", "x"), ("pin", "rl", "x"), ("colour", "rl", "pink"), ("rm",),
                  ("rename", "rl", "rl/x")):  # fmt: skip
        assert filled("tags", *wrong)[0] == 2


def test_views_are_managed(filled):
    assert filled("views", "add", "scaling", "title:scaling", "sort:title")[0] == 0
    assert filled("views", "add", "both", "in:scaling OR #x")[0] == 0
    assert keys(filled("list", "--view", "scaling", "--format", "keys")) == keys(
        filled("list", "title:scaling", "sort:title", "--format", "keys")
    )
    assert filled("list", "in:both", "--format", "keys")[0] == 0
    assert filled("views", "move", "both", "1")[0] == 0
    assert filled("views", "rename", "both", "all of them")[0] == 0
    own = [json.loads(line) for line in filled("views", "--json")[1].splitlines()]
    assert [one["view"] for one in own if one["position"]] == ["all of them", "scaling"]
    assert filled("views", "rm", "scaling")[0] == 0
    assert filled("list", "in:both")[0] == 2
    assert filled("list", 'in:"all of them"')[0] == 2, "it names a view that is gone"
    filled("undo")
    for wrong in (
        ("add", "x", "is:stared"),
        ("add", "inbox", "a"),
        ("add", "scaling", "in:scaling"),
        ("rm", "none"),
        ("add", "x"),
        ("rename", "scaling", "inbox"),
    ):
        assert filled("views", *wrong)[0] == 2, wrong


# -- by hand -------------------------------------------------------------------------------------


def test_editing_puts_the_users_word_on_top(filled):
    assert filled("edit", "kamb2024analytic", "--set", "venue=ICML 2025", "--set",
                  "authors=Kamb, Mason; Ganguli, Surya; Noether, Emmy")[0] == 0  # fmt: skip
    shown = filled("show", "kamb2024analytic", "--sources")[1]
    assert "Emmy Noether" in shown
    assert "venue        user           ICML 2025" in shown
    assert keys(filled("list", "author:noether", "--format", "keys")) == ["kamb2024analytic"]
    filled("import", *SEEDS, "--as-of", "2026-05-07")
    assert "Emmy Noether" in filled("show", "kamb2024analytic")[1]
    assert filled("edit", "kamb2024analytic", "--unset", "authors")[0] == 0
    assert "Noether" not in filled("show", "kamb2024analytic")[1]
    assert "ICML 2025" in filled("show", "kamb2024analytic")[1]
    filled("undo", "2")
    assert "ICML" not in filled("show", "kamb2024analytic")[1]


@pytest.mark.parametrize("wrong", [
    ("published=20x6",), ("nonsense=1",), ("venue",), ("identifiers=what is this",),
])  # fmt: skip
def test_wrong_values_change_nothing(filled, library_path, wrong):
    before = contents(library_path)
    assert filled("edit", "kamb2024analytic", "--set", *wrong)[0] == 2
    assert contents(library_path) == before


def test_adding_by_hand(cli):
    code, out, _ = cli("add", "--title", "On lattices and friends", "--set", "published=1921-03",
                       "--set", "authors=Noether, Emmy", "--set", "identifiers=10.1000/xyz",
                       "--tag", "algebra", "--star")  # fmt: skip
    assert (code, out) == (0, "noether1921lattices\n")
    paper = json.loads(cli("list", "doi:10.1000/xyz", "--format", "jsonl")[1])
    assert (paper["status"], paper["starred"], paper["tags"]) == ("later", True, ["algebra"])
    assert cli("undo")[0] == 0
    assert cli("list")[0] == 1
    assert cli("add", "--title", " ")[0] == 2
    assert cli("add", "2604.01234v2", "doi:10.1000/abc", "--title", "On more lattices")[0] == 0
    assert cli("list", "2604.01234", "--format", "keys")[1] == "anonndmore\n"
    again = cli("add", "https://arxiv.org/abs/2604.01234", "--title", "On more lattices, again")
    assert again[0] == 0
    assert len(cli("list", "--format", "keys")[1].split()) == 1
    assert cli("add", "what is this", "--title", "x")[0] == 2


@pytest.mark.heavy
def test_the_editor_is_a_program_without_a_shell(filled, library_path, tmp_path):
    script = tmp_path / "my editor"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
        "path = Path(sys.argv[-1])\n"
        "path.write_text(path.read_text().replace('venue = \"\"', 'venue = \"Edited\"'))\n"
    )
    script.chmod(0o755)
    environment = {"EDITOR": f"'{script}' --wait", "READER_LIBRARY": str(library_path),
                   "VISUAL": ""}  # fmt: skip
    terminal = Terminal("edit", "kamb2024analytic", environment=environment)
    assert terminal.wait() == 0
    os.close(terminal._file)
    assert "Edited" in filled("show", "kamb2024analytic")[1]
    pwned = tmp_path / "pwned"
    for editor, code in ((f"true; touch {pwned}", 0), ("false", 4), ("nosucheditor", 2)):
        terminal = Terminal("edit", "kamb2024analytic",
                            environment=environment | {"EDITOR": editor})  # fmt: skip
        assert (terminal.wait() == code) or editor.startswith("true;")
        os.close(terminal._file)
    assert not pwned.exists()


def test_without_a_terminal_nothing_is_asked(filled):
    assert filled("edit", "kamb2024analytic")[0] == 4
    assert filled("restore", "latest")[0] in (4, 5)


# -- safety --------------------------------------------------------------------------------------


def test_trash_is_left_out_until_it_is_asked_for(filled):
    filled("tag", "+x", "pan2025cmt")
    assert filled("trash", "pan2025cmt")[0] == 0
    assert filled("list", "#x")[0] == 1
    assert keys(filled("list", "is:trash #x", "--format", "keys")) == ["pan2025cmt"]
    assert json.loads(filled("stats", "--json")[1])["trash"] == 1
    assert filled("untrash", "pan2025cmt")[0] == 0
    assert filled("list", "#x")[0] == 0


def without_history(export):
    """The lines of an export in order, and apart from them what was done in the library."""
    values = [json.loads(line) for line in export.read_text().splitlines()]
    history = [one for one in values if one.get("record") == "change"]
    return sorted(json.dumps(one) for one in values if one not in history), history


def test_everything_survives_export_and_import(filled, library_path, tmp_path, monkeypatch):
    filled("tag", "+a/b", "+c", "--query", "scaling")
    filled("tags", "colour", "a/b", "green")
    filled("tags", "pin", "c", "2")
    filled("views", "add", "mine", "#c sort:title")
    filled("edit", "kamb2024analytic", "--set", "venue=ICML")
    filled("trash", "pan2025cmt")
    filled("done", "--query", "title:grokking")
    filled("prio", "B", "anon2018newton")
    target = tmp_path / "all.jsonl"
    assert filled("export", "--to", "jsonl", "--output", target)[0] == 0
    other = tmp_path / "other" / "library.db"
    monkeypatch.setenv("READER_LIBRARY", str(other))
    assert filled("import", target)[0] == 0
    again = tmp_path / "again.jsonl"
    assert filled("export", "--to", "jsonl", "--output", again)[0] == 0
    (told, history), (told_again, _) = map(without_history, (target, again))
    assert told_again == told
    assert [one["summary"].split()[0] for one in history][-3:] == ["moved", "marked", "set"]
    assert problems(other) == []
    assert json.loads(filled("import", target, "--json")[1])["change"] is None


def test_backups_are_made_thinned_and_restored(filled, library_path):
    filled("star", "pan2025cmt")
    made = backups(library_path)
    assert len(made) == 1, "a day's first change of a library that holds something"
    assert stat.S_IMODE(made[0].path.stat().st_mode) == 0o600
    filled("star", "kamb2024analytic")
    assert len(backups(library_path)) == 1
    starred = contents(library_path)
    code, out, _ = filled("restore", "latest", "--yes")
    assert code == 0
    assert filled("list", "is:starred")[0] == 1
    aside = next(library_path.parent.glob("library-replaced-*.db"))
    assert contents(aside) == starred
    assert filled("restore", aside, "--yes")[0] == 0
    assert contents(library_path) == starred
    assert filled("restore", library_path, "--yes")[0] == 2
    (library_path.parent / "bad.db").write_bytes(b"not a library")
    assert filled("restore", library_path.parent / "bad.db", "--yes")[0] == 5
    assert contents(library_path) == starred
    assert out == ""


def test_a_restore_that_was_interrupted_is_gone_on_with(filled, library_path):
    filled("star", "pan2025cmt")
    before = contents(library_path)
    library_path.rename(library_path.with_name(f".{library_path.name}.restoring"))
    for part in ("-wal", "-shm"):
        library_path.with_name(library_path.name + part).unlink(missing_ok=True)
    store = Store(library_path)
    assert not store.created
    store.close()
    assert contents(library_path) == before


def test_large_changes_make_a_copy_first(library_path, shelf):
    drafts = [PaperDraft((SourceRecord("arxiv", str(one), "now", "f",
                                       Fields(title=f"Paper {one} of a great many papers")),))
              for one in range(60)]  # fmt: skip
    shelf.import_drafts(drafts, "many")
    made = len(backups(library_path))
    ids = tuple(shelf.matching(Query()))
    shelf._clock = lambda: "2099-01-01T00:00:00Z"
    shelf.apply(TagChange(ids, add=("big",)))
    newest = backups(library_path)[0]
    assert len(backups(library_path)) == made + 1
    with closing(sqlite3.connect(newest.path)) as copy:
        assert copy.execute("SELECT count(*) FROM paper_tags").fetchone() == (0,)


def test_copies_are_thinned_by_hour_day_week_and_month():
    start = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
    made = [
        Backup(Path(str(hours)), start - dt.timedelta(hours=hours)) for hours in range(0, 9000, 3)
    ]
    gone = superfluous(made)
    kept = [one for one in made if one not in gone]
    assert kept[0] == made[0]
    assert 20 <= len(kept) <= 29
    ages = sorted((start - one.at).days for one in kept)
    assert ages[-1] > 300
    assert sum(age == 0 for age in ages) >= 6
    assert superfluous(kept) == [] or len(superfluous(kept)) < 3


# -- settings ------------------------------------------------------------------------------------


def test_settings_come_from_flag_environment_file_and_default(cli, tmp_path, monkeypatch):
    file = tmp_path / "my.toml"
    file.write_text('[ui]\ntheme = "paper"\nmeasure = 60\n')
    assert cli("config", "get", "ui.measure")[1] == "76\n"
    assert cli("--config", file, "config", "get", "ui.measure")[1] == "60\n"
    monkeypatch.setenv("READER_CONFIG", str(file))
    assert cli("config", "get", "ui.theme")[1] == "paper\n"
    monkeypatch.setenv("READER_THEME", "nord")
    assert cli("config", "get", "ui.theme")[1] == "nord\n"


WRONG = {
    "[ui]\ntheem = 'x'\n": ":2: no setting is called ui.theem: ui.theme?",
    "# a\n[ui]\nmeasure = 'wide'\n": ":3: ui.measure: input should be a valid integer",
    "[ui]\n\nmeasure = 7\n": ":3: ui.measure: input should be greater than or equal to 40",
    "[cite]\nwrap = 'x'\n": ":2: cite.wrap: it needs {keys}",
    "[open]\nbrowser = 'firefox'\n": ":2: open.browser: it needs {url}",
    "uii = 1\n": ":1: no setting is called uii",
    "[ui\n": "not TOML",
    "\ufeff[ui]\nmeasure = 5\n": ":2: ui.measure",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_file_never_prevents_starting(filled, tmp_path, monkeypatch, text):
    file = tmp_path / "wrong.toml"
    file.write_text(text, "utf-8")
    monkeypatch.setenv("READER_CONFIG", str(file))
    code, _, err = filled("config", "check")
    assert code == 2
    assert WRONG[text] in err
    assert filled("list", "scaling")[0] == 0
    assert load_settings().ui_measure == Settings().ui_measure


def test_right_lines_beside_a_wrong_one_count(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text("[ui]\nmeasure = 50\ntheme = 3\n[x]\ny = 1\n")
    settings = read_config(file)
    assert settings.ui_measure == 50
    assert len(settings.problems) == 2
    for strange in (tmp_path, tmp_path / "binary"):
        (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
        assert len(read_config(strange).problems) == 1


def test_setting_keeps_comments_and_refuses_nonsense(cli, tmp_path, monkeypatch):
    file = tmp_path / "c.toml"
    file.write_text("# mine\n[ui]  # looks\nmeasure = 50  # narrow\n")
    monkeypatch.setenv("READER_CONFIG", str(file))
    assert cli("config", "set", "ui.measure", "88")[0] == 0
    assert cli("config", "set", "cite.wrap", "[@{keys}]")[0] == 0
    text = file.read_text()
    assert "# mine" in text
    assert "measure = 88  # narrow" in text
    assert cli("config", "get", "cite.wrap")[1] == "[@{keys}]\n"
    for key, value in (("ui.measure", "wide"), ("ui.nonsense", "1"), ("cite.wrap", "{x}"),
                       ("backups.automatic", "perhaps"), ("ui.measure", "9")):  # fmt: skip
        assert cli("config", "set", key, value)[0] == 2
    assert file.read_text() == text


def test_the_commented_copy_is_valid_and_complete(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text(commented_copy())
    assert read_config(file) == Settings()
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line and not line.startswith("# what") else line
        for line in commented_copy().splitlines()
    )
    for key in KEYS:
        assert key.partition(".")[2] in uncommented


# -- manual --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_name_every_command(cli, shell):
    code, out, _ = cli("completions", shell)
    assert code == 0
    for command in ("list", "restore", "views"):
        assert command in out
    if shell == "bash":
        assert subprocess.run(["bash", "-n"], input=out, text=True, check=False).returncode == 0


def test_the_manual_names_everything(cli):
    out = cli("man")[1]
    for words in (".TH READER 1", ".SS query", "is:unread", "cite.wrap", ".SH EXIT STATUS"):
        assert words in out
    assert cli("keys", "--conflicts")[0] == 0
    assert "`j  ↓`" in cli("keys", "--md")[1]
    assert "ink" in cli("themes")[1]
    assert cli("config", "path")[0] == 0


def test_doctor_tells_what_it_looked_at(filled, library_path):
    code, out, _ = filled("doctor", "--json")
    value = json.loads(out)
    assert (code, value["schema"]) == (0, 1)
    assert {"config", "library", "backups", "terminal", "editor", "browser"} <= {
        one["what"] for one in value["findings"]
    }
    assert filled("doctor", "--fix")[0] == 0
    assert problems(library_path) == []
