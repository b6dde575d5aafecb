"""Commands by name, the palette, the help: everything can be found and run."""

import json
import threading
from contextlib import contextmanager

import pytest
from rich.style import Style

from reader.import_report import Options
from reader.importing import import_files
from reader.library.store import Store
from reader.model.paper import Status
from reader.tui.action_table import ACTIONS
from reader.tui.keymap import load_keymap, make_keymap
from reader.tui.screens.shelling import _run
from reader.tui.start import Begin
from reader.tui.widgets.choices import fitted
from tests.tui.world import running


async def command(world, text):
    await world.keys(":")
    world.main.prompt.replace(text)
    await world.keys("enter")


def count(world, status):
    return world.main.showing.summary.counts[f"status {int(status)}"]


async def test_ranges(library_path):
    async with running(library_path) as world:
        await command(world, "2,4 later")
        assert count(world, Status.LATER) == 3
        assert world.main.papers.cursor == 0
        await command(world, "19,$ skip")
        assert count(world, Status.SKIPPED) == 2
        await command(world, ". star")
        assert world.row.starred
        await command(world, "% unread")
        assert count(world, Status.UNREAD) == 20
        await world.keys("v", "j", ":")
        assert world.main.prompt.text == "'<,'>"
        await world.write("done")
        await world.keys("enter")
        assert count(world, Status.READ) == 2
        assert not world.main.selection.any
        await command(world, "12")
        assert world.main.papers.cursor == 11


async def test_a_query_in_braces(library_path):
    async with running(library_path) as world:
        await command(world, "{title:scaling year:2025} tag +scaling")
        assert {tag.name: tag.papers for tag in world.main.showing.summary.tags} == {"scaling": 3}
        for wrong in ("{yaer:2025} skip", "{} skip", "{(a} skip", "{a skip", "{title:} skip"):
            await command(world, wrong)
            assert count(world, Status.SKIPPED) == 0, wrong
            assert world.main.telling._error, wrong


async def test_commands_say_why_they_cannot(library_path):
    async with running(library_path) as world:
        for text, told in (
            ("frobnicate", "no command is called frobnicate; ? lists them"),
            ("re", "re could be "),
            ("% sidebar", "sidebar is not done to papers: no range before it"),
            ("undo x y", None),
            ("star now", "star takes nothing behind it"),
            ("prio D", "no priority is called D: A, B, C or none"),
            ("sort colour", "cannot sort by colour"),
            ("group none", "not grouped"),
            ("view nowhere", "no view is called nowhere"),
            ("theme nothing", "no theme is called nothing: `reader themes` lists them"),
            ("key bad key", "not a citekey"),
            ("tag +", "not a tag"),
            ("density huge", "not huge: one of compact, cozy, relaxed"),
            ("%", "a range of papers, but no command behind it"),
        ):
            await command(world, text)
            assert told is None or world.said.startswith(told), text


async def test_completion_of_commands_and_what_follows(library_path):
    async with running(library_path) as world:
        await world.keys("t")
        await world.write("theory/learning")
        await world.keys("enter", ":")
        await world.write("dens")
        await world.keys("tab")
        assert world.main.prompt.text == "density "
        await world.write("re")
        await world.keys("tab", "enter")
        assert world.main.papers.density.name == "RELAXED"
        for typed, completed in (
            ("tag -the", "tag -theory/learning "), ("view lat", "view later "),
            ("theme pap", "theme paper "), ("group mo", "group month "), ("prio B", "prio B "),
            ("find is:rea", None), ("% ta", None), ("set ui.den", "set ui.density "),
            ("{is:unread} unst", "{is:unread} unstar "),
        ):  # fmt: skip
            await world.keys(":")
            await world.write(typed)
            await world.until(lambda: world.main.commanding.completing.candidates, typed)
            await world.keys("tab")
            if completed:
                assert world.main.prompt.text == completed
            await world.keys("escape")


