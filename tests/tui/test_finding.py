from tests.tui.world import running


async def test_a_filter_shows_results_with_every_key(library_path):
    async with running(library_path) as world:
        papers = world.main.papers
        await world.keys("/")
        sizes = []
        for char in "scaling":
            await world.keys(char)
            sizes.append(len(papers.ids))
        assert sizes == sorted(sizes, reverse=True)
        assert 1 < sizes[-1] < sizes[0] <= 20
        await world.keys("down", "enter")
        assert papers.has_focus
        assert papers.cursor == 1
        assert "scaling" in world.screen()
        await world.keys("\\")
        assert len(papers.ids) == 20


async def test_escape_leaves_a_filter_as_it_was(library_path):
    async with running(library_path) as world:
        await world.keys("j", "j", "j")
        before = world.row.citekey
        await world.keys("/")
        await world.write("newton")
        assert len(world.main.papers.ids) == 1
        await world.keys("escape")
        assert (world.row.citekey, len(world.main.papers.ids)) == (before, 20)


async def test_the_cursor_stays_on_its_paper_while_filtering(library_path):
    async with running(library_path) as world:
        await world.keys("/")
        await world.write("newton")
        await world.keys("enter", "\\")
        assert world.row.citekey == "anon2018newton"
        await world.keys("escape")
        assert world.said == ""


async def test_find_looks_everywhere(library_path):
    async with running(library_path) as world:
        await world.keys("x", "x", "g", "l", "f")
        await world.write("creat diff")
        assert [world.main.papers.row_at(i).citekey for i in range(2)] == [
            "kamb2024analytic",
            "pan2025cmt",
        ]
        await world.keys("enter")
        assert "best first" in world.screen()
        await world.keys("escape")
        assert world.main.showing.shown.view.name == "later"


async def test_nothing_found_says_what_next(library_path):
    async with running(library_path) as world:
        await world.keys("/")
        await world.write("xyzzy")
        assert "Nothing matches “xyzzy” in" in world.screen()
        assert "looks in the whole library" in world.screen()


async def test_markup_and_controls_can_be_typed(library_path):
    async with running(library_path) as world:
        await world.keys("/")
        for text in ("[/b] [@click=app.quit]x", '"open', "a OR b", "(("):
            world.main.query_one("PromptInput").value = text
            await world.idle()
        await world.keys("escape")
        assert len(world.main.papers.ids) == 20


async def test_commands(library_path):
    async with running(library_path) as world:
        await world.keys(":")
        await world.write("lat")
        await world.keys("enter")
        assert world.main.showing.summary.counts["status 1"] == 1
        await world.keys(":")
        await world.write("nonsense")
        await world.keys("enter")
        assert world.said == "no command is called nonsense; ? lists them"
        await world.keys(":")
        await world.write("re")
        await world.keys("enter")
        assert "could be" in world.said


async def test_help_is_searched_and_runs_an_action(library_path):
    async with running(library_path) as world:
        await world.keys("?")
        assert "type to search" in world.screen()
        await world.write("star the")
        await world.keys("enter")
        assert world.row.starred
        await world.keys("?", "escape")
        assert world.main.papers.has_focus


async def test_a_filter_counts_within_its_view(library_path):
    async with running(library_path) as world:
        await world.keys("w", "w", "/")
        await world.write("newton")
        await world.until(lambda: "1 of 18" in world.screen(), "of the unread")
        await world.keys("escape", "f")
        await world.write("newton")
        await world.until(lambda: "1 of 20" in world.screen(), "of the library")


async def test_a_search_of_the_help_without_a_match_says_so(library_path):
    async with running(library_path) as world:
        await world.keys("?")
        await world.write("zzz")
        await world.until(lambda: "no key or command" in world.screen(), "nothing was found")
        await world.keys("backspace", "backspace", "backspace")
        await world.until(lambda: "Enter runs it" in world.screen(), "the hints are back")


async def test_the_first_tag_is_explained(library_path):
    async with running(library_path) as world:
        await world.keys("t")
        await world.until(lambda: "no tags yet" in world.screen(), "what to do is said")
        await world.write("first")
        assert "no tags yet" not in world.screen()
        await world.keys("enter")
        await world.until(lambda: world.row.tags == ("first",), "the tag is made")


async def test_a_filter_that_stayed_says_again_where_it_matched(library_path):
    async with running(library_path) as world:
        await world.keys("/")
        await world.write("creativity")
        await world.keys("enter")
        screen = world.screen()
        assert "Matched in" in screen
        world.app.exit()
    async with running(library_path) as world:
        assert world.screen() == screen
