"""Driving the screen in tests: press keys, wait for conditions, read what is painted."""

import asyncio
import time
from contextlib import asynccontextmanager

from textual.events import Key
from textual.keys import _character_to_key

from reader.importing import import_samples
from reader.library.library import Library
from reader.session import load_place
from reader.tui.app import ReaderApp

_SENT = {"enter": "\r", "escape": "\x1b", "tab": "\t", "backspace": "\x7f", "space": " "}


def pressed(key):
    """A key as the terminal tells of it."""
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    return Key(key, _SENT.get(key))


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
            self._alive(deadline, what)
            await self.pilot.pause()
            await asyncio.sleep(0.005)

    async def keys(self, *keys):
        """Press keys one by one, each when all that came of the one before it is done."""
        for key in keys:
            self.app.post_message(pressed(key))
            await self._rest(1)
        await self.idle()

    async def idle(self):
        """Wait until nothing is under way, and what came of it is laid out."""
        await self._rest(3)
        await self.pilot.pause()

    async def _rest(self, times):
        """Wait until no worker runs, no key waits and no message is under way.

        A machine that is busy with something else is no sign of rest, so messages of our own are
        sent through every queue until nothing came of anything, some times in a row.
        """
        deadline, quiet = time.monotonic() + 60, 0
        while quiet < times:
            self._alive(deadline, "all work is done")
            before = self._at_rest()
            await self._drained()
            await asyncio.sleep(0.002)
            quiet = quiet + 1 if before and before == self._at_rest() else 0

    def _alive(self, deadline, what):
        """Raise what ended the program, or that it took too long."""
        if self.app._exception is not None:
            raise self.app._exception
        if time.monotonic() > deadline:
            raise AssertionError(f"never: {what}\n{self.screen()}")

    def _at_rest(self):
        """What is on the screen, when nothing runs and no key waits; else nothing."""
        ahead = getattr(self.app, "_type_ahead", None)
        keys = ahead is not None and (ahead._waiting or ahead._turn or ahead._following)
        busy = keys or not all(one.is_finished for one in self.app.workers)
        return None if busy else [*self.app.screen_stack, self.app.focused]

    async def _drained(self):
        """Wait until every queue has come to a message that is sent now."""
        pumps = [self.app, *self.app.screen_stack]
        pumps += [one for screen in self.app.screen_stack for one in screen.walk_children()]
        awaited = {pump for pump in pumps if pump.call_later(lambda one=pump: awaited.discard(one))}
        deadline = time.monotonic() + 2
        while awaited and time.monotonic() < deadline:
            await asyncio.sleep(0.001)
            # one that closes meanwhile takes nothing any more
            awaited -= {pump for pump in awaited if not (pump.is_running and pump.is_attached)}

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
async def running(path, size=(120, 26), *, samples=True, begin=None):
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
