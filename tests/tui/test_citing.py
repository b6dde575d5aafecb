"""The active bibliography in the screen."""

from reader.model.change import TagRemoval
from reader.tui.screens import citing
from tests.tui.world import running


async def choose(world, path):
    await world.keys("B")
    world.main.prompt.replace(str(path))
    await world.keys("enter")
    await world.until(lambda: world.main.citing.active is not None, "a bibliography is chosen")


async def test_papers_go_in_and_the_file_follows(library_path, tmp_path):
    path = tmp_path / "thesis.bib"
    path.write_text("% mine\n")
    async with running(library_path) as world:
        await choose(world, path)
        assert "→ thesis.bib" in world.screen()
        key = world.row.citekey
        await world.keys("b")
        await world.until(lambda: key in path.read_text(), "the entry is in the file")
        assert world.row.tags == ("bib/thesis",)
        await world.keys("g", "b")
        await world.until(lambda: len(world.main.papers.ids) == 1, "it is shown as a view")
        await world.keys("u")
        await world.until(lambda: path.read_text().strip() == "% mine", "the entry is gone")


async def test_the_bibliography_is_checked_and_its_use_shown(library_path, tmp_path):
    path = tmp_path / "thesis.bib"
    async with running(library_path) as world:
        await choose(world, tmp_path / "thesis")
        await world.keys("b")
        await world.until(lambda: path.exists() and path.read_text(), "the file is written")
        (tmp_path / "a.tex").write_text("\\cite{nobody}")
        for command, told in (("bib check", "et al."), ("bib used", "missing: a.tex:1")):
            await world.keys(":")
            world.main.prompt.replace(command)
            await world.keys("enter")
            await world.until(lambda: world.main.dialog is not None, "what was found is shown")
            await world.idle()
            assert told in world.screen()
            await world.keys("escape")
        await world.keys(":")
        world.main.prompt.replace("bib query is:nonsense")
        await world.keys("enter")
        await world.until(lambda: world.main.telling._error, "the query is refused")


async def test_without_one_keys_say_how_to_choose(library_path):
    async with running(library_path) as world:
        await world.keys("g", "b")
        assert "there is no bibliography yet: B chooses one" in world.said
        await world.keys("b", "escape")
        assert world.main.citing.active is None


async def test_a_start_writes_no_bibliography(library_path, tmp_path, monkeypatch):
    path = tmp_path / "thesis.bib"
    async with running(library_path) as world:
        await choose(world, path)
    path.unlink()
    monkeypatch.setattr(citing, "_PAUSE", 0)
    async with running(library_path) as world:
        assert world.main.citing.active is not None
        assert not path.exists()
        await world.keys("s")
        await world.until(path.exists, "a change writes it")


async def test_a_tag_that_is_deleted_takes_its_papers_out_of_the_file(library_path, tmp_path):
    path = tmp_path / "thesis.bib"
    async with running(library_path) as world:
        await choose(world, path)
        key = world.row.citekey
        await world.keys("b")
        await world.until(lambda: path.exists() and key in path.read_text(), "it is in the file")
        world.main.viewing.change(TagRemoval("bib/thesis"))
        await world.until(lambda: key not in path.read_text(), "it is in the file no more")