async def test_the_help_runs_what_is_found(library_path):
    async with running(library_path) as world:
        await world.keys("?")
        assert "Keys of the list" in world.screen()
        await world.write("citation")
        assert "y c" in world.screen()
        await world.keys("escape", "h", "?")
        assert "Keys of the sidebar" in world.screen()
        await world.write("density")
        await world.keys("enter")
        assert world.said == "density relaxed"
        await world.keys("?")
        await world.write("export")
        await world.keys("enter")
        assert world.main.prompt.mode
        await world.keys("escape")


async def test_the_palette_finds_actions_views_tags_themes_and_papers(library_path):
    async with running(library_path) as world:
        await world.keys("t")
        await world.write("grokking")
        await world.keys("enter")
        for typed, found in (
            ("view lat", lambda: world.main.showing.shown.view.name == "later"),
            ("tag grok", lambda: world.main.showing.shown.view.name == "#grokking"),
            ("theme: paper", lambda: world.app.theme == "paper"),
            ("analytic creativity", lambda: world.row.citekey == "kamb2024analytic"),
            ("show or hide the sidebar", lambda: not world.main.sidebar.size.width),
        ):
            await world.keys("ctrl+p")
            await world.write(typed)
            await world.keys("enter")
            await world.until(found, typed)
        await world.keys("ctrl+p", "enter")
        await world.until(lambda: world.main.sidebar.size.width, "what was run last comes first")


async def test_going_to_a_paper_and_to_a_day(library_path):
    async with running(library_path) as world:
        await world.keys("g", "s", "g", "p")
        await world.write("newton")
        await world.keys("enter")
        await world.until(lambda: world.row and world.row.citekey == "anon2018newton", "the paper")
        await world.keys("H")
        await world.until(lambda: world.main.showing.shown.view.name == "starred", "back")
        await command(world, "date 2025-09")
        assert len(world.main.papers.ids) == 2
        await command(world, "date no-day")
        assert world.main.telling._error
        await command(world, "paper 2412.20292")
        await world.keys("g", "d")
        assert world.main.prompt.text == "date "
        await world.keys("escape")


async def test_history_goes_back_and_forward(library_path):
    async with running(library_path) as world:
        await world.keys("5", "j")
        here = world.row.citekey
        await world.keys("g", "s", "f")
        await world.write("newton")
        await world.keys("enter", "H")
        assert world.main.showing.shown.view.name == "starred"
        await world.keys("H")
        assert world.row.citekey == here
        await world.keys("H")
        assert world.said == "nothing to go back to"
        await world.keys("2", "L")
        assert world.main.showing.shown.sought == "newton"
        await world.keys("L")
        assert world.said == "nothing to go forward to"


async def test_the_history_of_changes_takes_one_back(library_path):
    async with running(library_path) as world:
        await world.keys("s", "j", "w", "g", "H")
        await world.write("starred")
        await world.keys("enter")
        assert world.said.startswith("reverted: starred")
        assert count(world, Status.LATER) == 1
        assert world.main.showing.summary.counts["starred"] == 0
        await world.keys("g", "H")
        await world.write("starred")
        await world.keys("down", "enter")
        assert "it is taken back already" in world.screen()
        await world.keys("escape", "u")
        assert world.main.showing.summary.counts["starred"] == 1


async def test_the_tags_screen(library_path):
    async with running(library_path) as world:
        for tags in ("theory, theory/learning", "rl"):
            await world.keys("t")
            await world.write(tags)
            await world.keys("enter", "j")
        await world.keys("g", "T", "G", "c", "1")
        await world.until(lambda: "red" in world.screen(), "the colour")

        def tag(name):
            tags = world.main.showing.summary.tags
            return next((one for one in tags if one.name == name), None)

        assert (tag("theory/learning").colour, tag("theory/learning").pinned) == ("red", 1)
        await world.keys("g", "r")
        assert "rename rl to" in world.screen()
        await world.keys("ctrl+u")
        await world.write("reinforcement")
        await world.keys("enter")
        assert tag("reinforcement").papers == 1
        named = [row.tags for row in world.main.papers.loaded() if row.tags]
        await world.keys("u")
        before = [row.tags for row in world.main.papers.loaded() if row.tags]
        assert (named[1], before[1]) == (("reinforcement",), ("rl",)), "the rows tell too"
        await world.keys("escape", "ctrl+r", "g", "T", "g")
        await world.keys("m")
        await world.write("theory")
        assert "1 + 1 papers" in world.screen()
        await world.keys("enter")
        assert tag("theory").papers == 2
        await world.keys("u")
        assert tag("theory").papers == 1
        await world.keys("G", "D")
        assert tag("theory/learning") is None
        await world.keys("u", "enter")
        assert world.main.showing.shown.view.name.startswith("#")


