"""Whatever is pressed: nothing raises, what was done can be undone, and the cursor is not moved."""

import contextlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.library.store import Store
from reader.tui.action_table import ACTIONS, BY_ID
from reader.tui.actions import Scope
from reader.tui.keymap import DEFAULT
from reader.tui.widgets.pane import KeyPressed
from tests.tui.world import running

# Leaving, suspending, other programs and files are tried elsewhere.
_AWAY = {"app.quit", "app.close", "app.suspend", "shell.run", "shell.pipe", "shell.export",
         "link.open", "link.choose", "app.how_to_quit"}  # fmt: skip
_TYPED = ("enter", "escape", "tab", "a", "b", "/", "-", "1", "space", "up", "down", "backspace")

KEYS = 900


def sequences(scope=None):
    """Every key sequence of the table, with the id of its action."""
    return [
        (keys, action.id)
        for action in ACTIONS
        if action.id not in _AWAY and (scope is None or scope in action.scope)
        for keys in action.keys
    ]


def told(path):
    """All that the user made of the papers, and the tags and views."""
    store = Store(path)
    try:
        rows = store._connection.execute(
            "SELECT id, status, starred, priority, trashed IS NOT NULL, citekey, title FROM papers "
            "ORDER BY id"
        ).fetchall()
        tags = store._connection.execute(
            "SELECT paper, name, colour, pinned FROM paper_tags JOIN tags ON tags.id = tag "
            "ORDER BY 1, 2"
        ).fetchall()
        return rows, tags, [(view.name, view.text) for view in store.views()]
    finally:
        store.close()


@pytest.mark.heavy
async def test_a_walk_of_many_keys_never_raises_and_is_undone(library_path):
    rng = random.Random(str((120, 36)))
    known = [keys for keys, _ in sequences()]
    pressed = 0
    sizes = [(80, 24), (56, 16), (120, 36)]
    async with running(library_path) as world:
        main = world.main
        before = told(library_path)
        while pressed < KEYS:
            if pressed > KEYS - KEYS // 5 * len(sizes):
                await world.pilot.resize_terminal(*sizes.pop(0))
            for _ in range(8):
                inside = main.prompt.mode or world.app.screen is not main
                chosen = rng.choice(_TYPED) if inside and rng.random() < 0.7 else rng.choice(known)
                count = str(rng.randint(1, 9)) if rng.random() < 0.15 and not inside else ""
                for key in [*count, *chosen.split(" ")]:
                    main.post_message(KeyPressed(key))
                    pressed += 1
            await world.pilot.pause()
            assert world.app.is_running
        for _ in range(4):
            await world.keys("escape")
        while world.app.screen is not main:
            world.app.pop_screen()
            await world.idle()
        main.go_to(main.papers)
        main.keys.clear()
        main.run("history.undo", 9000)
        await world.idle()
        assert told(library_path) == before


_MOVES = {"move", "pane", "text", "travel", "view", "find", "sort", "select"}
_ADVANCE = {"paper.later", "paper.reading", "paper.read", "paper.skip", "paper.trash",
            "paper.untrash", "history.repeat", "history.undo", "history.redo"}  # fmt: skip
_STAY = sorted(
    (keys, action)
    for keys, action in sequences(Scope.LIST)
    if action.partition(".")[0] not in _MOVES and action not in _ADVANCE
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pressed=st.lists(st.sampled_from(_STAY), min_size=1, max_size=8), row=st.integers(0, 19))
async def test_nothing_but_movements_moves_the_cursor(tmp_path_factory, pressed, row):
    path = tmp_path_factory.mktemp("walk") / "library.db"
    async with running(path) as world:
        world.main.papers.move(row)
        await world.idle()
        for keys, _action in pressed:
            await world.keys(*keys.split(" "))
            while world.app.screen is not world.main or world.main.prompt.mode:
                await world.keys("escape")
            assert world.main.papers.cursor == row, keys
            assert world.main.papers.has_focus, keys


def test_these_walks_press_every_key():
    pressed = {action for _, action in sequences()} | _AWAY
    bound = {action.id for action, _ in DEFAULT.bound()}
    assert bound <= pressed | {"app.peel"}
    with contextlib.suppress(KeyError):
        assert all(BY_ID[action] for action in _ADVANCE)
