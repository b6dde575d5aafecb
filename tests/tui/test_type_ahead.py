"""Keys at full speed lead where the same keys lead when each is waited for."""

import asyncio
import random

import pytest
from textual.events import Key, Paste
from textual.keys import _character_to_key

from reader.tui._workarounds import TypedBefore
from reader.tui.screens.add_papers import AddPapers
from tests.tui.world import running

NAMED = {"enter": "\r", "escape": "\x1b", "tab": "\t", "backspace": "\x7f", "down": None,
         "up": None, "space": " "}  # fmt: skip

PHRASES = [
    ["j"], ["j"], ["5", "j"], ["k"], ["G"], ["g", "g"], ["x"], ["s"], ["w"], ["r"], ["m"],
    ["2", "s"], ["u"], ["U"], ["."], ["v", "j", "x"], ["l"], ["h"], ["]"], ["Z"],
    ["t", "a", "enter"], ["t", "a", ",", "b", "enter"], ["t", "escape"], ["t", "q", "escape"],
    ["?", "escape"], ["?", "s", "t", "a", "r", "enter"], ["g", "T", "q"], ["g", "T", "j", "enter"],
    ["/", "m", "o", "d", "enter"], ["/", "a", "escape"], ["f", "l", "e", "enter"], ["\\"],
    ["g", "i"], ["g", "a"], ["g", "l"], ["g", "s"], ["H"], ["L"], ["z", "d"], ["z", "g"],
    ["S", "y"], ["S", "S"], [":", "s", "t", "a", "r", "enter"], [":", "3", "enter"],
    [":", "t", "a", "g", "space", "z", "enter"], ["ctrl+p", "s", "k", "i", "p", "enter"],
    ["g", "H", "escape"], ["X", "n"], ["X", "y"], ["+"], ["-"], ["D"],
]  # fmt: skip


def event(key):
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    return Key(key, NAMED.get(key))


async def fast(world, keys):
    """All at once, as a terminal that was busy hands them over."""
    for key in keys:
        world.app.post_message(event(key))
    await world.idle()


async def test_what_is_pasted_goes_where_the_keys_before_it_lead(tmp_path):
    async with running(tmp_path / "library.db") as world:
        world.app.post_message(event("/"))
        world.app.post_message(Paste("deep lear"))
        world.app.post_message(event("n"))
        await world.until(lambda: world.main.prompt.text == "deep learn", "it is in the prompt")
        world.app.post_message(event("escape"))
        world.app.post_message(Paste("xxx"))
        await world.until(lambda: not world.main.prompt.mode, "the prompt is gone")
        await world.idle()
        assert world.main.pane is world.main.papers


@pytest.mark.parametrize("keys", ["jjjjk", "jtx\rjj", "/mod\x1bjjj", "?\x1bjjj"])
async def test_what_was_typed_over_the_picture_has_led_to_where_it_leads(tmp_path, keys):
    """The first screen waits for this, even where keys wait for each other."""
    async with running(tmp_path / "library.db") as world:
        for key in keys:
            world.app.post_message(event(next((n for n, c in NAMED.items() if c == key), key)))
        world.app.post_message(TypedBefore())
        await world.main.typing.caught_up.wait()
        assert world.main.papers.cursor == 3
        assert world.main.dialog is None


async def test_a_key_waits_for_a_dialog_that_is_opening(tmp_path):
    """What has the focus is not known yet, so it would go to none of its widgets."""
    async with running(tmp_path / "library.db") as world:
        dialog, key = AddPapers(world.main.palette), event("y")
        world.app._type_ahead._turn = key
        world.app.push_screen(dialog)
        world.app.post_message(key)
        await world.until(lambda: dialog.is_open and dialog.entry.value == "y", "it is typed")


async def slowly(world, keys):
    for key in keys:
        world.app.post_message(event(key))
        await asyncio.sleep(0)
        await world.idle()


def state(world):
    """Where one is, and all that is in the library."""
    main = world.main
    papers = [(row.citekey, row.status, row.starred, row.priority, row.tags)
              for row in map(main.papers.known, main.papers.ids) if row]  # fmt: skip
    return {
        "shown": main.showing.shown,
        "papers": papers,
        "cursor": main.papers.cursor,
        "pane": main.pane.id,
        "dialogs": [type(one).__name__ for one in world.app.screen_stack],
        "prompt": (main.prompt.mode, main.prompt.text if main.prompt.mode else ""),
        "marks": main.selection.marks,
        "counts": main.showing.summary.counts,
        "tags": [(tag.name, tag.papers) for tag in main.showing.summary.tags],
    }


async def after(path, keys, how):
    async with running(path) as world:
        await how(world, keys)
        return state(world)


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(3))
async def test_fast_keys_do_what_slow_ones_do(tmp_path, seed):
    chosen = random.Random(seed).choices(PHRASES, k=14)
    keys = [key for phrase in chosen for key in phrase]
    assert await after(tmp_path / "fast.db", keys, fast) == await after(
        tmp_path / "slow.db", keys, slowly
    ), keys


@pytest.mark.parametrize(
    ("papers", "keys"),
    [
        (20, ["l", "tab"]),
        (20, [*"i/tag:", "escape"]),
        (20, [*"x/a", "backspace", "escape"]),
        (1, ["g", "a", "t", "q", "enter", "h", "j", "enter"]),
        (20, ["ctrl+p", *"#ar", "enter", "j"]),
        (20, [*"gpscaling", "enter", *"jj"]),
        (20, [*"gpnothing", "enter", *"jj", "escape", "j"]),
        (20, [*"tz", "enter", *"gTrz", "enter", "u", "escape"]),
        (20, [*"tz", "enter", *"gTrz", "enter", "escape", "u"]),
        (20, [*"Facs.LG", "enter", "escape", *"uF"]),
        (20, [*"tz", "enter", *"Fu", "escape"]),
    ],
    ids=str,
)
async def test_fast_keys_do_what_these_do_slowly(tmp_path, papers, keys):
    """The focus moves, and papers, letters and tags are looked for, a moment after their keys."""
    fast_state = await after(tmp_path / "fast.db", keys, fast)
    assert fast_state == await after(tmp_path / "slow.db", keys, slowly)
    assert len(fast_state["papers"]) == papers, "what was decided stays"