async def test_a_change_of_the_tags_is_shown_though_their_list_was_closed(library_path):
    async with running(library_path) as world:
        await world.keys("t")
        await world.write("theory")
        await world.keys("enter", "g", "T", "u")
        assert "undid: tagged" in world.screen()
        await world.keys("u")
        assert "nothing to undo" in world.screen()
        await world.keys("escape", "ctrl+r")
        assert world.main.showing.summary.tags
        over = threading.Event()
        world.main.library.write(lambda _store: over.wait(30))
        await world.pilot.press("g", "T", "D", "escape")
        await world.until(lambda: world.app.screen is world.main, "the list is closed")
        over.set()
        await world.until(lambda: not world.main.showing.summary.tags, "the tag is gone")
        await world.until(lambda: "theory" in world.said, "it is said")


async def test_pinned_tags_and_inherited_colours(library_path):
    async with running(library_path) as world:
        await world.keys("t")
        await world.write("a/b")
        await world.keys("enter", "t")
        await world.write("a")
        await world.keys("down", "enter", "g", "T", "1", "c", "escape")
        await world.keys("j", "t", "1")
        assert world.row.tags == ("a",)
        await world.keys("t", "1")
        assert world.row.tags == ()
        await world.keys("t", "\\", "1")
        await world.keys("enter")
        assert world.row.tags == ("1",)


async def test_shell_and_pipe(library_path, tmp_path, monkeypatch):
    monkeypatch.setenv("SHELL", "/bin/sh")
    out = tmp_path / "out"
    async with running(library_path) as world:

        @contextmanager
        def suspended():
            yield

        monkeypatch.setattr(world.app, "suspend", suspended)
        monkeypatch.setattr("builtins.input", lambda: "")
        await command(world, f'!printf "%s" "$READER_ID|$READER_TITLE" > {out}')
        await world.until(lambda: "done" in world.said, "the command ran")
        assert (
            out.read_text() == "simon2026there|There Will Be a Scientific Theory of Deep Learning"
        )
        await command(world, f"1,3 | bibtex cat > {out}")
        await world.until(lambda: "done" in world.said, "the pipe ran")
        assert out.read_text().count("@misc{") == 3
        await world.keys("2", "m", "|")
        await world.write(f"cat > {out}; exit 3")
        await world.keys("enter")
        await world.until(lambda: "exit 3" in world.said, "the status is told")
        lines = out.read_text().splitlines()
        assert json.loads(lines[0])["citekey"] == "simon2026there"
        assert len(lines) == 2


async def test_a_hostile_title_reaches_the_shell_as_a_value_only(
    library_path, tmp_path, monkeypatch
):
    monkeypatch.setenv("SHELL", "/bin/sh")

    monkeypatch.setattr("builtins.input", lambda: "")
    bad, out = tmp_path / "bad", tmp_path / "out"
    title = f"\"; touch {bad}; $(touch {bad}) `touch {bad}` ' --help"
    shell = ["/bin/sh", "-c", f'printf "%s" "$READER_TITLE" > {out}']
    assert _run(shell, {"READER_TITLE": title}, None) == 0
    assert out.read_text() == title
    assert not bad.exists()


async def test_export_writes_a_file_and_never_over_one(library_path, tmp_path):
    async with running(library_path) as world:
        target = tmp_path / "papers.bib"
        await command(world, f"export {target}")
        await world.until(lambda: "wrote 20 papers" in world.said, "written")
        assert target.read_text().count("@misc{") == 20
        await command(world, f"export {target}")
        await world.until(lambda: "is there already" in world.said, "refused")
        await command(world, f"2,3 export jsonl {tmp_path / 'two'}")
        await world.until(lambda: "wrote 2 papers" in world.said, "written")


