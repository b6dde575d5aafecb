"""Adding papers in the screen, comparing those that look alike, and writing files."""

import asyncio

import pytest
from textual import events

from reader.tui.screens.add_papers import AddPapers
from reader.tui.screens.compare import Compare
from reader.tui.screens.import_preview import ImportPreview
from tests.cli.test_papers_in_and_out import TWINS
from tests.sources.fixtures import RIS
from tests.tui.world import running


async def shown(world, dialog):
    await world.until(lambda: isinstance(world.app.screen, dialog), f"{dialog.__name__} is open")
    await world.idle()


async def add(world, text):
    await world.keys("A")
    await shown(world, AddPapers)
    world.app.screen.entry.value = str(text)
    await world.keys("enter")
    await shown(world, ImportPreview)


def total(world):
    return world.main.showing.summary.counts["all"]


async def test_a_file_is_shown_before_it_is_taken(library_path, tmp_path):
    path = tmp_path / "refs"
    path.write_text(RIS)
    async with running(library_path) as world:
        await add(world, path)
        assert "ris: 1 new" in world.screen()
        assert "+ On engines of difference" in world.screen()
        await world.keys("escape")
        assert total(world) == 20
        await add(world, path)
        await world.keys("enter")
        await world.until(lambda: total(world) == 21, "the paper is there")
        assert "imported" in world.said
        await world.keys("u")
        await world.until(lambda: total(world) == 20, "the import is undone")


async def test_work_for_a_dialog_ends_with_its_answer(library_path, tmp_path):
    """The files of a folder may come when the dialog has no lines any more to show them."""
    async with running(library_path) as world:
        await world.keys("A")
        await shown(world, AddPapers)
        dialog, began, go, came = world.app.screen, asyncio.Event(), asyncio.Event(), []

        async def look():
            began.set()
            await go.wait()
            came.append(dialog.choices)

        dialog.start(look)
        await began.wait()
        go.set()
        dialog.answer(None)
        await world.idle()
        assert not dialog.is_open
        assert not came
        assert world.app.screen is world.main


async def test_pasted_lines_are_papers(library_path):
    async with running(library_path) as world:
        await world.keys("A")
        await shown(world, AddPapers)
        world.app.screen.entry.post_message(events.Paste(TWINS))
        await shown(world, ImportPreview)
        assert "bibtex: 2 new, 1 unsure" in world.screen()
        await world.keys("enter")
        await world.until(lambda: total(world) == 22, "both are there")


async def test_an_identifier_is_kept_under_its_name(library_path):
    async with running(library_path) as world:
        await add(world, "https://arxiv.org/abs/2101.00002")
        await world.keys("enter")
        await world.until(lambda: total(world) == 21, "the paper is there")
        await world.keys(":")
        world.main.prompt.replace("paper 2101.00002")
        await world.keys("enter")
        assert world.row is None or world.main.prompt.mode == ""


async def test_what_is_no_paper_is_said(library_path, tmp_path):
    async with running(library_path) as world:
        await add(world, "@words")
        assert "not recognised" in world.screen()
        await world.keys("enter")
        assert total(world) == 20


async def test_the_dialog_completes_paths(library_path, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.ris").write_text(RIS)
    async with running(library_path) as world:
        await world.keys("A")
        await shown(world, AddPapers)
        dialog = world.app.screen
        dialog.entry.value = f"{tmp_path}/fo"
        await world.idle()
        await world.keys("tab")
        assert dialog.entry.value == f"{tmp_path}/folder/"
        await world.keys("tab")
        assert dialog.entry.value.endswith("one.ris")
        await world.keys("enter")
        await shown(world, ImportPreview)


async def test_possible_duplicates_are_compared(library_path, tmp_path):
    path = tmp_path / "twins.bib"
    path.write_text(TWINS)
    async with running(library_path) as world:
        await add(world, path)
        await world.keys("enter")
        await world.until(lambda: total(world) == 22, "both are there")
        await world.keys("/")
        await world.write("is:dup")
        await world.keys("enter")
        assert len(world.main.papers.ids) == 2
        await world.keys("=")
        await shown(world, Compare)
        for told in ("10.1234/one", "10.1234/two", "one", "two"):
            assert told in world.screen()
        await world.keys("s", "m")
        await world.until(lambda: total(world) == 21, "they are one")
        assert not world.main.papers.ids
        await world.keys("u")
        await world.until(lambda: total(world) == 22, "they are two again")
        await world.until(lambda: len(world.main.papers.ids) == 2, "both are shown")
        await world.keys("=")
        await shown(world, Compare)
        await world.keys("a")
        await world.until(lambda: not world.main.papers.ids, "they are kept apart")
        assert total(world) == 22


async def test_marked_papers_are_merged_and_split(library_path):
    async with running(library_path) as world:
        await world.keys("m", "m", "k", ":")
        world.main.prompt.replace("merge")
        await world.keys("enter")
        await world.keys("y")
        await world.until(lambda: total(world) == 19, "they are one")
        kept = world.row
        await world.keys(":")
        world.main.prompt.replace("split")
        await world.keys("enter")
        await world.until(lambda: world.main.dialog is not None, "the records are offered")
        await world.keys("end", "down", "down", "down", "enter")
        await world.until(lambda: total(world) == 20, "they are two again")
        assert kept.id in world.main.papers.ids


async def test_the_view_is_written_in_any_format(library_path, tmp_path):
    async with running(library_path) as world:
        for name, begins in (("a.ris", "TY  - "), ("a.csv", "citekey"), ("a.md", "## ")):
            await world.keys("E")
            world.main.prompt.replace(str(tmp_path / name))
            await world.keys("enter")
            await world.until((tmp_path / name).exists, "it is written")
            assert (tmp_path / name).read_text("utf-8").startswith(begins)
        await world.keys("E")
        world.main.prompt.replace(f"biblatex {tmp_path}/x")
        await world.keys("enter")
        await world.until((tmp_path / "x").exists, "it is written")
        assert "@online" in (tmp_path / "x").read_text("utf-8")


async def test_one_line_that_is_no_path_is_read_as_papers(library_path):
    long = "@article{one, title={A title that is long enough}, author={Aa, B}, abstract={%s}}"
    async with running(library_path) as world:
        await add(world, long % ("word " * 100))
        assert "bibtex: 1 new" in world.screen()
        await world.keys("escape")
        await world.keys("A")
        await shown(world, AddPapers)
        await world.write("~nosuchuser/x/y")
        assert world.main.dialog is not None
        await world.keys("escape")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("~nosuchuser/x.bib", "give the path of a file"),
        ("nope /tmp/x.zzz", "no format is called nope"),
    ],
)
async def test_files_that_cannot_be_written_are_named(library_path, text, said):
    async with running(library_path) as world:
        await world.keys("E")
        world.main.prompt.replace(f"bibtex {library_path}.lock")
        await world.keys("enter")
        await world.until(lambda: "belongs to the library" in world.said, "it is kept")
        await world.keys("E")
        world.main.prompt.replace(f"{library_path}.bib")
        await world.keys("enter")
        await world.until(lambda: "wrote 20 papers" in world.said, "this is no part of it")
        await world.keys("E")
        world.main.prompt.replace(text)
        await world.keys("enter")
        await world.until(lambda: said in world.said, "it is refused")
        await world.keys("B")
        world.main.prompt.replace("~nosuchuser/x.bib")
        await world.keys("enter")
        await world.until(lambda: "give the path of a file" in world.said, "so is this")
