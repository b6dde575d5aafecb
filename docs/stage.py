"""The program on the sample shelf, with its keys pressed: for the pictures of the documents."""

import os
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from reader.tui.app import ReaderApp


@asynccontextmanager
async def staged(
    size: tuple[int, int], theme: str = "ink", *, lesson: bool = False
) -> "AsyncIterator[tuple[ReaderApp, Pilot[int]]]":
    """A running program on a library of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("STATE", "CONFIG", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = folder
        os.environ.update(TEXTUAL_ANIMATIONS="none", TERM="xterm-256color", COLORTERM="truecolor")
        from reader.importing import import_samples  # noqa: PLC0415 - after the environment
        from reader.library.library import Library  # noqa: PLC0415
        from reader.session import Place  # noqa: PLC0415
        from reader.tui.app import ReaderApp  # noqa: PLC0415
        from reader.tui.start import Begin  # noqa: PLC0415

        library = Library(Path(folder) / "library.db")
        library.ready()
        library.write_now(import_samples)
        app = ReaderApp(library, Place(), Begin(theme=theme, lesson=lesson))
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            yield app, pilot
        library.close()


async def press(pilot: "Pilot[int]", keys: str) -> None:
    """Press keys; they are separated by blanks, and `=words` is typed letter by letter."""
    for key in keys.split():
        typed = list(key[1:].replace("_", " ")) if key.startswith("=") else [key]
        for one in typed:
            await pilot.press({" ": "space"}.get(one, one))
        await settled(pilot)


async def settled(pilot: "Pilot[int]") -> None:
    """Wait until nothing is being fetched."""
    for _ in range(200):
        await pilot.pause(0.01)
        if all(worker.is_finished for worker in pilot.app.workers):
            break
    await pilot.pause(0.05)
