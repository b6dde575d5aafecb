"""Draw the README's picture from the real screen on the sample shelf: make picture."""

import asyncio
import os
import tempfile
from pathlib import Path

PICTURE = Path(__file__).parent / "screen.svg"
KEYS = ("s", "t", *"theory", "enter", "j", "w", "i", "j", "k")


async def main() -> None:
    """Press some keys on a fresh library and keep what is shown."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(XDG_STATE_HOME=folder, TEXTUAL_ANIMATIONS="none")
        from reader.importing import import_samples  # noqa: PLC0415 - after the environment
        from reader.library.library import Library  # noqa: PLC0415
        from reader.session import Place  # noqa: PLC0415
        from reader.tui.app import ReaderApp  # noqa: PLC0415

        library = Library(Path(folder) / "library.db")
        library.ready()
        library.write_now(import_samples)
        app = ReaderApp(library, Place())
        async with app.run_test(size=(120, 36)) as pilot:
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause(0.1)
            PICTURE.write_text(app.export_screenshot(title="reader"), "utf-8")
        library.close()


if __name__ == "__main__":
    asyncio.run(main())
