"""The inline picker."""

from contextlib import asynccontextmanager

import pytest

from reader.cli.picking import formatted
from reader.importing import import_samples
from reader.library.library import Library
from reader.tui.picker import Picker
from tests.tui.world import World


@asynccontextmanager
async def picking(path, query="", *, multi=False):
    library = Library(path)
    try:
        if library.ready():
            library.write_now(import_samples)
        app = Picker(library, query, multi=multi)
        async with app.run_test(size=(80, 14)) as pilot:
            world = World(app, pilot)
            await world.until(lambda: app._rows, "papers are shown")
            yield world
    finally:
        library.close()


async def test_typing_finds_and_enter_takes(library_path):
    async with picking(library_path) as world:
        await world.keys(*"newton")
        await world.until(lambda: len(world.app._rows) == 1, "it is found")
        assert "The Newton Scheme" in world.screen()
        await world.keys("enter")
    assert world.app.return_value == ["anon2018newton"]


async def test_several_are_marked(library_path):
    async with picking(library_path, "scaling", multi=True) as world:
        await world.keys("tab", "tab", "up", "tab", "tab", "down", "enter")
    assert len(world.app.return_value) == 2


async def test_leaving_takes_nothing(library_path):
    async with picking(library_path) as world:
        await world.keys("tab", "escape")
    assert world.app.return_value == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [("key", "a,b"), (r"\cite{key}", r"\cite{a,b}"), ("[@key]", "[@a] [@b]"), ("#cite(<key>)",
     "#cite(<a>) #cite(<b>)"), ("monkey key", "monkey a monkey b")],
)  # fmt: skip
def test_forms(form, expected):
    assert formatted(["a", "b"], form) == expected
