"""Driving the screen in tests: press keys, wait for conditions, read what is painted."""

import asyncio
import time
from contextlib import asynccontextmanager

from reader.importing import import_samples
from reader.library.library import Library
from reader.session import load_place
from reader.tui.app import ReaderApp


class World:
    """A running program and its pilot."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot

    @property
    def main(self):
        return self.app.main

    @property
    def row(self):
        return self.main.papers.row

    @property
    def said(self):
        return self.main.telling.message()

    async def until(self, predicate, what):
        """Wait for a condition; fails with its description."""
        deadline = time.monotonic() + 30
        while not predicate():
            if time.monotonic() > deadline:
                raise AssertionError(f"never: {what}\n{self.screen()}")
            await self.pilot.pause()
            await asyncio.sleep(0.005)

    async def keys(self, *keys):
        await self.pilot.press(*keys)
        await self.idle()

    async def idle(self):
        """Wait until no worker runs and no message is under way."""
        await self.until(
            lambda: all(one.is_finished for one in self.app.workers), "all work is done"
        )
        await self.pilot.pause()

    async def write(self, text):
        await self.keys(*["space" if char == " " else char for char in text])

    def screen(self):
        """What is on the screen, as text."""
        width, height = self.app.size
        update = self.app.screen._compositor.render_strips()
        return "\n".join(
            "".join(segment.text for segment in strip)[:width] for strip in update[:height]
        )

    def row_of(self, citekey):
        rows = self.main.papers._rows.values()
        return next(row for row in rows if row.citekey == citekey)


@asynccontextmanager
async def running(path, size=(120, 36), *, samples=True, begin=None):
    """The program on the library at `path`, with the bundled shelf when it is new."""
    library = Library(path)
    try:
        if library.ready() and samples:
            library.write_now(import_samples)
        app = ReaderApp(library, load_place(path), begin)
        async with app.run_test(size=size, notifications=True) as pilot:
            world = World(app, pilot)
            await world.idle()
            yield world
    finally:
        library.close()