async def test_own_keys_and_macros(library_path, tmp_path):
    keys = tmp_path / "keys.toml"
    keys.write_text(
        '[keys]\n"paper.skip" = ["d"]\nuser = { f = "tag +followup; later", x = "frobnicate" }\n'
    )
    keymap, problems = load_keymap("vim", keys)
    assert problems == ()
    async with running(
        library_path, begin=Begin(keymap=keymap, config=str(tmp_path / "c.toml"))
    ) as world:
        await world.keys("d")
        assert count(world, Status.SKIPPED) == 1
        await world.keys("x")
        assert world.said == "x does nothing here; ? lists the keys"
        first = world.row.citekey
        await world.keys(",", "f")
        row = world.row_of(first)
        assert (row.tags, row.status) == (("followup",), Status.LATER)
        await command(world, "map ctrl+k done")
        await world.until(lambda: "ctrl+k is paper.read now" in world.said, "the key is taken")
        await world.keys("ctrl+k")
        assert count(world, Status.READ) == 1
        assert '"paper.read"' in keys.read_text()
        await command(world, "set ui.density compact")
        await world.until(lambda: world.main.papers.density.name == "COMPACT", "the setting")


async def test_the_arrows_preset(library_path):
    async with running(library_path, begin=Begin(keymap=make_keymap("arrows"))) as world:
        await world.keys("down", "f2", "f4", "j")
        assert world.said == "j does nothing here; ? lists the keys"
        assert count(world, Status.LATER) == 1
        assert world.main.showing.summary.counts["starred"] == 1
        await world.keys("f9", "f9")
        assert count(world, Status.LATER) == 0


@pytest.mark.parametrize("scope", ["list", "text", "sidebar"])
async def test_every_action_runs_by_its_name(library_path, scope, monkeypatch, tmp_path):
    leaves = {"app.quit", "app.close", "app.suspend", "shell.run", "link.open", "app.map",
              "app.set"}  # fmt: skip
    monkeypatch.chdir(tmp_path)
    async with running(library_path, (80, 24)) as world:
        main = world.main
        for action in ACTIONS:
            if action.id in leaves:
                continue
            main.go_to({"list": main.papers, "text": main.abstract, "sidebar": main.sidebar}[scope])
            main.commanding.execute(action.command)
            await world.idle()
            while world.app.screen is not main or main.prompt.mode:
                await world.keys("escape")
            assert world.app.is_running, action.id
            main.program.peel(None)
            main.looking.unzoom()


async def test_what_was_done_in_another_library_is_shown_and_not_taken_back(library_path, tmp_path):
    told = {"schema": 1, "record": "change", "at": "2026-11-22T18:36:00Z", "actor": "user",
            "verb": "star", "summary": "starred 2 papers", "papers": 2}  # fmt: skip
    paper = {"schema": 1, "title": "A paper that came with its history"}
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(paper)}\n{json.dumps(told)}\n")
    store = Store(library_path)
    import_files(store, [(tmp_path / "a.jsonl", "a.jsonl")], Options())
    store.close()
    async with running(library_path, samples=False) as world:
        await world.keys("g", "H")
        assert "elsewhere" in world.screen()
        assert "taken back" not in world.screen()
        await world.keys("down", "enter")
        assert "done in another library" in world.screen()


def test_the_left_end_of_a_line_gets_what_the_right_one_leaves():
    plain = Style()
    long, short = [("x" * 50, plain)], [("12 ", plain)]
    assert fitted(long, short, 40) == ([("x" * 34 + "…", plain)], short)
    assert fitted(long, [("y" * 30, plain)], 40) == ([("x" * 38 + "…", plain)], ())
    assert fitted([("name", plain)], [("y" * 30, plain)], 40)[1]
    assert fitted(long, (), 60) == (long, ())
